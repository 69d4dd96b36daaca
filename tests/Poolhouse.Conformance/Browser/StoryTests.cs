using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>The whole of it, as one person lives it in a browser.</summary>
public sealed class StoryTests(DevelopmentServer development, Chromium chromium)
{
    private const string FirstPassword = "Correct-horse-7";
    private const string SecondPassword = "Correct-horse-8";
    private const string ThirdPassword = "Correct-horse-9";

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_person_signs_up_confirms_changes_recovers_signs_out_everywhere_and_leaves_for_good(Screen screen)
    {
        var server = development.Server;
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var ann = await chromium.VisitAsync(server, screen);

        // A stranger sees the public feed.
        await ann.GoAsync("/");
        await ann.ShouldBeAsync("none");
        await Assertions.Expect(ann.Feed).ToHaveCountAsync(1);

        // The code comes by one click and one paste, and the password is not typed again.
        await ann.FollowAsync("Create account");
        await ann.FillAsync(("Name (optional)", "Ann"), ("E-mail address", email), ("Password", FirstPassword));
        await ann.PressAsync("Create account");
        await ann.ShouldReadAsync("Confirm your address");
        await ann.ShouldBeAsync("unconfirmed");
        await server.Mailbox.CodeAsync(email);
        await ann.CopyCodeFromMailboxAsync();
        await ann.PasteAsync("Code");
        await ann.PressAsync("Confirm");
        await ann.ShouldBeAsync("signedIn");
        await ann.ShouldHearAsync("Your e-mail address is confirmed, and you are signed in.");
        await ann.ShouldReadAsync("Hello, Ann");
        await Assertions.Expect(Entry(ann, "confirmed")).ToHaveCountAsync(1);
        await Assertions.Expect(Entry(ann, "signed_up")).ToHaveCountAsync(1);
        await Assertions.Expect(Entry(ann, "announcement")).ToHaveCountAsync(1);

        await ann.GoByHeaderAsync("Account");
        await ann.FillAsync(("Current password", FirstPassword), ("New password", SecondPassword));
        await ann.PressAsync("Change password");
        await ann.ShouldHearAsync("Your password is changed.");
        await ann.GoAsync("/");
        await Assertions.Expect(Entry(ann, "password_changed")).ToHaveCountAsync(1);

        await ann.LeaveAsync();
        await ann.ShouldHearAsync("You are signed out.");
        await Assertions.Expect(ann.Feed).ToHaveCountAsync(1);
        await ann.SignInAsync(email, FirstPassword);
        await Assertions.Expect(ann.Page.GetByTestId("error")).ToContainTextAsync("The e-mail address or the password is wrong.");

        // The way back in.
        await ann.FollowAsync("Forgot your password?");
        await Assertions.Expect(ann.Field("E-mail address")).ToHaveValueAsync(email);
        await ann.PressAsync("Send the code");
        await ann.ShouldReadAsync("Choose a new password");
        await ann.FillAsync(("Code", await server.Mailbox.CodeAsync(email, 2)), ("New password", ThirdPassword));
        await ann.PressAsync("Save the new password");
        await ann.ShouldBeAsync("signedIn");
        await ann.LeaveAsync();
        await ann.EnterAsync(email, ThirdPassword);

        // Everywhere means the other device too.
        await using var elsewhere = await chromium.VisitAsync(server);
        await elsewhere.EnterAsync(email, ThirdPassword);
        await ann.GoByHeaderAsync("Account");
        await ann.PressAsync("Sign out everywhere");
        await ann.ShouldHearAsync("You are signed out on all devices.");
        await ann.ShouldBeAsync("none");
        // It hears of it without going anywhere.
        await elsewhere.ShouldHearAsync("Your session has ended. Sign in again to go on.");
        await elsewhere.ShouldBeAsync("none");

        await ann.EnterAsync(email, ThirdPassword);
        await ann.GoByHeaderAsync("Account");
        await ann.PressAsync("Delete account…");
        await ann.PressAsync("Delete account for good");
        await ann.ShouldHearAsync("Your account and everything in it is deleted.");
        await ann.ShouldBeAsync("none");
        await ann.SignInAsync(email, ThirdPassword);
        await Assertions.Expect(ann.Page.GetByTestId("error")).ToContainTextAsync("The e-mail address or the password is wrong.");

        ann.Troubles().ShouldBeEmpty();
        elsewhere.Troubles().ShouldBeEmpty();
    }

    private static ILocator Entry(Visitor visitor, string kind) => visitor.Page.Locator($"[data-testid=feed-item][data-kind={kind}]");
}
