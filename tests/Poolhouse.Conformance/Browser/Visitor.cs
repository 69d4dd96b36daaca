using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>Somebody with a browser: what a person sees and presses in the web client, by its labels.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly RunningServer _server;
    private readonly IBrowserContext _context;
    private readonly List<string> _troubles = [];
    private readonly List<IWebSocket> _sockets = [];

    private Visitor(RunningServer server, IBrowserContext context, IPage page)
    {
        _server = server;
        _context = context;
        Page = page;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What is between header and footer; links of the header may have the same names as links there.</summary>
    public ILocator Main => Page.Locator("main");

    /// <summary>The WebSockets that its pages opened.</summary>
    public IReadOnlyList<IWebSocket> Sockets => _sockets;

    /// <summary>The entries of the feed.</summary>
    public ILocator Feed => Page.GetByTestId("feed-item");

    /// <summary>Opens a browser without any past.</summary>
    public static async Task<Visitor> ArriveAsync(IBrowser browser, RunningServer server, Screen screen, string language)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.Url,
            Locale = language,
            ReducedMotion = ReducedMotion.Reduce,
            HasTouch = screen != Screen.Desktop,
            IsMobile = screen != Screen.Desktop,
            ViewportSize = screen switch
            {
                Screen.Phone => new() { Width = 390, Height = 844 },
                Screen.Narrow => new() { Width = 320, Height = 640 },
                _ => new() { Width = 1280, Height = 800 },
            },
        });
        context.SetDefaultTimeout(30_000);
        var visitor = new Visitor(server, context, await context.NewPageAsync());
        visitor.Watch();
        return visitor;
    }

    /// <summary>Goes to an address, as if typed.</summary>
    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>Whether the page says this state: none, unconfirmed or signedIn.</summary>
    public Task ShouldBeAsync(string state) => Assertions.Expect(Page.GetByTestId("state")).ToHaveAttributeAsync("data-state", state);

    /// <summary>Whether the page says this.</summary>
    public Task ShouldHearAsync(string notice) => Assertions.Expect(Page.GetByTestId("notice")).ToContainTextAsync(notice);

    /// <summary>Whether the page is at this path.</summary>
    public Task ShouldBeAtAsync(string path) => Assertions.Expect(Page).ToHaveURLAsync(_server.Url + path);

    /// <summary>Whether the heading is this.</summary>
    public Task ShouldReadAsync(string heading) =>
        Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    /// <summary>Whether a field has this error beside it, tied to it for screen readers too.</summary>
    public async Task ShouldBeWrongAsync(string label, string error)
    {
        await Assertions.Expect(Field(label)).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(Field(label)).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex(System.Text.RegularExpressions.Regex.Escape(error)));
        await Assertions.Expect(Page.GetByTestId("field-error").Filter(new() { HasText = error })).ToBeVisibleAsync();
    }

    /// <summary>A field by the words above it.</summary>
    public ILocator Field(string label) => Main.GetByLabel(label, new() { Exact = true });

    /// <summary>Types into fields.</summary>
    public async Task FillAsync(params (string Label, string Value)[] fields)
    {
        foreach (var (label, value) in fields) await Field(label).FillAsync(value);
    }

    /// <summary>Presses a button of the page.</summary>
    public Task PressAsync(string button) => Main.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Follows a link of the page.</summary>
    public Task FollowAsync(string link) => Main.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    /// <summary>Follows a link of the header.</summary>
    public Task GoByHeaderAsync(string link) =>
        Page.GetByRole(AriaRole.Navigation, new() { Name = "Main", Exact = true }).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    /// <summary>Signs in on the sign-in page.</summary>
    public async Task SignInAsync(string email, string password)
    {
        await GoAsync("/signin");
        await FillAsync(("E-mail address", email), ("Password", password));
        await PressAsync("Sign in");
    }

    /// <summary>Signs in, and waits until that has happened.</summary>
    public async Task EnterAsync(string email, string password)
    {
        await SignInAsync(email, password);
        await ShouldBeAsync("signedIn");
    }

    /// <summary>Signs out by the button in the header.</summary>
    public async Task LeaveAsync()
    {
        await Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await ShouldBeAsync("none");
    }

    /// <summary>Opens the mailbox by the page's link, copies the code of the newest message with one click, and comes back.</summary>
    public async Task CopyCodeFromMailboxAsync()
    {
        await _context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var mailbox = await _context.RunAndWaitForPageAsync(() => FollowAsync("Open the mailbox"));
        await mailbox.Locator("button[data-copy]").First.ClickAsync();
        await Assertions.Expect(mailbox.GetByRole(AriaRole.Status)).ToContainTextAsync("Copied");
        await mailbox.CloseAsync();
        await Page.BringToFrontAsync();
    }

    /// <summary>Puts what was copied into a field.</summary>
    public async Task PasteAsync(string label)
    {
        await Field(label).FocusAsync();
        await Page.Keyboard.PressAsync("Control+V");
    }

    /// <summary>How many pixels the page is wider than the screen.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Fields, buttons and links that nobody can call by a name.</summary>
    public Task<string[]> NamelessAsync() => Page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a[href]')]
          .filter((one) => one.checkVisibility())
          .filter((one) => !(one.getAttribute('aria-label') || one.getAttribute('aria-labelledby') || one.labels?.length
            || (one.matches('button, a') && one.textContent.trim())))
          .map((one) => one.outerHTML.slice(0, 200))
        """);

    /// <summary>What went wrong behind the page: scripts that failed, policies that were broken, requests to anybody else.</summary>
    public IReadOnlyList<string> Troubles() => _troubles;

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Watch()
    {
        Page.WebSocket += (_, socket) => _sockets.Add(socket);
        _context.WebError += (_, error) => _troubles.Add($"script: {error.Error}");
        _context.Console += (_, message) =>
        {
            // A refusal by the protocol is a 400, which the browser notes too.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _troubles.Add($"console: {message.Text}");
        };
        _context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_server.Url + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _troubles.Add($"request: {request.Url}");
        };
        _context.Response += (_, response) =>
        {
            if (response.Status >= 500 || (response.Status == 404 && !response.Url.EndsWith("/nowhere", StringComparison.Ordinal))) _troubles.Add($"{response.Status}: {response.Url}");
        };
    }
}
