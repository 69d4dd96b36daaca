using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>What is wrong is said beside the field, in plain words.</summary>
public sealed class FormTests(DevelopmentServer development, Chromium chromium)
{
    private const string Password = "Correct-horse-7";

    [Fact]
    public async Task An_empty_sign_up_says_what_is_missing()
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.GoAsync("/signup");

        await ann.PressAsync("Create account");

        await ann.ShouldBeWrongAsync("E-mail address", "Enter your e-mail address.");
        await ann.ShouldBeWrongAsync("Password", "Choose a password.");
    }

    [Fact]
    public async Task A_taken_address_is_told_beside_the_address()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await development.Server.Cognito.CreateUserAsync(email, Password);
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.GoAsync("/signup");

        await ann.FillAsync(("E-mail address", email), ("Password", Password));
        await ann.PressAsync("Create account");

        await ann.ShouldBeWrongAsync("E-mail address", "There is an account with this e-mail address already.");
    }

    [Fact]
    public async Task A_wrong_code_is_told_beside_the_code_and_the_next_one_works()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.GoAsync("/signup");
        await ann.FillAsync(("E-mail address", email), ("Password", Password));
        await ann.PressAsync("Create account");
        await ann.ShouldReadAsync("Confirm your address");
        var code = await development.Server.Mailbox.CodeAsync(email);

        await ann.FillAsync(("Code", code == "000000" ? "000001" : "000000"));
        await ann.PressAsync("Confirm");
        await ann.ShouldBeWrongAsync("Code", "That code is not right. Check it against our newest e-mail.");
        await ann.PressAsync("Send a new code");
        await ann.ShouldHearAsync("Older codes no longer work.");
        await ann.FillAsync(("Code", await development.Server.Mailbox.CodeAsync(email, 2)));
        await ann.PressAsync("Confirm");

        await ann.ShouldBeAsync("signedIn");
    }

    [Fact]
    public async Task A_wrong_current_password_is_told_beside_it()
    {
        await using var ann = await MemberAsync();
        await ann.GoAsync("/account");

        await ann.FillAsync(("Current password", "Wrong-horse-7"), ("New password", "Correct-horse-8"));
        await ann.PressAsync("Change password");

        await ann.ShouldBeWrongAsync("Current password", "That is not your current password.");
    }

    [Fact]
    public async Task Saved_details_are_there_after_a_reload()
    {
        await using var ann = await MemberAsync();
        await ann.GoAsync("/account");

        await ann.FillAsync(("Name", "Änne 名 <b>"), ("First name", "Änne"));
        await ann.PressAsync("Save details");
        await ann.ShouldHearAsync("Your details are saved.");
        await ann.Page.ReloadAsync();

        await Assertions.Expect(ann.Field("Name")).ToHaveValueAsync("Änne 名 <b>");
        await ann.GoAsync("/");
        await ann.ShouldReadAsync("Hello, Änne 名 <b>");
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_address_is_confirmed_with_a_code_and_signs_in()
    {
        await using var ann = await MemberAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        await ann.GoAsync("/account");

        await ann.FillAsync(("New e-mail address", email));
        await ann.PressAsync("Change e-mail address");
        await ann.FillAsync(("Code", await development.Server.Mailbox.CodeAsync(email)));
        await ann.PressAsync("Confirm address");
        await ann.ShouldHearAsync($"Your e-mail address is now {email}.");
        await ann.LeaveAsync();

        await ann.EnterAsync(email, Password);
    }

    [Fact]
    public async Task An_unknown_address_says_so()
    {
        await using var ann = await chromium.VisitAsync(development.Server);

        await ann.GoAsync("/nowhere");

        await ann.ShouldReadAsync("No such page");
    }

    private async Task<Visitor> MemberAsync()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await development.Server.Cognito.CreateUserAsync(email, Password);
        var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(email, Password);
        return ann;
    }
}
