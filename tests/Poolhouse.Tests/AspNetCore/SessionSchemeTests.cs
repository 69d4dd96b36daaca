using Poolhouse.AspNetCore;

namespace Poolhouse.Tests.AspNetCore;

/// <summary>An API that takes Poolhouse's session cookie.</summary>
public sealed class SessionSchemeTests
{
    [Fact]
    public async Task A_session_makes_a_principal_of_its_user()
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();

        var answer = await app.SendAsync("/admins", request => request.Headers.Add("Cookie", "theme=dark; __Host-poolhouse=good; other=1"));

        answer.Status.ShouldBe(200);
        answer.Json["id"]!.GetValue<string>().ShouldBe("5e1f");
        answer.Json["name"]!.GetValue<string>().ShouldBe("ann");
        answer.Body.ShouldContain("email=ann@example.com");
        // Nobody else's cookies leave the application.
        sessions.LastCookie.ShouldBe("__Host-poolhouse=good");
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux) \"odd\" (;", "Mozilla/5.0 (X11; Linux) \"odd\" (;")]
    [InlineData(null, "Poolhouse.AspNetCore")]
    [InlineData("LONG", "Poolhouse.AspNetCore")]
    public async Task Poolhouse_is_told_the_browser_and_not_this_program(string? browser, string told)
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();

        var answer = await app.SendAsync("/me", request =>
        {
            Cookie("good")(request);
            if (browser is not null) request.Headers.TryAddWithoutValidation("User-Agent", browser == "LONG" ? new string('x', 600) : browser);
        });

        answer.Status.ShouldBe(200);
        sessions.LastUserAgent.ShouldBe(told);
    }

    [Fact]
    public async Task No_cookie_and_a_bad_one_are_401()
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();

        (await app.SendAsync("/me")).Status.ShouldBe(401);
        (await app.SendAsync("/me", Cookie("forged"))).Status.ShouldBe(401);
        sessions.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a%0d%0ab")]
    [InlineData("a,b")]
    [InlineData("\"good\"")]
    [InlineData("{}")]
    public async Task A_cookie_that_Poolhouse_cannot_have_made_is_not_sent_on(string cookie)
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();

        (await app.SendAsync("/me", Cookie(cookie))).Status.ShouldBe(401);
        (await app.SendAsync("/me", Cookie(new string('x', 4097)))).Status.ShouldBe(401);
        sessions.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task The_end_of_a_session_is_felt_within_a_second_and_until_then_one_question_serves_all()
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();
        var gate = new TaskCompletionSource();
        sessions.Gate = gate.Task;
        var many = Enumerable.Range(0, 64).Select(_ => app.SendAsync("/me", Cookie("good"))).ToList();
        while (sessions.Calls == 0) await Task.Yield();
        gate.SetResult();
        (await Task.WhenAll(many)).ShouldAllBe(answer => answer.Status == 200);
        sessions.Calls.ShouldBe(1);

        sessions.End("good");
        sessions.Time.Advance(TimeSpan.FromSeconds(1));

        (await app.SendAsync("/me", Cookie("good"))).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData(503, """{"code":"SESSION_STORE_UNAVAILABLE"}""")]
    [InlineData(500, "")]
    [InlineData(429, "")]
    [InlineData(404, "")]
    [InlineData(302, "")]
    [InlineData(200, "<html></html>")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"user":{}}""")]
    [InlineData(200, """{"user":{"sub":""}}""")]
    [InlineData(200, """{"user":{"sub":"a","sub":"b"}}""")]
    public async Task What_is_neither_a_session_nor_a_refusal_is_503(int status, string body)
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();
        sessions.Answer = (status, body);

        var answer = await app.SendAsync("/me", Cookie("good"));

        (answer.Status, answer.RetryAfter).ShouldBe((503, "1"));
        sessions.Answer = null;
        sessions.Time.Advance(TimeSpan.FromSeconds(1));
        (await app.SendAsync("/me", Cookie("good"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_server_that_is_silent_is_waited_for_a_quarter_of_a_second()
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();
        sessions.Gate = new TaskCompletionSource().Task;

        var asking = app.SendAsync("/me", Cookie("good"));
        while (sessions.Calls == 0) await Task.Yield();
        sessions.Time.Advance(TimeSpan.FromMilliseconds(250));

        (await asking).Status.ShouldBe(503);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_503()
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();
        await sessions.DisposeAsync();

        (await app.SendAsync("/me", Cookie("good"))).Status.ShouldBe(503);
    }

    [Theory]
    [InlineData("POST", null, "same-origin", 200)]
    [InlineData("POST", null, "none", 200)]
    [InlineData("POST", null, "cross-site", 403)]
    [InlineData("POST", null, "same-site", 403)]
    [InlineData("DELETE", null, "cross-site", 403)]
    [InlineData("POST", "https://evil.example", null, 403)]
    [InlineData("POST", "null", null, 403)]
    [InlineData("POST", "SELF", null, 200)]
    [InlineData("POST", "https://app.example", "cross-site", 200)]
    [InlineData("POST", "https://app.example", null, 200)]
    [InlineData("POST", "https://app.example.evil.example", "cross-site", 403)]
    [InlineData("POST", null, null, 200)]
    [InlineData("GET", "https://evil.example", "cross-site", 200)]
    public async Task Requests_that_change_something_come_from_a_page_that_may(string method, string? origin, string? site, int status)
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync(options => options.AllowedOrigins.Add("https://app.example"));

        var answer = await app.SendAsync(
            "/me",
            request =>
            {
                Cookie("good")(request);
                if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin == "SELF" ? app.Url : origin);
                if (site is not null) request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
            },
            new HttpMethod(method));

        answer.Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_WebSocket_from_another_site_is_refused_though_it_begins_with_GET()
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var app = await sessions.AppAsync();

        var answer = await app.SendAsync("/me", request =>
        {
            Cookie("good")(request);
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.ParseAdd("websocket");
            request.Headers.TryAddWithoutValidation("Origin", "https://evil.example");
        });

        answer.Status.ShouldBe(403);
    }

    [Fact]
    public async Task Token_and_session_stand_beside_each_other_and_not_known_outweighs_no()
    {
        await using var sessions = await StandInSessions.StartAsync();
        await using var pool = await StandInPool.StartAsync();
        string[] schemes = [CognitoTokenDefaults.AuthenticationScheme, PoolhouseSessionDefaults.AuthenticationScheme];
        foreach (var order in (string[][])[schemes, [.. schemes.Reverse()]])
        {
            await using var app = await ProtectedApp.StartAsync(
                authentication => authentication.AddCognitoTokens(pool.Configure).AddPoolhouseSession(options => sessions.Configure(options)), order);

            (await app.SendAsync("/me", Cookie("good"))).Status.ShouldBe(200);
            (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(200);
            (await app.SendAsync("/me")).Challenge.ShouldBe("Bearer realm=\"api\"");
            sessions.Answer = (503, "");
            sessions.Time.Advance(TimeSpan.FromSeconds(1));
            (await app.SendAsync("/me", Cookie("good"))).Status.ShouldBe(503);
            (await app.SendAsync("/me", request =>
            {
                Cookie("good")(request);
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + pool.Token());
            })).Status.ShouldBe(200);
            sessions.Answer = null;
            sessions.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Settings_are_checked()
    {
        Refused(options => options.Server = null).ShouldContain("Server");
        Refused(options => options.Server = new Uri("http://poolhouse.internal")).ShouldContain("https");
        Refused(options => options.RevocationDelay = TimeSpan.FromSeconds(2)).ShouldContain("RevocationDelay");
        Refused(options => options.AllowedOrigins.Add("https://app.example/")).ShouldContain("AllowedOrigins");
        Refused(options => options.AllowedOrigins.Add("*")).ShouldContain("AllowedOrigins");
    }

    private static string Refused(Action<PoolhouseSessionOptions> change)
    {
        var options = new PoolhouseSessionOptions { Server = new Uri("https://example.com") };
        change(options);
        return Should.Throw<InvalidOperationException>(options.Validate).Message;
    }

    private static Action<HttpRequestMessage> Cookie(string value) =>
        request => request.Headers.TryAddWithoutValidation("Cookie", PoolhouseSessionDefaults.CookieName + "=" + value);
}
