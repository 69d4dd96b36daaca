using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>What a real browser does with the session's cookie on http://localhost.</summary>
public sealed class CookieSessionTests(DevelopmentServer development, Chromium chromium)
{
    private const string Password = "Correct-horse-7";

    [Fact]
    public async Task The_browser_keeps_the_cookie_from_scripts_and_other_origins_and_sends_it_home()
    {
        var server = development.Server;
        var email = $"{Guid.NewGuid():N}@example.com";
        await server.Cognito.CreateUserAsync(email, Password);
        await using var bob = await chromium.VisitAsync(server);
        await bob.GoAsync("/health/live");

        (await FetchAsync(bob.Page, "POST", "/api/v1/session", $$"""{"email":"{{email}}","password":"{{Password}}"}""")).ShouldBe(200);
        (await bob.Page.EvaluateAsync<string>("document.cookie")).ShouldBe("");
        var cookie = (await bob.Page.Context.CookiesAsync()).ShouldHaveSingleItem();
        (cookie.Name, cookie.HttpOnly, cookie.Secure, cookie.SameSite, cookie.Path).ShouldBe(("__Host-poolhouse", true, true, SameSiteAttribute.Strict, "/"));
        (await FetchAsync(bob.Page, "GET", "/api/v1/session")).ShouldBe(200);
        (await FetchAsync(bob.Page, "PATCH", "/api/v1/session", """{"locale":"de"}""")).ShouldBe(200);

        // Another port of localhost is the same site: the browser sends the cookie along, and only the look at Origin stands in between.
        var evil = await bob.Page.Context.NewPageAsync();
        await evil.RouteAsync("http://localhost:1/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<p>evil</p>" }));
        await evil.GotoAsync("http://localhost:1/evil");
        // The answer is not for that page to see; what counts is that nothing was done.
        await evil.EvaluateAsync("url => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include' }).then(() => 1, () => 0)", server.Url + "/api/v1/auth/logout");
        (await FetchAsync(bob.Page, "GET", "/api/v1/session")).ShouldBe(200);

        (await FetchAsync(bob.Page, "DELETE", "/api/v1/session")).ShouldBe(200);
        (await bob.Page.Context.CookiesAsync()).ShouldBeEmpty();
        (await FetchAsync(bob.Page, "GET", "/api/v1/session")).ShouldBe(401);
    }

    private static Task<int> FetchAsync(IPage page, string method, string path, string? body = null) => page.EvaluateAsync<int>(
        "async ([method, path, body]) => (await fetch(path, { method, body: body ?? undefined, headers: body ? { 'Content-Type': 'application/json' } : {} })).status",
        new[] { method, path, body });
}
