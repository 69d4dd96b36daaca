using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>The sections of the account page that the account API is behind.</summary>
public sealed class AccountTests(DevelopmentServer development, Chromium chromium)
{
    private const string OtherPool = "us-east-1_PoolhouseSwp";

    private readonly AccountApi _api = new(development.Server);

    [Fact]
    public async Task The_history_tells_what_happened()
    {
        await using var ann = await MemberAsync();
        await ann.GoAsync("/account");

        await Assertions.Expect(ann.Page.Locator("[data-testid=history][data-kind=signed_in]").First).ToContainTextAsync("You signed in");
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_that_is_kept_comes_as_a_file()
    {
        var email = await _api.PersonAsync();
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(email, AccountApi.Password);
        await ann.GoAsync("/account");

        var download = await ann.Page.RunAndWaitForDownloadAsync(() => ann.PressAsync("Download my data"));

        download.SuggestedFilename.ShouldBe("poolhouse-account.json");
        var file = JsonNode.Parse(await File.ReadAllTextAsync(await download.PathAsync()))!;
        file["profile"]!["email"]!.GetValue<string>().ShouldBe(email);
        await ann.ShouldHearAsync("Your data is in your downloads.");
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_that_an_application_keeps_is_listed_and_ended()
    {
        var email = await _api.PersonAsync();
        using var session = await development.Server.Http.PostAsJsonAsync("/api/v1/session", new { email, password = AccountApi.Password });
        session.EnsureSuccessStatusCode();
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(email, AccountApi.Password);
        await ann.GoAsync("/account");
        var devices = ann.Page.GetByTestId("device");
        await Assertions.Expect(devices).ToHaveCountAsync(1);

        await devices.GetByRole(AriaRole.Button).ClickAsync();

        await ann.ShouldHearAsync("has ended.");
        await Assertions.Expect(ann.Page.GetByTestId("devices-empty")).ToBeVisibleAsync();
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_of_another_application_is_linked_by_its_password_and_unlinked()
    {
        var other = await OtherAsync();
        await using var ann = await MemberAsync();
        await ann.GoAsync("/account");
        await ann.PressAsync("Link an account");

        await ann.FillAsync(("Application", "swp"), ("E-mail address there", other), ("Password there", AccountApi.Password));
        await ann.PressAsync("Link account");

        await ann.ShouldHearAsync("The account is linked.");
        await Assertions.Expect(ann.Page.GetByTestId("link")).ToContainTextAsync("SWP");
        await ann.PressAsync("Unlink the account of SWP");
        await ann.ShouldHearAsync("The account of SWP is no longer linked. It is still yours.");
        await Assertions.Expect(ann.Page.GetByTestId("links-empty")).ToBeVisibleAsync();
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_of_another_application_is_linked_by_a_code()
    {
        var other = await OtherAsync();
        await using var ann = await MemberAsync();
        await ann.GoAsync("/account");
        await ann.PressAsync("Link an account");
        await ann.FillAsync(("Application", "swp"), ("E-mail address there", other));
        await ann.Main.GetByLabel("With a code by mail").CheckAsync();
        await ann.Main.GetByRole(AriaRole.Form, new() { Name = "Link an account" }).GetByRole(AriaRole.Button, new() { Name = "Send a code" }).ClickAsync();
        await Assertions.Expect(ann.Main).ToContainTextAsync("If that account exists, a code is on its way to");

        await ann.FillAsync(("Code", await development.Server.Mailbox.CodeAsync(other)));
        await ann.PressAsync("Link account");

        await ann.ShouldHearAsync("The account is linked.");
        await Assertions.Expect(ann.Page.GetByTestId("link")).ToHaveCountAsync(1);
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_password_that_has_leaked_says_so_and_a_strong_one_is_strong()
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.GoAsync("/signup");
        var strength = ann.Page.GetByTestId("strength");

        await ann.FillAsync(("Password", "Password1!"));
        await Assertions.Expect(strength).ToContainTextAsync("This password has appeared in leaks.");
        await ann.FillAsync(("Password", "Ferry-Lantern-82-Ostrich"));

        await Assertions.Expect(strength).ToHaveAttributeAsync("data-score", "4");
        await Assertions.Expect(strength).ToContainTextAsync("strong");
        await Assertions.Expect(strength).Not.ToContainTextAsync("leaks");
        ann.Troubles().ShouldBeEmpty();
    }

    private async Task<Visitor> MemberAsync()
    {
        var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(await _api.PersonAsync(), AccountApi.Password);
        return ann;
    }

    private async Task<string> OtherAsync()
    {
        var (cognito, email) = (development.Server.Cognito, $"{Guid.NewGuid():N}@example.org");
        await cognito.CallAsync("AdminCreateUser", new()
        {
            ["UserPoolId"] = OtherPool,
            ["Username"] = email,
            ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = new JsonArray(CognitoCaller.Attribute("email", email), CognitoCaller.Attribute("email_verified", "true")),
        });
        await cognito.CallAsync("AdminSetUserPassword", new()
        {
            ["UserPoolId"] = OtherPool,
            ["Username"] = email,
            ["Password"] = AccountApi.Password,
            ["Permanent"] = true,
        });
        return email;
    }
}
