using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>The page that the links of mails lead to.</summary>
public sealed partial class InviteTests(DevelopmentServer development, Chromium chromium)
{
    private readonly AccountApi _api = new(development.Server);

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Who_is_invited_signs_up_and_is_in(Screen screen)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await _api.CallAsync(HttpMethod.Post, "invites", await _api.OperatorAsync(), new() { ["email"] = email });
        var link = await LinkAsync(email);
        await using var ann = await chromium.VisitAsync(development.Server, screen);

        await ann.GoAsync(link);
        await ann.ShouldReadAsync("You are invited");
        await Assertions.Expect(ann.Main).ToContainTextAsync(email);
        await ann.FollowAsync("Create account");
        await Assertions.Expect(ann.Field("E-mail address")).ToHaveValueAsync(email);
        await Assertions.Expect(ann.Field("E-mail address")).Not.ToBeEditableAsync();
        await ann.FillAsync(("First name", "Ann"), ("Last name", "Example"), ("Password", AccountApi.Password));
        await ann.PressAsync("Create account");
        var terms = ann.Main.GetByRole(AriaRole.Checkbox);
        await Assertions.Expect(terms).ToHaveAccessibleDescriptionAsync("Accept the terms to go on.");
        await terms.CheckAsync();
        await ann.PressAsync("Create account");

        await ann.ShouldBeAsync("signedIn");
        await ann.ShouldHearAsync("Your account is ready, and you are signed in.");
        await ann.LeaveAsync();

        // It works once.
        await ann.GoAsync(link);
        await Assertions.Expect(ann.Page.GetByTestId("error")).ToContainTextAsync("This link can’t be used");
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_confirms_an_account_when_the_button_is_pressed_and_not_before()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await _api.CallAsync(HttpMethod.Post, "auth/register", body: new JsonObject
        {
            ["email"] = email, ["password"] = AccountApi.Password, ["first_name"] = "Ann", ["last_name"] = "Example", ["accept_terms"] = true,
        });
        await development.Server.Mailbox.CodeAsync(email);
        await _api.CallAsync(HttpMethod.Post, "invites", await _api.OperatorAsync(), new() { ["email"] = email, ["kind"] = "confirmation" });
        var link = await LinkAsync(email);
        await using var ann = await chromium.VisitAsync(development.Server);

        // Mail scanners look at it too.
        await ann.GoAsync(link);
        await ann.GoAsync(link);
        await ann.ShouldReadAsync("Confirm your account");
        await ann.Page.RouteAsync("**/confirm-account", async route =>
        {
            await Assertions.Expect(ann.Main.GetByRole(AriaRole.Button, new() { Name = "Please wait…" })).ToBeVisibleAsync();
            await route.ContinueAsync();
        });
        await ann.PressAsync("Confirm account");

        await ann.ShouldHearAsync("Your account is confirmed. Sign in to go on.");
        await ann.ShouldReadAsync("Sign in");
        await Assertions.Expect(ann.Field("E-mail address")).ToHaveValueAsync(email);
        await ann.FillAsync(("Password", AccountApi.Password));
        await ann.PressAsync("Sign in");
        await ann.ShouldBeAsync("signedIn");
        ann.Troubles().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/invite")]
    [InlineData("/invite?confirmation=nothing")]
    [InlineData("/invite?confirmation=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/invite?confirmation=..%2Fsessions")]
    public async Task A_link_that_is_none_says_so_and_leads_on(string path)
    {
        await using var ann = await chromium.VisitAsync(development.Server, Screen.Narrow);

        await ann.GoAsync(path);

        await Assertions.Expect(ann.Page.GetByTestId("error")).ToContainTextAsync("This link can’t be used");
        (await ann.OverflowAsync()).ShouldBe(0);
        await ann.FollowAsync("Go to sign-in");
        await ann.ShouldReadAsync("Sign in");
    }

    private async Task<string> LinkAsync(string email)
    {
        for (var i = 0; i < 200; i++)
        {
            var texts = (await development.Server.Mailbox.ListAsync(email)).Select(mail => mail!["text"]!.GetValue<string>());
            if (texts.Select(text => Link().Match(text)).LastOrDefault(match => match.Success) is { } found) return found.Value;
            await Task.Delay(100);
        }

        throw new InvalidOperationException($"No link came to {email}.");
    }

    [GeneratedRegex("/invite\\?confirmation=[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
