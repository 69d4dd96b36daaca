using System.Net;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Oidc;

public sealed class DiscoveryTests
{
    [Fact]
    public async Task Issuer_discovery_keys_and_tokens_agree_to_the_letter()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var found = JsonNode.Parse(await pool.World.Http.GetStringAsync($"/{pool.Id}/.well-known/openid-configuration", TestContext.Current.CancellationToken))!;

        found["issuer"]!.GetValue<string>().ShouldBe($"{pool.World.Url}/{pool.Id}");
        found["jwks_uri"]!.GetValue<string>().ShouldBe($"{pool.World.Url}/{pool.Id}/.well-known/jwks.json");
        Tokens.Claims(tokens.Id)["iss"]!.GetValue<string>().ShouldBe(found["issuer"]!.GetValue<string>());
        found["id_token_signing_alg_values_supported"]!.ToJsonString().ShouldBe("""["RS256"]""");
        (await pool.World.Http.GetAsync(found["jwks_uri"]!.GetValue<string>(), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_public_url_is_the_issuers_whatever_address_is_listened_on()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--public-url", "https://id.example/base/");
        var pool = await world.PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var found = JsonNode.Parse(await world.Http.GetStringAsync($"/{pool.Id}/.well-known/openid-configuration", TestContext.Current.CancellationToken))!;

        found["issuer"]!.GetValue<string>().ShouldBe($"https://id.example/base/{pool.Id}");
        found["jwks_uri"]!.GetValue<string>().ShouldBe($"https://id.example/base/{pool.Id}/.well-known/jwks.json");
        Tokens.Claims(tokens.Access)["iss"]!.GetValue<string>().ShouldBe($"https://id.example/base/{pool.Id}");
    }

    [Fact]
    public async Task Two_keys_are_published_and_nothing_private()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var keys = JsonNode.Parse(await pool.World.Http.GetStringAsync($"/{pool.Id}/.well-known/jwks.json", TestContext.Current.CancellationToken))!["keys"]!.AsArray();

        keys.Count.ShouldBe(2);
        foreach (var key in keys)
        {
            key!.AsObject().Select(p => p.Key).ShouldBe(["alg", "e", "kid", "kty", "n", "use"]);
            key["alg"]!.GetValue<string>().ShouldBe("RS256");
            key["use"]!.GetValue<string>().ShouldBe("sig");
            key["n"]!.GetValue<string>().Length.ShouldBeGreaterThan(100);
        }
    }

    [Fact]
    public async Task Keys_stay_the_same_from_call_to_call_and_differ_between_pools()
    {
        var world = await World.OnAsync();
        var (one, other) = (await world.PoolAsync(), await world.PoolAsync());

        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Http.GetStringAsync($"/{one.Id}/.well-known/jwks.json")));

        first.Distinct().Count().ShouldBe(1);
        (await world.Http.GetStringAsync($"/{other.Id}/.well-known/jwks.json", TestContext.Current.CancellationToken)).ShouldNotBe(first[0]);
    }

    [Theory]
    [InlineData("jwks.json")]
    [InlineData("openid-configuration")]
    public async Task Anybody_may_read_and_keep_them_a_while(string document)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        using var response = await pool.World.Http.GetAsync($"/{pool.Id}/.well-known/{document}", TestContext.Current.CancellationToken);

        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.CacheControl!.Public.ShouldBeTrue();
        response.Headers.CacheControl.MaxAge!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(15));
    }

    [Theory]
    [InlineData("us-east-1_Nowhere")]
    [InlineData("%00")]
    [InlineData("us-east-1_%F0%9F%8F%8A")]
    [InlineData("..%2f..%2fetc")]
    public async Task A_pool_that_is_not_there_is_not_found(string pool)
    {
        using var response = await (await World.OnAsync()).Http.GetAsync($"/{pool}/.well-known/jwks.json", TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBeOneOf(400, 404);
    }
}
