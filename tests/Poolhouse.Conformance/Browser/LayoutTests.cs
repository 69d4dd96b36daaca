using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>Nothing is wider than the narrowest screen, also with long words in it.</summary>
public sealed class LayoutTests(DevelopmentServer development, Chromium chromium)
{
    private const string Password = "Correct-horse-7";

    [Theory]
    [InlineData("/")]
    [InlineData("/signup")]
    [InlineData("/signin")]
    [InlineData("/confirm")]
    [InlineData("/recover")]
    [InlineData("/nowhere")]
    [InlineData("/mailbox")]
    public async Task A_page_for_everybody_fits_320_pixels(string path)
    {
        await using var ann = await chromium.VisitAsync(development.Server, Screen.Narrow);
        await ann.GoAsync(path);
        await ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Level = 1 }).WaitForAsync();

        var overflow = await ann.OverflowAsync();

        overflow.ShouldBe(0);
    }

    [Fact]
    public async Task Pages_with_errors_and_long_addresses_fit_320_pixels()
    {
        var email = $"{new string('w', 60)}@{Guid.NewGuid():N}.example.com";
        await development.Server.Cognito.CreateUserAsync(email, Password);
        await using var ann = await chromium.VisitAsync(development.Server, Screen.Narrow);

        await ann.SignInAsync(email, "Wrong-horse-7");
        await ann.Page.GetByTestId("error").WaitForAsync();
        (await ann.OverflowAsync()).ShouldBe(0, "sign-in with an error");
        await ann.EnterAsync(email, Password);
        await ann.Feed.First.WaitForAsync();
        (await ann.OverflowAsync()).ShouldBe(0, "home");
        await ann.GoAsync("/account");
        await ann.Field("Current password").WaitForAsync();
        (await ann.OverflowAsync()).ShouldBe(0, "account");
        await ann.PressAsync("Delete account…");
        (await ann.OverflowAsync()).ShouldBe(0, "the question before deleting");
    }
}
