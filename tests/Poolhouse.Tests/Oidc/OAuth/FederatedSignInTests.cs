using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Oidc.OAuth;

/// <summary>Sign-in by an identity provider of the pool, at the OAuth endpoints.</summary>
public sealed class FederatedSignInTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Who_signs_in_first_becomes_a_user_of_the_pool(Engine engine)
    {
        var world = await FederationWorld.OnAsync(engine);
        world.Provider.UserInfo = new JsonObject { ["name"] = "another name", ["zoneinfo"] = "unmapped" };

        var (code, verifier) = await world.Browser().CodeAsync(nonce: "n-1");
        var tokens = (await world.TokenAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = FederationWorld.Callback, ["code_verifier"] = verifier })).Good();

        world.Provider.Form["client_secret"].ShouldBe("s3cret");
        tokens.Select(m => m.Key).ShouldBe(["id_token", "access_token", "refresh_token", "expires_in", "token_type"]);
        var id = Tokens.Claims(tokens["id_token"]!.GetValue<string>());
        id["cognito:username"]!.GetValue<string>().ShouldBe("acme_carol");
        id["email"]!.GetValue<string>().ShouldBe("carol@example.com");
        id["email_verified"]!.GetValue<bool>().ShouldBeTrue();
        id["name"]!.GetValue<string>().ShouldBe("Carol C");
        id["nonce"]!.GetValue<string>().ShouldBe("n-1");
        id["at_hash"]!.GetValue<string>().Length.ShouldBe(22);
        id["cognito:groups"]!.ToJsonString().ShouldBe($"[\"{world.Pool.Id}_Acme\"]");
        var identity = id["identities"]!.AsArray().ShouldHaveSingleItem()!;
        (identity["userId"]!.GetValue<string>(), identity["providerName"]!.GetValue<string>(), identity["providerType"]!.GetValue<string>(), identity["primary"]!.GetValue<string>())
            .ShouldBe(("carol", "Acme", "OIDC", "true"));
        var access = Tokens.Claims(tokens["access_token"]!.GetValue<string>());
        access["scope"]!.GetValue<string>().ShouldBe("openid email profile");
        access["version"]!.GetValue<int>().ShouldBe(2);
        var user = (await world.Pool.AdminAsync("AdminGetUser", "acme_carol")).Json;
        user["UserStatus"]!.GetValue<string>().ShouldBe("EXTERNAL_PROVIDER");
    }

    [Fact]
    public async Task The_same_person_is_the_same_user_and_what_the_provider_says_is_kept_up()
    {
        var world = await FederationWorld.OnAsync();
        var first = Tokens.Claims((await world.TokensAsync())["id_token"]!.GetValue<string>());

        var second = Tokens.Claims((await world.TokensAsync(claims: new JsonObject { ["email"] = "new@example.com", ["email_verified"] = false, ["name"] = "C. Married" }))["id_token"]!.GetValue<string>());

        second["sub"]!.GetValue<string>().ShouldBe(first["sub"]!.GetValue<string>());
        second["name"]!.GetValue<string>().ShouldBe("C. Married");
        second["email"]!.GetValue<string>().ShouldBe("new@example.com");
        second["email_verified"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Sixty_four_first_sign_ins_at_once_make_one_user(Engine engine)
    {
        var world = await FederationWorld.OnAsync(engine);

        var subs = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ => Tokens.Claims((await world.TokensAsync("dave"))["id_token"]!.GetValue<string>())["sub"]!.GetValue<string>()));

        subs.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_address_that_a_provider_tells_opens_nobodys_account()
    {
        var world = await FederationWorld.OnAsync(settings: new JsonObject { ["UsernameAttributes"] = new JsonArray("email"), ["AutoVerifiedAttributes"] = new JsonArray("email") });
        var owner = await world.Pool.ConfirmedAsync("carol@example.com");

        var tokens = await world.TokensAsync("carol");

        Tokens.Claims(tokens["id_token"]!.GetValue<string>())["cognito:username"]!.GetValue<string>().ShouldBe("acme_carol");
        (await owner.SignInAsync()).Access.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_was_linked_by_an_administrator_is_that_user()
    {
        var world = await FederationWorld.OnAsync();
        await world.Pool.ConfirmedAsync("erin");
        await LinkAsync(world, "erin", "Cognito_Subject", "idp-erin");
        await world.Pool.ConfirmedAsync("frank");
        await LinkAsync(world, "frank", "email", "frank@work.example");

        Tokens.Claims((await world.TokensAsync("idp-erin"))["id_token"]!.GetValue<string>())["cognito:username"]!.GetValue<string>().ShouldBe("erin");
        var byAddress = new JsonObject { ["email"] = "frank@work.example", ["email_verified"] = true };
        Tokens.Claims((await world.TokensAsync("idp-7", byAddress))["id_token"]!.GetValue<string>())["cognito:username"]!.GetValue<string>().ShouldBe("frank");
        // Not vouched for: somebody else, and no user either, since the name is new.
        var unproven = new JsonObject { ["email"] = "frank@work.example", ["email_verified"] = false };
        Tokens.Claims((await world.TokensAsync("idp-8", unproven))["id_token"]!.GetValue<string>())["cognito:username"]!.GetValue<string>().ShouldBe("acme_idp-8");
    }

    [Fact]
    public async Task A_code_is_good_once_and_a_second_use_ends_the_sign_in()
    {
        var world = await FederationWorld.OnAsync();
        var (code, verifier) = await world.Browser().CodeAsync(scope: "openid aws.cognito.signin.user.admin");
        Dictionary<string, string> Form() => new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = FederationWorld.Callback, ["code_verifier"] = verifier };

        var tokens = (await world.TokenAsync(Form())).Good();
        (await world.World.GetUserAsync(tokens["access_token"]!.GetValue<string>())).Status.ShouldBe(200);
        (await world.TokenAsync(Form())).ShouldBe(400, "invalid_grant");

        (await world.World.GetUserAsync(tokens["access_token"]!.GetValue<string>())).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await world.TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>() })).ShouldBe(400, "invalid_grant");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_sixty_four_uses_of_a_code_at_once_one_succeeds_at_most(Engine engine)
    {
        var world = await FederationWorld.OnAsync(engine);
        var (code, verifier) = await world.Browser().CodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => world.TokenAsync(
            new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = FederationWorld.Callback, ["code_verifier"] = verifier })));

        answers.Count(a => a.Status == 200).ShouldBe(1);
    }

    [Fact]
    public async Task A_code_without_its_verifier_or_address_is_not_used_up()
    {
        var world = await FederationWorld.OnAsync();
        var (code, verifier) = await world.Browser().CodeAsync();
        Dictionary<string, string> Form(string uri, string? with) => with is null
            ? new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = uri }
            : new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = uri, ["code_verifier"] = with };

        (await world.TokenAsync(Form(FederationWorld.Callback, null))).ShouldBe(400, "invalid_grant");
        (await world.TokenAsync(Form(FederationWorld.Callback, new string('a', 43)))).ShouldBe(400, "invalid_grant");
        (await world.TokenAsync(Form("http://localhost:3000/", verifier))).ShouldBe(400, "invalid_grant");
        (await world.TokenAsync(Form(FederationWorld.Callback + "/", verifier))).ShouldBe(400, "invalid_grant");

        (await world.TokenAsync(Form(FederationWorld.Callback, verifier))).Good();
    }

    [Fact]
    public async Task A_refresh_keeps_the_scopes_and_user_info_tells_what_they_cover()
    {
        var world = await FederationWorld.OnAsync();
        var tokens = await world.TokensAsync(scope: "openid email");

        var refreshed = (await world.TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>() })).Good();

        Tokens.Claims(refreshed["access_token"]!.GetValue<string>())["scope"]!.GetValue<string>().ShouldBe("openid email");
        refreshed.ContainsKey("refresh_token").ShouldBeFalse();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/userInfo");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + refreshed["access_token"]!.GetValue<string>());
        using var response = await world.World.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var person = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
        person.Select(m => m.Key).Order().ShouldBe(["email", "email_verified", "sub", "username"]);
        person["email_verified"]!.GetValue<string>().ShouldBe("true");
        // The users' own API is not among the scopes.
        (await world.World.GetUserAsync(refreshed["access_token"]!.GetValue<string>())).ShouldBeError("NotAuthorizedException", "Access Token does not have required scopes");
    }

    [Fact]
    public async Task A_token_that_was_revoked_refreshes_nothing()
    {
        var world = await FederationWorld.OnAsync();
        var refresh = (await world.TokensAsync())["refresh_token"]!.GetValue<string>();

        (await world.TokenAsync(new() { ["token"] = refresh }, "/oauth2/revoke")).Status.ShouldBe(200);
        (await world.TokenAsync(new() { ["token"] = refresh }, "/oauth2/revoke")).Status.ShouldBe(200);
        (await world.TokenAsync(new() { ["token"] = "nonsense" }, "/oauth2/revoke")).ShouldBe(400, "unsupported_token_type");

        (await world.TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh })).ShouldBe(400, "invalid_grant");
    }

    [Fact]
    public async Task The_implicit_grant_answers_in_the_fragment_and_without_a_refresh_token()
    {
        var world = await FederationWorld.OnAsync(client: c => c["AllowedOAuthFlows"] = new JsonArray("implicit"));

        var back = await world.Browser().BackAsync("carol", null, ("response_type", "token"), ("nonce", "n-2"));

        back.Query.ShouldBeEmpty();
        var answer = QueryHelpers.ParseQuery(back.Fragment.TrimStart('#'));
        answer.Keys.Order().ShouldBe(["access_token", "expires_in", "id_token", "state", "token_type"]);
        Tokens.Claims(answer["id_token"].ToString())["nonce"]!.GetValue<string>().ShouldBe("n-2");
        (await world.Browser().GoAsync(world.Browser().Authorize())).Query.ShouldContain("error=unauthorized_client");
    }

    [Fact]
    public async Task A_disabled_user_comes_back_with_an_error_and_a_code_from_before_is_worth_nothing()
    {
        var world = await FederationWorld.OnAsync();
        var (code, verifier) = await world.Browser().CodeAsync();
        await world.World.DoAsync("AdminDisableUser", new JsonObject { ["UserPoolId"] = world.Pool.Id, ["Username"] = "acme_carol" });

        (await world.TokenAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = FederationWorld.Callback, ["code_verifier"] = verifier }))
            .ShouldBe(400, "invalid_grant");
        (await world.Browser().BackAsync("carol", null)).Query.ShouldContain("error_description=User%20is%20disabled.&error=invalid_request&state=app-state");
    }

    [Fact]
    public async Task A_required_attribute_that_the_provider_lacks_is_named()
    {
        var world = await FederationWorld.OnAsync(settings: new JsonObject
        {
            ["Schema"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Required"] = true, ["Mutable"] = true }),
        });

        (await world.Browser().BackAsync("carol", new JsonObject { ["name"] = "C" })).Query.ShouldContain("error_description=attributes%20required%3A%20%5Bemail%5D&error=invalid_request");
    }

    private static async Task LinkAsync(FederationWorld world, string user, string attribute, string value) => await world.World.DoAsync("AdminLinkProviderForUser", new JsonObject
    {
        ["UserPoolId"] = world.Pool.Id,
        ["DestinationUser"] = new JsonObject { ["ProviderName"] = "Cognito", ["ProviderAttributeValue"] = user },
        ["SourceUser"] = new JsonObject { ["ProviderName"] = "Acme", ["ProviderAttributeName"] = attribute, ["ProviderAttributeValue"] = value },
    });
}
