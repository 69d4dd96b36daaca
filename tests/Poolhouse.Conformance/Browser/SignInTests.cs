using Microsoft.Playwright;
using Poolhouse.Conformance.Clients;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>Signing in, in the browser.</summary>
public sealed class SignInTests(DevelopmentServer development, Chromium chromium)
{
    private const string Password = "Correct-horse-7";

    [Fact]
    public async Task Somebody_whom_an_administrator_made_chooses_a_password_and_is_in()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await new AwsCli(development.Server).CallAsync(
            "admin-create-user", "--user-pool-id", RunningServer.PoolId, "--username", email, "--temporary-password", "Temporary-1",
            "--user-attributes", $"Name=email,Value={email}", "Name=email_verified,Value=true");
        await using var bob = await chromium.VisitAsync(development.Server);

        await bob.SignInAsync(email, "Temporary-1");
        await bob.ShouldReadAsync("Choose a new password");
        await bob.FillAsync(("New password", "Temporary"));
        await bob.PressAsync("Save and sign in");
        await bob.ShouldBeWrongAsync("New password", "That password still misses something from the list below.");
        await bob.FillAsync(("New password", Password));
        await bob.PressAsync("Save and sign in");

        await bob.ShouldBeAsync("signedIn");
        bob.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        var email = await UserAsync();
        await using var ann = await chromium.VisitAsync(development.Server);
        var keyboard = ann.Page.Keyboard;

        await ann.GoAsync("/");
        await ann.ShouldBeAsync("none");
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await PressUntilAsync(ann, ann.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Sign in" }));
        await keyboard.PressAsync("Enter");
        await ann.ShouldReadAsync("Sign in");
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await PressUntilAsync(ann, ann.Field("E-mail address"));
        await keyboard.TypeAsync(email);
        await PressUntilAsync(ann, ann.Field("Password"));
        await keyboard.TypeAsync("Wrong-horse-7");
        await keyboard.PressAsync("Enter");
        // The summary of what is wrong takes the focus; its link leads to the field.
        await Assertions.Expect(ann.Page.GetByTestId("error")).ToBeFocusedAsync();
        await PressUntilAsync(ann, ann.Field("Password"));
        await keyboard.PressAsync("Control+A");
        await keyboard.TypeAsync(Password);
        await keyboard.PressAsync("Enter");

        await ann.ShouldBeAsync("signedIn");
    }

    [Fact]
    public async Task A_page_for_members_asks_strangers_to_sign_in_and_then_opens()
    {
        var email = await UserAsync();
        await using var ann = await chromium.VisitAsync(development.Server);

        await ann.GoAsync("/account");
        await ann.ShouldBeAtAsync("/signin?next=%2Faccount");
        await ann.FillAsync(("E-mail address", email), ("Password", Password));
        await ann.PressAsync("Sign in");

        await ann.ShouldBeAtAsync("/account");
        await ann.ShouldReadAsync("Account");
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/signup")]
    [InlineData("/confirm")]
    [InlineData("/recover")]
    public async Task A_page_for_guests_sends_members_home(string path)
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(await UserAsync(), Password);

        await ann.GoAsync(path);

        await ann.ShouldBeAtAsync("/");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Nobody_is_sent_to_another_site_after_signing_in(string next)
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        var email = await UserAsync();

        await ann.GoAsync($"/signin?next={Uri.EscapeDataString(next)}");
        await ann.FillAsync(("E-mail address", email), ("Password", Password));
        await ann.PressAsync("Sign in");

        await ann.ShouldBeAtAsync("/");
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Someone_unconfirmed_is_led_to_the_code_from_the_account_and_from_the_sign_in()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.GoAsync("/signup");
        await ann.FillAsync(("E-mail address", email), ("Password", Password));
        await ann.PressAsync("Create account");
        await ann.ShouldReadAsync("Confirm your address");

        await ann.GoAsync("/account");
        await ann.ShouldBeAtAsync("/confirm?next=%2Faccount");
        await ann.SignInAsync(email, Password);
        await ann.ShouldReadAsync("Confirm your address");
        await ann.FillAsync(("Code", await development.Server.Mailbox.CodeAsync(email)));
        await ann.PressAsync("Confirm");

        await ann.ShouldBeAsync("signedIn");
    }

    [Fact]
    public async Task A_session_outlives_a_reload()
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(await UserAsync(), Password);

        await ann.Page.ReloadAsync();

        await ann.ShouldBeAsync("signedIn");
    }

    private async Task<string> UserAsync()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await development.Server.Cognito.CreateUserAsync(email, Password);
        return email;
    }

    private static async Task PressUntilAsync(Visitor visitor, ILocator target)
    {
        for (var i = 0; i < 25; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(target).ToBeFocusedAsync();
    }
}
