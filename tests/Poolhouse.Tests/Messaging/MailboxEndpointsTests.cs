using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Mailbox;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Messaging;

public sealed class MailboxEndpointsTests : IAsyncLifetime
{
    private readonly FakeMessageStores _stores = new();
    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IDatabase>(_stores);
        builder.Services.AddSingleton<TimeProvider>(new ManualTime(Messages.Start));
        builder.Services.AddMailbox();
        _app = builder.Build();
        _app.MapMailbox();
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_JSON_has_every_member_and_the_newest_last()
    {
        await AddAsync("1", "bob@example.com", "<p>x</p>");
        await AddAsync("2", "eve@example.com", "<p>x</p>");
        await AddAsync("3", "bob@example.com", html: null);

        using var json = JsonDocument.Parse(await _http.GetStringAsync("/dev/mailbox?to=bob%40example.com"));

        var entries = json.RootElement.EnumerateArray().ToList();
        entries.Select(entry => entry.GetProperty("subject").GetString()).ShouldBe(["Subject 1", "Subject 3"]);
        foreach (var entry in entries)
            entry.EnumerateObject().Select(member => member.Name).ShouldBe(["to", "subject", "text", "html", "code", "sentAt"]);
        entries[0].GetProperty("sentAt").GetString().ShouldBe("2026-11-20T10:00:00+00:00");
        entries[1].GetProperty("html").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("%2B491701234567"), InlineData("+491701234567"), InlineData("%20%2B491701234567%20")]
    public async Task A_number_is_found_however_its_plus_was_written(string to)
    {
        await AddAsync("1", "+491701234567", html: null);

        (await _http.GetStringAsync("/dev/mailbox?to=" + to)).ShouldContain("Subject 1");
    }

    [Fact]
    public async Task The_list_shows_the_newest_first_and_says_how_to_fill_it_when_empty()
    {
        (await _http.GetStringAsync("/mailbox")).ShouldContain("No messages yet");
        await AddAsync("1", "bob@example.com", "<p>x</p>");
        await AddAsync("2", "bob@example.com", "<p>x</p>");

        var page = await _http.GetStringAsync("/mailbox");

        page.IndexOf("Subject 2", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("Subject 1", StringComparison.Ordinal));
        page.ShouldContain("data-copy=\"004718\"");
        (await _http.GetStringAsync("/mailbox?to=nobody%40example.com")).ShouldContain("Nothing for");
    }

    [Fact]
    public async Task Pages_have_no_inline_script_or_style_and_a_policy_that_forbids_them()
    {
        await AddAsync("1", "bob@example.com", "<p>x</p>");

        foreach (var path in new[] { "/mailbox", "/mailbox/1", "/mailbox/1?view=text" })
        {
            var answer = await _http.GetAsync(path);
            var page = await answer.Content.ReadAsStringAsync();

            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self';");
            page.ShouldNotContain("style=");
            page.ShouldNotContain("<style");
            page.ShouldNotContain("<script>");
            page.ShouldNotContain(" onclick");
        }
    }

    [Fact]
    public async Task What_a_message_says_cannot_become_part_of_a_page()
    {
        await AddAsync("1", "\"><script>alert(1)</script>@example.com", "<script>alert(2)</script>", "\"><script>alert(3)</script>");

        foreach (var path in new[] { "/mailbox", "/mailbox/1", "/mailbox/1?view=text", "/mailbox?to=%22%3E%3Cscript%3Ealert(4)%3C/script%3E" })
            (await _http.GetStringAsync(path)).ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task A_messages_own_HTML_is_served_in_a_sandbox()
    {
        await AddAsync("1", "bob@example.com", "<p>x</p>");

        var answer = await _http.GetAsync("/mailbox/1/html");

        (await answer.Content.ReadAsStringAsync()).ShouldBe("<p>x</p>");
        answer.Headers.GetValues("Content-Security-Policy").Single()
            .ShouldBe("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Theory]
    [InlineData("/mailbox/nope"), InlineData("/mailbox/nope/html"), InlineData("/mailbox/assets/..%2fProgram.cs")]
    public async Task What_is_not_there_is_not_found(string path) =>
        (await _http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("mailbox.css", "text/css"), InlineData("mailbox.js", "text/javascript"), InlineData("mark.svg", "image/svg+xml")]
    public async Task Assets_are_served_and_not_sent_twice(string name, string type)
    {
        var first = await _http.GetAsync("/mailbox/assets/" + name);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/mailbox/assets/" + name);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        first.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await _http.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private async Task AddAsync(string id, string to, string? html, string? subject = null) => await _stores.AddAsync(
        new MailboxMessage(id, html is null ? MessageChannel.Sms : MessageChannel.Email, to, subject ?? "Subject " + id, "Text", html, "004718", Messages.Start),
        CancellationToken.None);
}
