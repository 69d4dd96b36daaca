using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>Section C: sessions, cookies, and what a browser does for somebody else.</summary>
public sealed class SectionCSessionsTests
{
    private const string Script = "<img src=x onerror=alert(1)>";

    /// <summary>A sign-in that an attacker had begun elsewhere became, with the victim's proof, the attacker's.</summary>
    [Fact]
    public async Task Failure_23_no_sign_in_that_somebody_else_began_becomes_ones_own()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var (bob, eve) = (await pool.ConfirmedAsync("bob"), await pool.ConfirmedAsync("eve"));
        var begun = await pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = "eve" });

        var answer = await pool.RespondAsync(begun.Json, "bob", ("ANSWER", "PASSWORD"), ("PASSWORD", bob.Password));

        answer.Status.ShouldBe(400, answer.Text);
        (await pool.RespondAsync(begun.Json, "eve", ("ANSWER", "PASSWORD"), ("PASSWORD", eve.Password))).ShouldBeSignedIn();
    }

    /// <summary>The same for a cookie that somebody planted: a sign-in makes an id of its own, and the planted one stays what it was.</summary>
    [Fact]
    public async Task Failure_23_no_cookie_that_somebody_planted_becomes_a_session()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var (browser, evil) = (new Browser(world), new Browser(world));
        const string planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        browser.Cookie = planted;

        (await browser.SignInAsync(person.Email)).Good();

        browser.Cookie.ShouldNotBe(planted);
        evil.Cookie = planted;
        (await evil.GetAsync("session")).Status.ShouldBe(401);
    }

    /// <summary>Cookies reached other hosts of the domain, and those of other hosts were believed.</summary>
    [Fact]
    public async Task Failure_24_no_cookie_is_for_another_host_or_for_script()
    {
        var world = await World.OnAsync();
        var browser = new Browser(world);

        (await browser.SignInAsync((await world.AccountAsync()).Email)).Good();

        var cookie = browser.SetCookie.ShouldNotBeNull();
        cookie.ShouldStartWith("__Host-");
        var attributes = cookie.Split(';').Skip(1).Select(a => a.Trim().ToLowerInvariant()).ToList();
        attributes.ShouldContain("secure");
        attributes.ShouldContain("httponly");
        attributes.ShouldContain("path=/");
        attributes.ShouldContain("samesite=strict");
        attributes.ShouldAllBe(a => !a.StartsWith("domain"));
        // What another page of the site sends along changes nothing here.
        (await browser.SendAsync(HttpMethod.Patch, "session", new JsonObject { ["remember"] = true }, null, "https://other.127.0.0.1.example", "same-site")).Status.ShouldBe(403);
    }

    /// <summary>What a user had typed came back as script, in a page and in a mail.</summary>
    [Fact]
    public async Task Failure_25_no_name_becomes_markup()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(new JsonObject
        {
            ["AdminCreateUserConfig"] = new JsonObject
            {
                ["InviteMessageTemplate"] = new JsonObject { ["EmailSubject"] = "Welcome", ["EmailMessage"] = "<p>{username} {####}</p>", ["SMSMessage"] = "{username} {####}" },
            },
        });
        const string name = "<b>bob</b>";
        var email = TestAccount.NewEmail();
        await pool.AdminAsync("AdminCreateUser", name, new JsonObject
        {
            ["UserAttributes"] = Calls.Attributes(("email", email), ("email_verified", "true")), ["DesiredDeliveryMediums"] = new JsonArray("EMAIL"),
        }).ShouldSucceedAsync();
        var account = TestAccount.NewEmail();
        var registration = AccountWorld.Registration(account);
        registration["first_name"] = Script;
        (await world.ApiAsync(HttpMethod.Post, "auth/register", registration)).Good();

        var pages = await PagesAsync(world, email);
        pages.ShouldHaveSingleItem().ShouldContain("bob");
        pages.AddRange(await PagesAsync(world, account));
        pages.ShouldAllBe(page => !page.Contains(name) && !page.Contains("<img src=x"));
    }

    /// <summary>A token that nobody had verified chose elsewhere which page could read the answer.</summary>
    [Theory]
    [InlineData("azp")]
    [InlineData("aud")]
    [InlineData("client_id")]
    public async Task Failure_26_no_token_chooses_who_may_read_the_answer(string claim)
    {
        var world = await World.OnAsync();
        var claims = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new JsonObject
        {
            [claim] = "https://evil.example", ["allowed-origins"] = new JsonArray("https://evil.example"), ["iss"] = $"{world.Url}/us-east-1_Poolhouse",
        }.ToJsonString()));

        using var answer = await world.SendWithAsync(
            HttpMethod.Get, "/api/v1/me", null, ("Authorization", $"Bearer eyJhbGciOiJSUzI1NiJ9.{claims}.AAAA"), ("Origin", "https://evil.example"));

        ((int)answer.StatusCode).ShouldBe(401);
        answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed);
        (allowed ?? []).ShouldNotContain("https://evil.example");
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    /// <summary>Data of the request talked a server into a flow that the client had not allowed.</summary>
    [Fact]
    public async Task Failure_27_no_request_forces_a_flow_that_its_client_does_not_allow()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_SRP_AUTH") });
        var bob = await pool.ConfirmedAsync("bob");
        JsonObject Parameters() => new() { ["USERNAME"] = "bob", ["PASSWORD"] = bob.Password, ["RESPONSE_TYPE"] = "token", ["PREFERRED_CHALLENGE"] = "PASSWORD" };

        (await pool.StartAsync("USER_PASSWORD_AUTH", Parameters())).ShouldBeError("InvalidParameterException");
        (await pool.StartAsync("USER_AUTH", Parameters())).ShouldBeError("InvalidParameterException");
        (await pool.AdminStartAsync("ADMIN_USER_PASSWORD_AUTH", Parameters())).ShouldBeError("InvalidParameterException");
        (await pool.StartAsync("USER_SRP_AUTH", Parameters())).Status.ShouldBe(400);
    }

    /// <summary>What one person was answered was kept by what stands between, and served to the next one.</summary>
    [Theory]
    [InlineData("GET", "me")]
    [InlineData("GET", "me/history")]
    [InlineData("GET", "me/export")]
    [InlineData("GET", "features")]
    [InlineData("GET", "activities/home")]
    [InlineData("GET", "security-matrix")]
    [InlineData("POST", "auth/login")]
    [InlineData("POST", "auth/refresh")]
    [InlineData("GET", "nothing/here")]
    public async Task Failure_28_no_answer_to_a_person_is_kept_on_the_way(string method, string path)
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();
        var body = path switch
        {
            "auth/login" => new JsonObject { ["email"] = account.Email, ["password"] = TestAccount.Password },
            "auth/refresh" => new JsonObject { ["refresh_token"] = account.Refresh },
            _ => null,
        };

        using var answer = await world.SendWithAsync(new HttpMethod(method), "/api/v1/" + path, body, ("Authorization", "Bearer " + account.Access));

        if (path == "nothing/here") ((int)answer.StatusCode).ShouldBe(404);
        else answer.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
    }

    /// <summary>The same for tokens of the Cognito protocol.</summary>
    [Fact]
    public async Task Failure_28_no_tokens_are_kept_on_the_way()
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");

        foreach (var answer in new[] { await bob.TrySignInAsync(), await bob.Pool.World.GetUserAsync((await bob.SignInAsync()).Access), await bob.TrySignInAsync("Wrong-horse-1") })
            answer.Headers.CacheControl.ShouldNotBeNull(answer.Text).NoStore.ShouldBeTrue();
    }

    private static async Task<List<string>> PagesAsync(World world, string to) =>
        [.. (await world.MailboxAsync(to, 1)).Select(mail => mail.Text("html")).OfType<string>()];
}
