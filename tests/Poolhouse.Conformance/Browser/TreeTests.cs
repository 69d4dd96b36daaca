using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>The tree, and the code that makes it grow.</summary>
public sealed class TreeTests(DevelopmentServer development, Chromium chromium)
{
    private readonly AccountApi _api = new(development.Server);

    [Fact]
    public async Task Who_signs_up_with_my_code_stands_below_me()
    {
        var server = development.Server;
        await using var ann = await chromium.VisitAsync(server);
        await ann.EnterAsync(await _api.PersonAsync(), AccountApi.Password);
        await ann.GoAsync("/tree");
        await Assertions.Expect(ann.Page.GetByTestId("tree-empty")).ToBeVisibleAsync();
        await Assertions.Expect(ann.Page.GetByTestId("tree-node")).ToHaveCountAsync(1);
        var code = await ann.Page.GetByTestId("referral-code").TextContentAsync();

        var bob = await SponsoredAsync(code!);
        await ann.Page.ReloadAsync();

        await Assertions.Expect(ann.Page.GetByTestId("tree-node")).ToHaveCountAsync(2);
        await Assertions.Expect(ann.Page.GetByTestId("tree")).ToContainTextAsync(bob);
        await Assertions.Expect(ann.Page.GetByTestId("tree-empty")).ToHaveCountAsync(0);
        await Assertions.Expect(ann.Page.GetByTestId("left-leg").Or(ann.Page.GetByTestId("right-leg")).Filter(new() { HasText = "1" })).ToHaveCountAsync(1);
        var toggle = ann.Page.GetByTestId("tree").GetByRole(AriaRole.Button).First;
        await Assertions.Expect(toggle).ToHaveAttributeAsync("aria-expanded", "true");
        await toggle.FocusAsync();
        await ann.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(toggle).ToHaveAttributeAsync("aria-expanded", "false");
        await Assertions.Expect(ann.Page.GetByTestId("tree-node")).ToHaveCountAsync(1);
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_code_is_copied_by_one_press()
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(await _api.PersonAsync(), AccountApi.Password);
        await ann.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ann.GoAsync("/tree");

        await ann.PressAsync("Copy");

        await Assertions.Expect(ann.Main.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        var copied = await ann.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        copied.ShouldBe(await ann.Page.GetByTestId("referral-code").TextContentAsync());
    }

    private async Task<string> SponsoredAsync(string code)
    {
        var (name, email) = ($"bob{Guid.NewGuid():N}"[..20], $"{Guid.NewGuid():N}@example.com");
        await _api.CallAsync(HttpMethod.Post, "auth/register", body: new JsonObject
        {
            ["email"] = email,
            ["password"] = AccountApi.Password,
            ["first_name"] = "Bob",
            ["last_name"] = "Builder",
            ["accept_terms"] = true,
            ["username"] = name,
            ["sponsor_code"] = code,
        });
        await _api.CallAsync(HttpMethod.Post, "auth/verify-otp", body: new JsonObject
        {
            ["email"] = email,
            ["code"] = await development.Server.Mailbox.CodeAsync(email),
            ["purpose"] = "email_verification",
        });
        // Whoever has confirmed signs in, and has a place by then.
        await _api.CallAsync(HttpMethod.Get, "me", email);
        return name;
    }
}
