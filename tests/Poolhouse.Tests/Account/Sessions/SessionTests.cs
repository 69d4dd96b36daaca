using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>Cookie sessions over HTTP.</summary>
public sealed class SessionTests
{
    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task A_session_begins_is_used_is_changed_and_ends(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var person = await world.AccountAsync();
        var browser = new Browser(world);

        var begun = (await browser.SignInAsync(person.Email)).Good();
        browser.SetCookie!.ShouldEndWith("; Max-Age=1209600; Path=/; Secure; HttpOnly; SameSite=Strict");
        browser.SetCookie.ShouldNotContain("omain=");
        begun.Text.ShouldNotContain("token");
        begun.Headers.CacheControl!.NoStore.ShouldBeTrue();
        begun.Json["user"]!["email"]!.GetValue<string>().ShouldBe(person.Email);
        var session = (await browser.GetAsync("session")).Good().Json;
        (Time(session, "expires_at") - Time(session, "created_at")).ShouldBe(TimeSpan.FromSeconds(1_209_600));
        browser.SetCookie.ShouldBeNull();
        (await browser.GetAsync("activities/home")).Good().Json["signed_in"]!.GetValue<bool>().ShouldBeTrue();

        var changed = (await browser.SendAsync(HttpMethod.Patch, "session", JsonNode.Parse("""{"locale":"de","remember":false,"data":{"cart":[1]}}"""))).Good().Json;
        (changed["locale"]!.GetValue<string>(), changed["remember"]!.GetValue<bool>(), changed["data"]!.ToJsonString()).ShouldBe(("de", false, """{"cart":[1]}"""));
        (await browser.GetAsync("session")).Json["expires_at"]!.ToJsonString().ShouldBe(changed["expires_at"]!.ToJsonString());

        (await browser.SendAsync(HttpMethod.Delete, "session")).Good();
        browser.SetCookie!.ShouldStartWith("__Host-poolhouse=; Max-Age=0; Path=/; Secure; HttpOnly");
        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        (await browser.SendAsync(HttpMethod.Delete, "session")).Good();
    }

