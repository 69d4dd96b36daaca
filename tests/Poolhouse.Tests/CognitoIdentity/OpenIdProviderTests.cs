using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

public sealed class OpenIdProviderTests
{
    [Fact]
    public async Task A_configured_provider_is_believed_by_its_published_keys_which_are_fetched_once()
    {
        var scene = await IdentityScene.StartAsync();
        await using var world = scene.World;
        var (pool, issuer) = await GetIdTests.WithIssuerAsync(scene);

        var first = await pool.GetIdAsync((issuer, scene.Elsewhere.Token()));
        var second = await pool.GetIdAsync((issuer, scene.Elsewhere.Token(audience: "other-app")));
        for (var i = 0; i < 5; i++) await pool.TryGetIdAsync((issuer, scene.Elsewhere.Token(key: scene.Elsewhere.OtherKey)));

        second.ShouldBe(first);
        scene.Elsewhere.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Its_tokens_are_judged_like_any_other()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, issuer) = await GetIdTests.WithIssuerAsync(scene);
        var there = scene.Elsewhere;

        (await pool.TryGetIdAsync((issuer, there.Token(key: there.OtherKey)))).ShouldBeError("NotAuthorizedException", "Invalid login token. Couldn't verify signed token.");
        (await pool.TryGetIdAsync((issuer, there.Token(audience: "stranger")))).ShouldBeError("NotAuthorizedException", "Invalid login token. Incorrect token audience.");
        (await pool.TryGetIdAsync((issuer, there.Token(more: new JsonObject { ["aud"] = new JsonArray("app", "stranger") }))))
            .ShouldBeError("NotAuthorizedException", "Invalid login token. Incorrect token audience.");
        (await pool.TryGetIdAsync((issuer, there.Token(path: "liar")))).ShouldBeError("NotAuthorizedException", "Invalid login token. Issuer doesn't match providerName");
        (await pool.TryGetIdAsync((issuer, there.Token(more: new JsonObject { ["exp"] = 1 })))).Message!.ShouldStartWith("Invalid login token. Token expired: ");
        (await pool.TryGetIdAsync((issuer, there.Token(subject: new string('s', 256))))).ShouldBeError("NotAuthorizedException");
        (await pool.TryGetIdAsync((scene.ArnOf("issuer"), there.Token()))).ShouldBeError("NotAuthorizedException", "Token is not from a supported provider of this identity pool.");
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("liar")]
    [InlineData("large")]
    public async Task A_provider_that_answers_nothing_useful_is_an_external_problem(string path)
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(members: new JsonObject { ["OpenIdConnectProviderARNs"] = new JsonArray(scene.ArnOf(path)) });

        var answer = await pool.TryGetIdAsync(($"{scene.Elsewhere.Host}/{path}", scene.Elsewhere.Token(path)));

        answer.ShouldBeError("ExternalServiceException");
    }

    [Fact]
    public async Task A_pool_believes_only_the_providers_that_it_names()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync();

        (await pool.TryGetIdAsync(($"{scene.Elsewhere.Host}/issuer", scene.Elsewhere.Token()))).ShouldBeError(
            "NotAuthorizedException", "Token is not from a supported provider of this identity pool.");
    }
}
