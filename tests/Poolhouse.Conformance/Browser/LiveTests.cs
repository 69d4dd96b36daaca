using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>The page's connection to <c>/ws</c>.</summary>
public sealed class LiveTests(DevelopmentServer development, Chromium chromium)
{
    private readonly AccountApi _api = new(development.Server);

    [Fact]
    public async Task A_session_that_ends_elsewhere_ends_here_at_once_and_its_page_waits()
    {
        var email = await _api.PersonAsync();
        await using var ann = await chromium.VisitAsync(development.Server);
        var told = WaitForAsync(ann, "user-login-success");
        await ann.EnterAsync(email, AccountApi.Password);
        await told;
        await ann.GoByHeaderAsync("Account");
        await ann.ShouldReadAsync("Account");

        await development.Server.Cognito.CallAsync("AdminUserGlobalSignOut", new() { ["UserPoolId"] = RunningServer.PoolId, ["Username"] = email });

        await ann.ShouldHearAsync("Your session has ended. Sign in again to go on.");
        await ann.ShouldBeAtAsync("/signin?next=%2Faccount");
        await ann.FillAsync(("E-mail address", email), ("Password", AccountApi.Password));
        await ann.PressAsync("Sign in");
        await ann.ShouldBeAtAsync("/account");
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Signing_up_signing_in_and_signing_out_are_told()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var ann = await chromium.VisitAsync(development.Server);
        var signedUp = WaitForAsync(ann, "user-signup-success");
        await ann.GoAsync("/signup");
        await ann.FillAsync(("E-mail address", email), ("Password", AccountApi.Password));
        await ann.PressAsync("Create account");
        await ann.ShouldReadAsync("Confirm your address");
        await ann.FillAsync(("Code", await development.Server.Mailbox.CodeAsync(email)));
        await ann.PressAsync("Confirm");
        await ann.ShouldBeAsync("signedIn");
        (await signedUp)["message"]!["user"]!["email"]!.GetValue<string>().ShouldBe(email);

        var signedOut = WaitForAsync(ann, "user-logout-success");
        await ann.LeaveAsync();
        (await signedOut)["message"]!["user"]!["loggedIn"]!.GetValue<bool>().ShouldBeFalse();

        var signedIn = WaitForAsync(ann, "user-login-success");
        await ann.EnterAsync(email, AccountApi.Password);
        (await signedIn)["message"]!["user"]!["loggedIn"]!.GetValue<bool>().ShouldBeTrue();
        ann.Troubles().ShouldBeEmpty();
    }

    /// <summary>What the server says, on whichever connection the page has by then.</summary>
    private static Task<JsonNode> WaitForAsync(Visitor visitor, string action)
    {
        var heard = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? text)
        {
            if (text is not null && JsonNode.Parse(text) is { } said && said["action"]?.GetValue<string>() == action) heard.TrySetResult(said);
        }

        visitor.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Hear(frame.Text);
        foreach (var socket in visitor.Sockets) socket.FrameReceived += (_, frame) => Hear(frame.Text);
        return heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