    [Fact]
    public async Task No_malformed_forged_foreign_or_ended_cookie_is_a_session_and_it_is_taken_back()
    {
        var world = await World.OnAsync();
        var browser = new Browser(world);
        await browser.SignInAsync((await world.AccountAsync()).Email);
        var cookie = browser.Cookie!;
        foreach (var wrong in new[] { "", "x", "\"", cookie[..^1] + (cookie[^1] == 'A' ? 'B' : 'A'), cookie + cookie, cookie[..^1], new string('A', cookie.Length), "a=b", $"{cookie}; __Host-poolhouse={cookie}" })
        {
            browser.Cookie = wrong;
            (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
            browser.SetCookie!.ShouldStartWith("__Host-poolhouse=; Max-Age=0");
            browser.Cookie = wrong;
            (await browser.SendAsync(HttpMethod.Delete, "session")).Good();
        }

        browser.Cookie = cookie;
        (await browser.GetAsync("session")).Good();
        await browser.SendAsync(HttpMethod.Delete, "session");
        browser.Cookie = cookie;
        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        browser.Cookie = null;
        (await browser.GetAsync("sessions")).ShouldBeProblem(401, "SESSION_INVALID");
    }

    [Fact]
    public async Task Group_23_every_sign_in_makes_a_new_id_and_nobody_gets_one_of_somebody_elses_choice()
    {
        var world = await World.OnAsync();
        var (person, attacker) = (await world.AccountAsync(), await world.AccountAsync());
        var (browser, evil) = (new Browser(world), new Browser(world));
        await evil.SignInAsync(attacker.Email);
        var planted = evil.Cookie;
        await evil.SendAsync(HttpMethod.Delete, "session");

        // A dead cookie of somebody's choice, then a sign-in.
        browser.Cookie = planted;
        (await browser.SignInAsync(person.Email)).Good().Json["user"]!["email"]!.GetValue<string>().ShouldBe(person.Email);
        browser.Cookie.ShouldNotBe(planted);
        evil.Cookie = planted;
        (await evil.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");

        // With a live one it stays as it is, whatever the body says.
        var present = browser.Cookie;
        (await browser.SignInAsync(attacker.Email)).Good().Json["user"]!["email"]!.GetValue<string>().ShouldBe(person.Email);
        (await browser.SignInAsync(person.Email, password: "wrong")).Good();
        browser.SetCookie.ShouldBeNull();
        browser.Cookie.ShouldBe(present);
    }

    [Fact]
    public async Task Group_23_a_new_password_makes_a_new_id()
    {
        var world = await World.OnAsync();
        var browser = new Browser(world);
        await browser.SignInAsync((await world.AccountAsync()).Email);
        var before = browser.Cookie;

        (await browser.SendAsync(
            HttpMethod.Post, "auth/change-password", new JsonObject { ["previous_password"] = TestAccount.Password, ["new_password"] = "Another-1234567" })).Good();

        browser.Cookie.ShouldNotBe(before);
        (await browser.GetAsync("session")).Good();
        browser.Cookie = before;
        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
    }

    [Fact]
    public async Task A_bearer_token_is_exchanged_for_a_cookie_and_they_end_together()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var browser = new Browser(world);

        (await browser.SendAsync(HttpMethod.Post, "session", null, person.Access)).Good().Json["user"]!["email"]!.GetValue<string>().ShouldBe(person.Email);
        (await browser.GetAsync("session")).Good();
        (await person.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        await browser.SendAsync(HttpMethod.Delete, "session");

        (await person.PostAsync("auth/logout")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await browser.SendAsync(HttpMethod.Post, "session", null, person.Access)).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await browser.SendAsync(HttpMethod.Post, "session", null, "x.y.z")).ShouldBeProblem(401, "TOKEN_INVALID");
        browser.Cookie.ShouldBeNull();
    }

    [Fact]
    public async Task Cookie_and_token_have_to_be_of_one_account()
    {
        var world = await World.OnAsync();
        var (person, other) = (await world.AccountAsync(), await world.AccountAsync());
        var browser = new Browser(world);
        await browser.SignInAsync(person.Email);

        (await browser.SendAsync(HttpMethod.Get, "sessions", null, person.Access)).Good();
        (await browser.SendAsync(HttpMethod.Get, "sessions", null, other.Access)).ShouldBeProblem(403, "FORBIDDEN");
        (await browser.SendAsync(HttpMethod.Post, "session", null, other.Access)).ShouldBeProblem(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Wrong_credentials_and_bodies_get_no_cookie()
    {
        var world = await World.OnAsync();
        var browser = new Browser(world);
        var person = await world.AccountAsync();

        (await browser.SignInAsync(person.Email, password: "Wrong-1234567")).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await browser.SignInAsync(TestAccount.NewEmail())).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await browser.SendAsync(HttpMethod.Post, "session")).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await browser.SendAsync(HttpMethod.Post, "session", JsonNode.Parse("""{"email":7}"""))).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await browser.SendAsync(HttpMethod.Post, "session", JsonNode.Parse("""{"challenge":"X","session":"y","responses":{"a":"b"}}"""))).Status.ShouldBe(400);
        browser.Cookie.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"locale":"xx"}""")]
    [InlineData("""{"locale":7}""")]
    [InlineData("""{"remember":"yes"}""")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":"x"}""")]
    [InlineData("[]")]
    public async Task A_change_of_the_wrong_form_changes_nothing(string patch)
    {
        var world = await World.OnAsync();
        var browser = new Browser(world);
        await browser.SignInAsync((await world.AccountAsync()).Email);
        var before = (await browser.GetAsync("session")).Text;

        (await browser.SendAsync(HttpMethod.Patch, "session", JsonNode.Parse(patch))).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await browser.SendAsync(HttpMethod.Patch, "session", new JsonObject { ["data"] = new JsonObject { ["a"] = new string('x', 5000) } })).ShouldBeProblem(400, "VALIDATION_FAILED");

        (await browser.GetAsync("session")).Text.ShouldBe(before);
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one_or_all_others_at_once()
    {
        var world = await World.OnAsync();
        var (person, stranger) = (await world.AccountAsync(), new Browser(world));
        Browser[] browsers = [new(world), new(world), new(world), new(world)];
        foreach (var browser in browsers) await browser.SignInAsync(person.Email);
        await stranger.SignInAsync((await world.AccountAsync()).Email);

        var listed = (await browsers[0].GetAsync("sessions")).Good().Json["sessions"]!.AsArray();
        listed.Count.ShouldBe(4);
        listed.Count(s => s!["current"]!.GetValue<bool>()).ShouldBe(1);
        listed.ShouldAllBe(s => s!["address"]!.GetValue<string>() == "127.0.0.1");
        var second = (await browsers[1].GetAsync("session")).Json["id"]!.GetValue<string>();
        (await stranger.SendAsync(HttpMethod.Delete, "sessions/" + second)).ShouldBeProblem(404, "NOT_FOUND");
        (await browsers[0].SendAsync(HttpMethod.Delete, "sessions/" + second)).Good();
        (await browsers[0].SendAsync(HttpMethod.Delete, "sessions/" + second)).ShouldBeProblem(404, "NOT_FOUND");
        (await browsers[1].GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");

        (await browsers[0].SendAsync(HttpMethod.Delete, "sessions")).Good();
        (await browsers[2].GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        (await browsers[3].GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        (await browsers[0].GetAsync("sessions")).Json["sessions"]!.AsArray().Count.ShouldBe(1);
        (await stranger.GetAsync("session")).Good();
    }

    [Theory]
    [InlineData("everywhere")]
    [InlineData("GlobalSignOut")]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminDeleteUser")]
    [InlineData("AdminResetUserPassword")]
    [InlineData("AdminSetUserPassword")]
    [InlineData("reset")]
    [InlineData("RevokeToken")]
    public async Task Group_22_whatever_ends_the_sign_in_ends_the_session_at_once(string how)
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var browser = new Browser(world);
        (await browser.SendAsync(HttpMethod.Post, "session", null, person.Access)).Good();
        (await browser.GetAsync("session")).Good();
        var user = new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = person.Email };

        if (how == "everywhere") (await person.PostAsync("auth/logout", new JsonObject { ["everywhere"] = true })).Good();
        else if (how == "GlobalSignOut") await world.DoAsync(how, new JsonObject { ["AccessToken"] = person.Access });
        else if (how == "RevokeToken") await world.DoAsync(how, new JsonObject { ["Token"] = person.Refresh, ["ClientId"] = ClientOf(person.Access) });
        else if (how == "reset") await ResetAsync(world, person.Email);
        else
        {
            if (how == "AdminSetUserPassword") (user["Password"], user["Permanent"]) = ("Another-1234567", true);
            await world.DoAsync(how, user);
        }

        (await browser.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        browser.Cookie.ShouldBeNull();
        if (how == "reset") (await browser.SignInAsync(person.Email, password: "Another-1234567")).Good();
    }

    [Fact]
    public async Task Leaving_by_the_cookie_works_like_leaving_by_a_token()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var (one, two) = (new Browser(world), new Browser(world));
        await one.SignInAsync(person.Email);
        await two.SignInAsync(person.Email);

        (await one.SendAsync(HttpMethod.Post, "auth/logout")).Good();
        one.Cookie.ShouldBeNull();
        (await two.GetAsync("session")).Good();
        (await two.SendAsync(HttpMethod.Post, "auth/logout", new JsonObject { ["everywhere"] = true })).Good();
        (await person.GetAsync("sessions")).ShouldBeProblem(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task A_cookie_changes_something_only_from_where_it_may()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--AllowedOrigins:0", "https://app.example", "--AllowedOrigins:1", "*");
        var person = await world.AccountAsync();
        foreach (var (origin, site, status) in Origins)
        {
            var browser = new Browser(world);
            await browser.SignInAsync(person.Email);
            var before = browser.Cookie;

            (await browser.SendAsync(HttpMethod.Patch, "session", JsonNode.Parse("""{"data":{"a":1}}"""), null, origin, site)).Status.ShouldBe(status, $"{origin} {site}");
            (await browser.SendAsync(HttpMethod.Get, "session", null, null, origin, site)).Good().Json["data"]!.ToJsonString().ShouldBe(status == 200 ? """{"a":1}""" : "{}");
            (await browser.SendAsync(HttpMethod.Post, "session", JsonNode.Parse("{}"), null, origin, site)).Status.ShouldBe(status);
            (await browser.SendAsync(HttpMethod.Post, "auth/logout", null, null, origin, site)).Status.ShouldBe(status);
            browser.Cookie = before;
            (await browser.SendAsync(HttpMethod.Delete, "session", null, null, origin, site)).Status.ShouldBe(status);
        }
    }

    [Fact]
    public async Task Time_ends_sessions_and_activity_is_noted()
    {
        await using var world = await World.StartAsync();
        var person = await world.AccountAsync();
        var (own, guest) = (new Browser(world), new Browser(world));
        await own.SignInAsync(person.Email);
        await guest.SignInAsync(person.Email, remember: false);

        await world.AdvanceAsync("PT50M");
        (await guest.GetAsync("session")).Good();
        await world.AdvanceAsync("PT50M");
        (await guest.GetAsync("session")).Good();
        await world.AdvanceAsync("PT61M");
        (await guest.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");

        var noted = (await own.GetAsync("session")).Good().Json;
        (Time(noted, "last_seen_at") - Time(noted, "created_at")).ShouldBeGreaterThan(TimeSpan.FromMinutes(160));
        await world.AdvanceAsync("P13DT20H");
        (await own.GetAsync("session")).Good();
        await world.AdvanceAsync("PT2H");
        (await own.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
    }

    private static (string? Origin, string? Site, int Status)[] Origins =>
    [
        ("https://evil.example", null, 403), ("null", null, 403), ("https://evil.example", "cross-site", 403), ("http://localhost:1", "same-site", 403),
        (null, "cross-site", 403), (null, "same-site", 403), ("own", "same-origin", 200), ("own", null, 200), (null, null, 200),
        ("https://app.example", "same-site", 200), ("https://app.example.evil.example", "same-site", 403),
    ];

    private static DateTimeOffset Time(JsonObject session, string name) => session[name]!.GetValue<DateTimeOffset>();

    private static string ClientOf(string token) => Tokens.Claims(token)["client_id"]!.GetValue<string>();

    private static async Task ResetAsync(World world, string email)
    {
        (await world.ApiAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = email, ["purpose"] = "password_reset" })).Good();
        var code = await world.CodeAsync(email, atLeast: 2);
        (await world.ApiAsync(
            HttpMethod.Post, "auth/verify-otp", new JsonObject { ["email"] = email, ["purpose"] = "password_reset", ["code"] = code, ["new_password"] = "Another-1234567" })).Good();
    }
}
