using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Poolhouse.AspNetCore;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.AspNetCore;

/// <summary>Poolhouse's <c>GET /api/v1/session</c> as contract section 3 has it.</summary>
internal sealed class StandInSessions : IAsyncDisposable
{
    public const string Session =
        """{"user":{"id":"7","sub":"5e1f","username":"ann","email":"ann@example.com","groups":["admins"],"email_verified":true},"created_at":"2026-11-21T12:00:00Z","expires_at":"2026-12-05T12:00:00Z"}""";

    private readonly ConcurrentDictionary<string, string> _sessions = new() { ["good"] = Session };
    private readonly WebApplication _app;
    private int _calls;

    private StandInSessions(WebApplication app) => _app = app;

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    public int Calls => _calls;

    public string Url => _app.Url();

    public string? LastCookie { get; private set; }

    public string? LastUserAgent { get; private set; }

    public (int Status, string Body)? Answer { get; set; }

    public Task Gate { get; set; } = Task.CompletedTask;

    public static async Task<StandInSessions> StartAsync()
    {
        StandInSessions? sessions = null;
        var app = await StandIn.Builder().StartAsync(app => app.MapGet("/api/v1/session", http => sessions!.AnswerAsync(http)));
        return sessions = new StandInSessions(app);
    }

    public void End(string cookie) => _sessions.TryRemove(cookie, out _);

    public Task<ProtectedApp> AppAsync(Action<PoolhouseSessionOptions>? change = null) => ProtectedApp.StartAsync(
        authentication => authentication.AddPoolhouseSession(options => Configure(options, change)), PoolhouseSessionDefaults.AuthenticationScheme);

    public void Configure(PoolhouseSessionOptions options, Action<PoolhouseSessionOptions>? change = null)
    {
        options.Server = new Uri(Url);
        options.TimeProvider = Time;
        change?.Invoke(options);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _calls);
        LastCookie = http.Request.Headers.Cookie;
        LastUserAgent = http.Request.Headers.UserAgent;
        await Gate.WaitAsync(http.RequestAborted);
        var found = _sessions.TryGetValue(http.Request.Cookies[PoolhouseSessionDefaults.CookieName] ?? "", out var session);
        var (status, body) = Answer ?? (found ? (200, session!) : (401, """{"code":"SESSION_INVALID"}"""));
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(body);
    }
}
