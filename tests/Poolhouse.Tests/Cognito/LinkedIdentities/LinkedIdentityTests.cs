using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.LinkedIdentities;

/// <summary>AdminLinkProviderForUser and AdminDisableProviderForUser.</summary>
public sealed class LinkedIdentityTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_link_is_seen_in_the_user_and_its_id_token_until_it_is_taken_apart(Engine engine)
    {
        var pool = await WithGoogleAsync(await World.OnAsync(engine));
        var bob = await pool.ConfirmedAsync("bob");

        (await LinkAsync(pool, "bob", "Google", "Cognito_Subject", "1170")).Json.Count.ShouldBe(0);

        var identity = JsonNode.Parse((await IdentitiesAsync(pool))!)!.AsArray().ShouldHaveSingleItem()!;
        identity.AsObject().Select(p => p.Key).ShouldBe(["userId", "providerName", "providerType", "issuer", "primary", "dateCreated"]);
        identity["userId"]!.GetValue<string>().ShouldBe("1170");
        identity["providerType"]!.GetValue<string>().ShouldBe("Google");
        identity["primary"]!.GetValue<string>().ShouldBe("false");
        var claim = Testing.Tokens.Claims((await bob.SignInAsync()).Id)["identities"]!.AsArray();
        claim.ToJsonString().ShouldBe($"[{identity.ToJsonString()}]");

        (await DisableAsync(pool, "Google", "Cognito_Subject", "1170")).Json.Count.ShouldBe(0);
        (await IdentitiesAsync(pool)).ShouldBeNull();
        Testing.Tokens.Claims((await bob.SignInAsync()).Id).ContainsKey("identities").ShouldBeFalse();
        (await DisableAsync(pool, "Google", "Cognito_Subject", "1170")).ShouldBeError("UserNotFoundException");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task An_account_at_a_provider_is_one_users_also_when_sixty_four_want_it(Engine engine)
    {
        var pool = await WithGoogleAsync(await World.OnAsync(engine));
        for (var i = 0; i < 8; i++) await pool.ConfirmedAsync($"user{i}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => LinkAsync(pool, $"user{i % 8}", "Google", "Cognito_Subject", "1170"))));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "AliasExistsException" || a.Message == "SourceUser is already linked to DestinationUser");
    }

    [Fact]
    public async Task What_cannot_be_linked_is_refused()
    {
        var pool = await WithGoogleAsync(await World.OnAsync());
        await pool.ConfirmedAsync("bob");
        await LinkAsync(pool, "bob", "Google", "Cognito_Subject", "1").ShouldSucceedAsync();

        (await LinkAsync(pool, "bob", "Google", "Cognito_Subject", "1")).ShouldBeError("InvalidParameterException", "SourceUser is already linked to DestinationUser");
        (await LinkAsync(pool, "bob", "Okta", "Cognito_Subject", "1")).ShouldBeError("ResourceNotFoundException", "Identity provider Okta does not exist.");
        (await LinkAsync(pool, "nobody", "Google", "Cognito_Subject", "2")).ShouldBeError("UserNotFoundException", "User does not exist.");
        (await LinkAsync(pool, "bob", "Cognito", "Cognito_Subject", "eve")).ShouldBeError("InvalidParameterException");
        (await LinkAsync(pool, "bob", "Google", "", "2")).ShouldBeError("InvalidParameterException", "Invalid SourceUser: ProviderAttributeName is missing.");
        (await LinkAsync(pool, "bob", "Google", "Cognito_Subject", new string('x', 257))).ShouldBeError("InvalidParameterException");
        for (var i = 2; i <= 5; i++) await LinkAsync(pool, "bob", "Google", "email", $"{i}@example.com").ShouldSucceedAsync();
        (await LinkAsync(pool, "bob", "Google", "Cognito_Subject", "6")).ShouldBeError("LimitExceededException");
    }

    [Fact]
    public async Task Nobody_signs_in_by_typing_an_identity()
    {
        var pool = await WithGoogleAsync(await World.OnAsync());
        var bob = await pool.ConfirmedAsync("bob");
        await LinkAsync(pool, "bob", "Google", "Cognito_Subject", "1170").ShouldSucceedAsync();

        (await (bob with { Name = "1170" }).TrySignInAsync()).Status.ShouldBe(400);
        (await (bob with { Name = "identity:Google:Cognito_Subject" }).TrySignInAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_user_of_the_pool_who_is_disabled_as_such_has_no_password_any_more()
    {
        var pool = await WithGoogleAsync(await World.OnAsync());
        var bob = await pool.ConfirmedAsync("bob");

        await DisableAsync(pool, "Cognito", "Cognito_Subject", "bob").ShouldSucceedAsync();

        (await bob.TrySignInAsync()).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        await pool.World.DoAsync("AdminSetUserPassword", new JsonObject { ["UserPoolId"] = pool.Id, ["Username"] = "bob", ["Password"] = bob.Password, ["Permanent"] = true });
        (await bob.TrySignInAsync()).Status.ShouldBe(200);
    }

    private static async Task<TestPool> WithGoogleAsync(World world)
    {
        var pool = await world.PoolAsync();
        await world.DoAsync("CreateIdentityProvider", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["ProviderName"] = "Google",
            ["ProviderType"] = "Google",
            ["ProviderDetails"] = new JsonObject { ["client_id"] = "g", ["client_secret"] = "s", ["authorize_scopes"] = "openid" },
        });
        return pool;
    }

    private static Task<Answer> LinkAsync(TestPool pool, string username, string provider, string attribute, string value) =>
        pool.World.CallAsync("AdminLinkProviderForUser", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["DestinationUser"] = new JsonObject { ["ProviderName"] = "Cognito", ["ProviderAttributeValue"] = username },
            ["SourceUser"] = Named(provider, attribute, value),
        });

    private static Task<Answer> DisableAsync(TestPool pool, string provider, string attribute, string value) =>
        pool.World.CallAsync("AdminDisableProviderForUser", new JsonObject { ["UserPoolId"] = pool.Id, ["User"] = Named(provider, attribute, value) });

    private static JsonObject Named(string provider, string attribute, string value) =>
        new() { ["ProviderName"] = provider, ["ProviderAttributeName"] = attribute, ["ProviderAttributeValue"] = value };

    private static async Task<string?> IdentitiesAsync(TestPool pool)
    {
        var user = await pool.World.DoAsync("AdminGetUser", new JsonObject { ["UserPoolId"] = pool.Id, ["Username"] = "bob" });
        return user["UserAttributes"]!.AsArray().FirstOrDefault(a => a!["Name"]!.GetValue<string>() == "identities")?["Value"]?.GetValue<string>();
    }
}
