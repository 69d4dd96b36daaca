using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

/// <summary>Identities as administrators see them, and how logins leave them.</summary>
public sealed class IdentityTests
{
    private const string DoNotMatch = "Logins don't match. Please include at least one valid login for this identity or identity pool.";

    [Fact]
    public async Task An_identity_is_described_with_its_providers_and_times()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var (guest, bob) = (await pool.GetIdAsync(), await pool.GetIdAsync((pool.Provider, await pool.TokenAsync("bob"))));

        var (ofGuest, ofBob) = ((await scene.World.AboutAsync("DescribeIdentity", guest)).Json, (await scene.World.AboutAsync("DescribeIdentity", bob)).Json);

        ofGuest["Logins"].ShouldBeNull();
        ofBob["IdentityId"]!.GetValue<string>().ShouldBe(bob);
        ofBob["Logins"]!.ToJsonString().ShouldBe($"""["{pool.Provider}"]""");
        ofBob["CreationDate"]!.GetValue<double>().ShouldBeGreaterThan(1_700_000_000);
        ofBob["LastModifiedDate"]!.GetValue<double>().ShouldBeGreaterThanOrEqualTo(ofBob["CreationDate"]!.GetValue<double>());
    }

    [Fact]
    public async Task Identities_are_listed_page_by_page()
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync();
        var made = new List<string>();
        for (var i = 0; i < 5; i++) made.Add(await pool.GetIdAsync());

        var first = (await pool.CallAsync("ListIdentities", new JsonObject { ["MaxResults"] = 3 })).Json;
        var cursor = first["NextToken"]!.GetValue<string>();
        var second = (await pool.CallAsync("ListIdentities", new JsonObject { ["MaxResults"] = 3, ["NextToken"] = cursor })).Json;

        first["Identities"]!.AsArray().Concat(second["Identities"]!.AsArray()).Select(i => i!["IdentityId"]!.GetValue<string>()).ShouldBe(made.Order(StringComparer.Ordinal));
        second["NextToken"].ShouldBeNull();
        (await pool.CallAsync("ListIdentities", new JsonObject { ["MaxResults"] = 3, ["NextToken"] = cursor, ["HideDisabled"] = true })).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Deleted_identities_are_gone_and_what_can_not_be_deleted_is_told()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var token = await pool.TokenAsync("bob");
        var bob = await pool.GetIdAsync((pool.Provider, token));

        var answer = await scene.World.IdentityAsync(
            "DeleteIdentities", new JsonObject { ["IdentityIdsToDelete"] = new JsonArray(bob, bob, "us-east-1:00000000-0000-4000-8000-00000000dead", "us-east-1:beef") });

        answer.Json["UnprocessedIdentityIds"]!.ToJsonString().ShouldBe("""[{"IdentityId":"us-east-1:beef","ErrorCode":"AccessDenied"}]""");
        (await pool.GetIdAsync((pool.Provider, token))).ShouldNotBe(bob);
    }

    [Fact]
    public async Task An_unlinked_login_becomes_a_new_identity_and_the_other_one_stays()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, issuer) = await GetIdTests.WithIssuerAsync(scene);
        var (bob, carol) = (await pool.TokenAsync("bob"), scene.Elsewhere.Token(subject: "carol-" + pool.Id));
        var id = await pool.GetIdAsync((pool.Provider, bob), (issuer, carol));

        var answer = await UnlinkAsync(scene.World, id, issuer, carol, pool.Provider);

        (answer.Status, answer.Text).ShouldBe((200, ""));
        (await pool.GetIdAsync((issuer, carol))).ShouldBe(id);
        (await pool.GetIdAsync((pool.Provider, bob))).ShouldNotBe(id);
    }

    [Fact]
    public async Task An_identity_without_its_last_login_is_out_of_reach()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var bob = await pool.TokenAsync("bob");
        var id = await pool.GetIdAsync((pool.Provider, bob));
        await UnlinkAsync(scene.World, id, pool.Provider, bob, pool.Provider);

        (await pool.CredentialsAsync(id, null)).ShouldBeError("NotAuthorizedException", $"Access to Identity '{id}' is forbidden.");
        (await pool.CredentialsAsync(id, null, (pool.Provider, bob))).ShouldBeError("NotAuthorizedException", DoNotMatch);
    }

    [Fact]
    public async Task Nobody_unlinks_what_is_not_theirs()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var id = await pool.GetIdAsync((pool.Provider, await pool.TokenAsync("bob")));
        var (guest, eve) = (await pool.GetIdAsync(), await pool.TokenAsync("eve"));

        (await UnlinkAsync(scene.World, id, pool.Provider, eve, pool.Provider)).ShouldBeError("NotAuthorizedException", DoNotMatch);
        (await UnlinkAsync(scene.World, guest, pool.Provider, eve, pool.Provider)).ShouldBeError("NotAuthorizedException", DoNotMatch);
        (await scene.World.AboutAsync("UnlinkIdentity", id, new JsonObject { ["Logins"] = new JsonObject(), ["LoginsToRemove"] = new JsonArray(pool.Provider) }))
            .ShouldBeError("NotAuthorizedException", DoNotMatch);
    }

    [Theory]
    [InlineData("DescribeIdentity", "{}")]
    [InlineData("GetOpenIdToken", "{}")]
    [InlineData("UnlinkIdentity", """{"Logins":{"x":"y"},"LoginsToRemove":["x"]}""")]
    public async Task An_identity_that_is_not_there_is_not_found(string operation, string members)
    {
        const string id = "us-east-1:00000000-0000-4000-8000-00000000dead";

        var answer = await (await IdentityScene.GetAsync()).World.AboutAsync(operation, id, JsonNode.Parse(members)!.AsObject());

        answer.ShouldBeError("ResourceNotFoundException", $"Identity '{id}' not found.");
    }

    private static Task<Answer> UnlinkAsync(World world, string id, string provider, string token, string removed) => world.AboutAsync(
        "UnlinkIdentity", id, new JsonObject { ["Logins"] = new JsonObject { [provider] = token }, ["LoginsToRemove"] = new JsonArray(removed) });
}
