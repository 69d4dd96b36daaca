using System.Net;
using System.Text.Json.Nodes;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Oidc.OAuth;

/// <summary>Bad ways into a federated sign-in: none ends with a code, and none sends a browser where it should not go.</summary>
public sealed class FederationBadWaysTests
{
    public static TheoryData<string, string?, string> BadRequests => new()
    {
        { "response_type", null, "invalid_request" },
        { "response_type", "code token", "invalid_request" },
        { "response_type", "token", "unauthorized_client" },
        { "scope", "openid phone", "invalid_scope" },
        { "scope", " ", "invalid_scope" },
        { "identity_provider", "Nobody", "invalid_request" },
        { "code_challenge", "short", "invalid_request" },
        { "code_challenge_method", "plain", "invalid_request" },
        { "nonce", "LONG", "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_bad_request_comes_back_to_the_client_as_an_error(string name, string? value, string error)
    {
        var world = await FederationWorld.OnAsync();
        var browser = world.Browser();

        var back = await browser.GoAsync(browser.Authorize((name, value == "LONG" ? new string('x', 2_000) : value)));

        back.GetLeftPart(UriPartial.Path).ShouldBe(FederationWorld.Callback);
        (back.Query + back.Fragment).ShouldContain("error=" + error);
        (back.Query + back.Fragment).ShouldContain("state=app-state");
    }

    [Theory]
    [InlineData("client_id", "unknownclient")]
    [InlineData("client_id", null)]
    [InlineData("redirect_uri", "https://evil.example/callback")]
    [InlineData("redirect_uri", "https://app.example/callback/")]
    [InlineData("redirect_uri", "https://app.example/callback?x=1")]
    [InlineData("redirect_uri", "https://app.example/CALLBACK")]
    [InlineData("redirect_uri", null)]
    public async Task Nobody_is_sent_to_an_address_that_is_not_the_clients(string name, string? value)
    {
        var world = await FederationWorld.OnAsync();
        var browser = world.Browser();

        await browser.ShouldFailAsync(browser.Authorize((name, value)));
    }

    [Fact]
    public async Task A_parameter_that_comes_twice_is_no_request()
    {
        var world = await FederationWorld.OnAsync();
        var browser = world.Browser();

        await browser.ShouldFailAsync(browser.Authorize() + "&redirect_uri=https://evil.example/");
    }

    [Fact]
    public async Task Only_the_browser_that_began_may_end_it_and_once()
    {
        var world = await FederationWorld.OnAsync();
        var (victim, attacker) = (world.Browser(), world.Browser());
        await victim.GoAsync(victim.Authorize());
        var begun = await attacker.GoAsync(attacker.Authorize());
        var callback = world.Provider.SignIn(begun, new JsonObject { ["sub"] = "mallory" });

        await victim.ShouldFailAsync(callback);
        (await attacker.GoAsync(callback)).Query.ShouldContain("code=");
        (await attacker.GoAsync(callback)).Query.ShouldContain("error=invalid_request");
    }

    [Theory]
    [InlineData("?code=x")]
    [InlineData("?code=x&state=nonsense")]
    [InlineData("?code=x&state=")]
    [InlineData("")]
    public async Task Without_a_state_of_ours_it_leads_nowhere(string query)
    {
        var world = await FederationWorld.OnAsync();

        await world.Browser().ShouldFailAsync("/oauth2/idpresponse" + query);
    }

    [Fact]
    public async Task What_the_provider_refuses_is_told()
    {
        var world = await FederationWorld.OnAsync();
        var browser = world.Browser();
        var begun = await browser.GoAsync(browser.Authorize());
        var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(begun.Query)["state"].ToString();

        var back = await browser.GoAsync($"/oauth2/idpresponse?error=access_denied&error_description=No+thanks&state={state}");

        back.Query.ShouldBe("?error_description=Acme%20Error%20-%20No%20thanks&error=access_denied&state=app-state");
    }

    public static TheoryData<string> Lies => ["issuer", "audience", "azp", "expired", "nonce", "no nonce", "subject", "signature", "user info"];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task An_id_token_that_is_not_this_sign_ins_is_not_believed(string lie)
    {
        var world = await FederationWorld.OnAsync();
        var other = SigningKey.Create();
        if (lie == "signature") world.Provider.WrongKey = other;
        if (lie == "user info") world.Provider.UserInfo = new JsonObject { ["sub"] = "somebody else" };
        world.Provider.Lie = lie switch
        {
            "issuer" => claims => claims["iss"] = "https://accounts.google.com",
            "audience" => claims => claims["aud"] = "another-client",
            "azp" => claims => claims["azp"] = "another-client",
            "expired" => claims => claims["exp"] = DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeSeconds(),
            "nonce" => claims => claims["nonce"] = "another",
            "no nonce" => claims => claims.Remove("nonce"),
            "subject" => claims => claims["sub"] = "",
            _ => null,
        };

        var back = await world.Browser().BackAsync("carol", null);

        back.Query.ShouldContain("error_description=Acme%20Error%20-%20");
        back.Query.ShouldContain("error=invalid_request");
        (await world.Pool.AdminAsync("AdminGetUser", "acme_carol")).ShouldBeError("UserNotFoundException");
    }

    [Fact]
    public async Task A_provider_that_fails_is_named()
    {
        var world = await FederationWorld.OnAsync();
        world.Provider.Fails = 503;

        (await world.Browser().BackAsync("carol", null)).Query.ShouldContain("error_description=Acme%20Error%20-%20503%20error%20getting%20token&error=invalid_request");
    }

    [Fact]
    public async Task The_clients_secret_is_asked_for_and_never_by_two_ways()
    {
        var world = await FederationWorld.OnAsync(hasSecret: true);
        var described = await world.World.DoAsync("DescribeUserPoolClient", new JsonObject { ["UserPoolId"] = world.Pool.Id, ["ClientId"] = world.Pool.ClientId });
        var value = described["UserPoolClient"]!["ClientSecret"]!.GetValue<string>();
        var (code, verifier) = await world.Browser().CodeAsync();
        Dictionary<string, string> Form() => new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = FederationWorld.Callback, ["code_verifier"] = verifier };

        (await world.TokenAsync(Form())).ShouldBe(400, "invalid_client");
        (await world.TokenAsync(Form(), basic: $"{world.Pool.ClientId}:wrong")).ShouldBe(401, "invalid_client");
        (await world.TokenAsync(Form(), basic: "nonsense")).ShouldBe(401, "invalid_client");
        var both = Form();
        both["client_secret"] = value;
        (await world.TokenAsync(both, basic: $"{world.Pool.ClientId}:{value}")).ShouldBe(400, "invalid_request");
        (await world.TokenAsync(Form(), basic: $"{world.Pool.ClientId}:{Uri.EscapeDataString(value)}")).Good();
    }

    [Fact]
    public async Task A_code_of_one_client_is_nothing_to_another()
    {
        var (world, other) = (await FederationWorld.OnAsync(), await FederationWorld.OnAsync());
        var (code, verifier) = await world.Browser().CodeAsync();

        (await other.TokenAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = FederationWorld.Callback, ["code_verifier"] = verifier }))
            .ShouldBe(400, "invalid_grant");
    }

    [Theory]
    [InlineData("grant_type=password&username=a&password=b", "unsupported_grant_type")]
    [InlineData("code=x", "invalid_request")]
    [InlineData("grant_type=authorization_code", "invalid_request")]
    [InlineData("grant_type=authorization_code&grant_type=refresh_token&code=x", "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=x", "invalid_grant")]
    [InlineData("grant_type=client_credentials", "unauthorized_client")]
    [InlineData("grant_type=refresh_token&refresh_token=x&aws_client_metadata=[1]", "invalid_request")]
    public async Task Bad_grants_have_their_names(string form, string error)
    {
        var world = await FederationWorld.OnAsync();
        using var content = new StringContent(form + "&client_id=" + world.Pool.ClientId, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");

        using var response = await world.World.Http.PostAsync("/oauth2/token", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!.GetValue<string>().ShouldBe(error);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
    }

    [Fact]
    public async Task Signing_out_leads_to_the_clients_addresses_only()
    {
        var world = await FederationWorld.OnAsync();
        var browser = world.Browser();
        var client = world.Pool.ClientId;

        (await browser.GoAsync($"/logout?client_id={client}&logout_uri=https://app.example/bye&state=s")).ToString().ShouldBe("https://app.example/bye?state=s");
        await browser.ShouldFailAsync($"/logout?client_id={client}&logout_uri=https://evil.example/");
        await browser.ShouldFailAsync("/logout?client_id=nobody&logout_uri=https://app.example/bye");
        (await browser.GoAsync($"/logout?client_id={client}&response_type=code&redirect_uri={FederationWorld.Callback}")).AbsolutePath.ShouldBe("/oauth2/authorize");
    }
}
