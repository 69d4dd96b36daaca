using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Poolhouse.Tests.Oidc.OAuth;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>Section A and what else went wrong elsewhere between a client, an identity provider and a browser.</summary>
public sealed class SectionAOAuthTests
{
    /// <summary>Elsewhere what looked like the own machine could be registered.</summary>
    [Theory]
    [InlineData("http://localhost.evil.example/")]
    [InlineData("http://127.0.0.1.evil.example/")]
    [InlineData("http://evil.example/localhost")]
    [InlineData("http://192.168.0.1/")]
    public async Task Failure_04_an_address_that_looks_like_the_own_machine_is_not_registered(string address) => await RefusedAsync(address);

    /// <summary>Elsewhere a user name hid the host.</summary>
    [Theory]
    [InlineData("http://localhost@evil.example/")]
    [InlineData("https://app.example@evil.example/")]
    [InlineData("https://user:password@app.example/")]
    public async Task Failure_10_an_address_that_hides_its_host_is_not_registered(string address) => await RefusedAsync(address);

    /// <summary>Elsewhere script could be registered, by its name in capitals too.</summary>
    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    [InlineData("https://app.example/#fragment")]
    public async Task Failure_09_an_address_that_runs_or_is_none_is_not_registered(string address) => await RefusedAsync(address);

    /// <summary>Elsewhere a parameter of the registered address stood beside the answer's own.</summary>
    [Theory]
    [InlineData("https://app.example/?code=mine")]
    [InlineData("https://app.example/?x=1&STATE=mine")]
    [InlineData("https://app.example/?%63ode=mine")]
    public async Task Failure_07_an_address_with_a_parameter_of_the_answer_is_not_registered(string address) => await RefusedAsync(address);

    /// <summary>Elsewhere prefixes were compared.</summary>
    [Theory]
    [InlineData("https://app.example/callback/..;/evil")]
    [InlineData("https://app.example/callback/../evil")]
    [InlineData("https://app.example/callback%2f..%2fevil")]
    public async Task Failure_05_no_path_beyond_the_registered_address_passes(string address) => await LeadsNowhereAsync(address);

    /// <summary>Elsewhere patterns were compared, and what a parser makes of an address. Here it is letter by letter.</summary>
    [Theory]
    [InlineData("https://app.example/callback?code=mine")]
    [InlineData("https://app.example/callback#x")]
    [InlineData("https://appXexample/callback")]
    [InlineData("https://app.example@evil.example/callback")]
    [InlineData("https://app.example\\@evil.example/callback")]
    [InlineData("https:/app.example/callback")]
    [InlineData(" https://app.example/callback")]
    public async Task Failure_06_nothing_but_the_registered_address_passes(string address) => await LeadsNowhereAsync(address);

    /// <summary>Elsewhere addresses of the own machine, and those that differ in case or port, were taken for one another.</summary>
    [Theory]
    [InlineData("https://app.example:443/callback")]
    [InlineData("https://app.example./callback")]
    [InlineData("https://APP.example/callback")]
    [InlineData("HTTPS://app.example/callback")]
    [InlineData("http://localhost:3001/")]
    [InlineData("http://127.0.0.1:3000/")]
    [InlineData("http://LOCALHOST:3000/")]
    public async Task Failure_11_no_other_spelling_of_the_registered_address_passes(string address) => await LeadsNowhereAsync(address);

    /// <summary>Elsewhere a provider that was switched off, or was no longer the client's, still signed people in.</summary>
    [Fact]
    public async Task Failure_21_a_provider_that_was_taken_away_signs_nobody_in()
    {
        var world = await FederationWorld.OnAsync();
        var browser = world.Browser();
        var begun = await browser.GoAsync(browser.Authorize());
        var other = world.Browser();
        var alsoBegun = await other.GoAsync(other.Authorize());

        await world.World.DoAsync("UpdateUserPoolClient", new JsonObject { ["UserPoolId"] = world.Pool.Id, ["ClientId"] = world.Pool.ClientId, ["CallbackURLs"] = new JsonArray(FederationWorld.Callback) });
        (await browser.GoAsync(world.Provider.SignIn(begun, new JsonObject { ["sub"] = "carol" }))).Query.ShouldContain("error=invalid_request");
        await world.World.DoAsync("DeleteIdentityProvider", new JsonObject { ["UserPoolId"] = world.Pool.Id, ["ProviderName"] = "Acme" });
        (await other.GoAsync(world.Provider.SignIn(alsoBegun, new JsonObject { ["sub"] = "carol" }))).Query.ShouldContain("error=invalid_request");
    }

    /// <summary>Elsewhere what was begun at one provider could be ended with the answer of another (mix-up).</summary>
    [Fact]
    public async Task Failure_24_the_answer_of_another_provider_ends_nothing()
    {
        var (world, evil) = (await FederationWorld.OnAsync(), await FederationWorld.OnAsync());
        var browser = world.Browser();
        var begun = await browser.GoAsync(browser.Authorize());
        var code = QueryHelpers.ParseQuery(new Uri(evil.Provider.SignIn(begun, new JsonObject { ["sub"] = "victim" })).Query)["code"].ToString();
        var state = QueryHelpers.ParseQuery(begun.Query)["state"].ToString();

        (await browser.GoAsync($"/oauth2/idpresponse?code={code}&state={state}")).Query.ShouldContain("error=invalid_request");
    }

    /// <summary>Elsewhere a client's state came back as script.</summary>
    [Fact]
    public async Task Failure_25_a_state_is_text_wherever_it_goes()
    {
        var world = await FederationWorld.OnAsync();
        var browser = world.Browser();
        const string script = "\"><script>alert(1)</script>\r\nX-Evil: 1";

        var back = await browser.GoAsync(browser.Authorize(("state", script), ("scope", "unknown")));

        QueryHelpers.ParseQuery(back.Query)["state"].ToString().ShouldBe(script);
        back.OriginalString.ShouldNotContain("<");
        (await browser.ShouldFailAsync(browser.Authorize(("client_id", script)))).ShouldNotContain("alert");
    }

    /// <summary>Elsewhere the verifier was asked for only if it was sent, or a challenge could be taken away.</summary>
    [Fact]
    public async Task Failure_32_a_verifier_goes_with_a_challenge_and_neither_without_the_other()
    {
        var world = await FederationWorld.OnAsync();
        var (with, verifier) = await world.Browser().CodeAsync();
        var without = QueryHelpers.ParseQuery((await world.Browser().BackAsync("carol", null)).Query)["code"].ToString();
        Dictionary<string, string> Form(string code) => new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = FederationWorld.Callback };
        var added = Form(without);
        added["code_verifier"] = verifier;

        (await world.TokenAsync(Form(with))).ShouldBe(400, "invalid_grant");
        (await world.TokenAsync(added)).ShouldBe(400, "invalid_grant");

        (await world.TokenAsync(Form(without))).Good();
    }

    private static async Task LeadsNowhereAsync(string address)
    {
        var world = await FederationWorld.OnAsync();
        var browser = world.Browser();

        await browser.ShouldFailAsync(browser.Authorize(("redirect_uri", address)));
    }

    private static async Task RefusedAsync(string address)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();

        var answer = await world.CallAsync("UpdateUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId, ["CallbackURLs"] = new JsonArray(address) });

        answer.ShouldBeError("InvalidParameterException");
    }
}
