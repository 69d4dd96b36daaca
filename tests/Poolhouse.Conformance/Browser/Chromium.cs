using Microsoft.Playwright;
using Poolhouse.Conformance.Browser;
using Poolhouse.Conformance.Running;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Poolhouse.Conformance.Browser;

/// <summary>The system's Chromium, started when the first test asks and shared by all; every visitor has a profile of its own.</summary>
public sealed class Chromium : IAsyncDisposable
{
    // Without these it asks its maker's servers for updates and lists, which a closed network refuses many at a time.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> running = new(StartAsync);

    /// <summary>Somebody with a browser in front of a server. Skips the test where Chromium is not installed.</summary>
    public async Task<Visitor> VisitAsync(RunningServer server, Screen screen = Screen.Desktop, string language = "en-US")
    {
        Need.Tool(Path, "Chromium");
        return await Visitor.ArriveAsync((await running.Value).Browser, server, screen, language);
    }

    public async ValueTask DisposeAsync()
    {
        if (!running.IsValueCreated || !running.Value.IsCompletedSuccessfully) return;
        var (playwright, browser) = await running.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static string? Path => Need.Find("chromium", "/usr/bin/chromium");

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        // The machine may be busy with other tests.
        Assertions.SetDefaultExpectTimeout(20_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Flags, Timeout = 60_000 });
        return (playwright, browser);
    }
}
