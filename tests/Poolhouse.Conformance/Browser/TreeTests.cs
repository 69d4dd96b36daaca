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
        // Others without a sponsor may have been put below her meanwhile: the tree is everybody's.
        await Assertions.Expect(ann.Page.GetByTestId("tree-node").First).ToContainTextAsync("You");
        var code = await ann.Page.GetByTestId("referral-code").TextContentAsync();

        var bob = await SponsoredAsync(code!);
        await ann.Page.ReloadAsync();

        await Assertions.Expect(ann.Page.GetByTestId("tree-node").Filter(new() { HasText = bob })).ToHaveCountAsync(1);
        await Assertions.Expect(ann.Page.GetByTestId("tree-empty")).ToHaveCountAsync(0);
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

    // With the username that they chose while the page told whether it was free.
    private async Task<string> SponsoredAsync(string code)
    {
        var (name, email) = ($"bob{Guid.NewGuid():N}"[..20], $"{Guid.NewGuid():N}@example.com");
        await using var bob = await chromium.VisitAsync(development.Server, Screen.Phone);
        await bob.Page.RouteAsync("**/config.json", AskAsync);
        await bob.GoAsync($"/signup?sponsor={code}");
        await Assertions.Expect(bob.Field("Sponsor code (optional)")).ToHaveValueAsync(code);
        await bob.FillAsync(("First name", "Bob"), ("Last name", "Builder"), ("E-mail address", email), ("Password", AccountApi.Password), ("User name (optional)", "b"));
        await Assertions.Expect(Availability(bob)).ToHaveAttributeAsync("data-kind", "refused");
        await bob.FillAsync(("User name (optional)", name));
        await Assertions.Expect(Availability(bob)).ToContainTextAsync("This user name is free.");
        await bob.Main.GetByRole(AriaRole.Checkbox).CheckAsync();
        await bob.PressAsync("Create account");
        await bob.ShouldReadAsync("Confirm your address");
        await bob.FillAsync(("Code", await development.Server.Mailbox.CodeAsync(email)));
        await bob.PressAsync("Confirm");
        await bob.ShouldBeAsync("signedIn");
        await bob.GoAsync("/tree");
        await Assertions.Expect(bob.Page.GetByTestId("tree-node")).ToContainTextAsync(name);
        bob.Troubles().ShouldBeEmpty();
        return name;
    }

    private static ILocator Availability(Visitor visitor) => visitor.Page.GetByTestId("availability");

    // An application that asks for both.
    private static async Task AskAsync(IRoute route)
    {
        var response = await route.FetchAsync();
        var configuration = JsonNode.Parse(await response.TextAsync())!;
        configuration["application"] = new JsonObject { ["name"] = "LTD", ["username"] = "optional", ["sponsorCode"] = "optional", ["invitation"] = "optional" };
        await route.FulfillAsync(new() { Response = response, Body = configuration.ToJsonString() });
    }
}
