using System.Net;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.CognitoIdentity;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>Section A: whose address a request may choose.</summary>
public sealed class SectionAHostsTests
{
    /// <summary>Headers by which a request says where it believes to be.</summary>
    public static TheoryData<string, string> Hosts => new()
    {
        { "Host", "evil.example" },
        { "X-Forwarded-Host", "evil.example" },
        { "X-Forwarded-Proto", "evil" },
        { "X-Original-Host", "evil.example" },
        { "Forwarded", "for=1.2.3.4;host=evil.example;proto=https" },
        { "X-Forwarded-Prefix", "/evil" },
    };

    /// <summary>Elsewhere the forwarded host chose where a mail's link led, and with it who got the code.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Failure_01_no_mail_names_the_host_of_its_request(string header, string value)
    {
        var world = await World.OnAsync();
        var email = TestAccount.NewEmail();

        (await world.ApiWithAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email), (header, value))).Good();

        (await world.MailboxAsync(email, 1)).ToJsonString().ShouldNotContain("evil");
    }

    /// <summary>The same elsewhere in the mail that resets a password, by the standardised header too.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Failure_02_no_reset_mail_names_the_host_of_its_request(string header, string value)
    {
        var world = await World.OnAsync();
        var bob = await (await world.PoolAsync()).VerifiedAsync("bob");
        await world.CodeAsync(bob.Email);

        var answer = await world.CallWithAsync("ForgotPassword", new JsonObject { ["ClientId"] = bob.Pool.ClientId, ["Username"] = "bob" }, (header, value));

        answer.Status.ShouldBe(200, answer.Text);
        (await world.MailboxAsync(bob.Email, 2)).ToJsonString().ShouldNotContain("evil");
    }

    /// <summary>A setting about trust elsewhere switched the check of the host off altogether.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Failure_03_no_host_of_a_request_becomes_the_issuer(string header, string value)
    {
        var world = await World.OnAsync();
        var bob = await (await world.PoolAsync()).ConfirmedAsync("bob");

        using var found = await world.SendWithAsync(HttpMethod.Get, $"/{bob.Pool.Id}/.well-known/openid-configuration", null, (header, value));
        var signedIn = await world.CallWithAsync(
            "InitiateAuth",
            new JsonObject
            {
                ["ClientId"] = bob.Pool.ClientId, ["AuthFlow"] = "USER_PASSWORD_AUTH", ["AuthParameters"] = new JsonObject { ["USERNAME"] = "bob", ["PASSWORD"] = bob.Password },
            },
            (header, value));

        (await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("evil");
        Testing.Tokens.Claims(signedIn.ShouldBeSignedIn().Access)["iss"]!.GetValue<string>().ShouldBe($"{world.Url}/{bob.Pool.Id}");
    }

    /// <summary>Addresses that looked like this machine's were accepted elsewhere as where to send people. Here no address of a request is.</summary>
    [Theory]
    [InlineData("/login?client_id=x&response_type=code&redirect_uri=http://localhost.evil.example/")]
    [InlineData("/oauth2/authorize?client_id=x&response_type=code&redirect_uri=https://evil.example/..;/")]
    [InlineData("/logout?client_id=x&logout_uri=//evil.example")]
    [InlineData("/saml2/idpresponse?RelayState=https://evil.example")]
    [InlineData("//evil.example/%2e%2e")]
    [InlineData("/?returnUrl=https://evil.example")]
    public async Task Failure_04_no_answer_leads_to_an_address_of_its_request(string path)
    {
        var world = await World.OnAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var answer = await http.GetAsync(new Uri(world.Url + path), TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldNotBeInRange(300, 399);
        answer.Headers.Location.ShouldBeNull();
    }

    /// <summary>A scheme that runs script was let through elsewhere when it was written in capitals.</summary>
    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("//evil.example")]
    public async Task Failure_08_no_address_that_pages_will_show_may_be_script(string address)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.ConfigureAsync("CreateTerms", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["TermsName"] = "terms-of-use",
            ["TermsSource"] = "LINK",
            ["Enforcement"] = "NONE",
            ["Links"] = new JsonObject { ["cognito:default"] = address },
        });

        answer.ShouldBeError("InvalidParameterException");
    }

    /// <summary>Servers were made to call addresses of an attacker's choice: by a token's issuer, by redirects, by what a document pointed at.</summary>
    [Fact]
    public async Task Failure_12_no_token_makes_this_server_call_its_issuer()
    {
        var scene = await IdentityScene.StartAsync();
        await using var world = scene.World;
        var (pool, issuer) = await GetIdTests.WithIssuerAsync(scene);
        await using var stranger = await Elsewhere.StartAsync();

        (await pool.TryGetIdAsync((issuer, stranger.Token()))).ShouldBeError("NotAuthorizedException");
        (await pool.TryGetIdAsync(($"{stranger.Host}/issuer", stranger.Token()))).ShouldBeError("NotAuthorizedException");
        var account = await world.ApiWithAsync(HttpMethod.Get, "me", null, ("Authorization", "Bearer " + stranger.Token()));

        account.Status.ShouldBe((int)HttpStatusCode.Unauthorized);
        stranger.Asked.ShouldBe(0);
    }
}
