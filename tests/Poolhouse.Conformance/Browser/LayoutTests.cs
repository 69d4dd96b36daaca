using System.Text.Json.Nodes;
using Microsoft.Playwright;
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
        await ann.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();

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

    /// <summary>Each screen in a language that runs either way, and in one of long words.</summary>
    public static TheoryData<Screen, string> Screens => new(
        from screen in Enum.GetValues<Screen>() from language in new[] { "en", "ar", "de" } select (screen, language));

    /// <summary>What the account API answers is as long, wide and deep as it may be, which no story makes it.</summary>
    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Pages_of_members_fit_with_the_most_there_can_be(Screen screen, string language)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await development.Server.Cognito.CreateUserAsync(email, Password);
        await using var ann = await chromium.VisitAsync(development.Server, screen);
        await ann.EnterAsync(email, Password);
        await ann.Page.EvaluateAsync("tag => localStorage.setItem('poolhouse.language', tag)", language);
        foreach (var (path, answer) in Extremes())
            await ann.Page.RouteAsync($"**/api/v1/{path}", route => route.FulfillAsync(new() { ContentType = "application/json", Body = answer.ToJsonString() }));

        foreach (var (path, testId) in new[] { ("/account", "link"), ("/verify", "document"), ("/tree", "tree") })
        {
            await ann.GoAsync(path);
            await ann.Page.GetByTestId(testId).First.WaitForAsync();
            await Assertions.Expect(ann.Page.Locator("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
            (await ann.OverflowAsync()).ShouldBe(0, path);
            (await ann.NamelessAsync()).ShouldBeEmpty(path);
        }

        // Wider than any screen, it scrolls by itself, and begins with the own place.
        var isShown = await ann.Page.GetByTestId("tree-node").First.EvaluateAsync<bool>(
            "own => own.getBoundingClientRect().left >= 0 && own.getBoundingClientRect().right <= innerWidth");
        isShown.ShouldBeTrue();
    }

    private static IEnumerable<(string Path, JsonNode Answer)> Extremes()
    {
        var word = new string('w', 120);
        var time = "2026-11-21T12:00:00Z";
        yield return ("sessions", new JsonObject { ["sessions"] = new JsonArray(new JsonObject
        {
            ["id"] = "1", ["device"] = word, ["address"] = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff", ["created_at"] = time, ["last_seen_at"] = time, ["current"] = false,
        }) });
        yield return ("me/history", new JsonObject { ["entries"] = new JsonArray(new JsonObject { ["kind"] = word, ["at"] = time, ["device"] = word, ["address"] = word }), ["next"] = time });
        yield return ("links", new JsonObject { ["links"] = new JsonArray(new JsonObject { ["id"] = "1", ["application"] = word, ["title"] = word, ["name"] = word, ["linked_at"] = time }) });
        yield return ("kyc", new JsonObject { ["status"] = "rejected", ["reason"] = word });
        yield return ("kyc/documents", new JsonObject { ["documents"] = new JsonArray(new JsonObject
        {
            ["id"] = "1", ["kind"] = word, ["type"] = "image/jpeg", ["bytes"] = 10_485_760, ["state"] = "rejected", ["reason"] = word, ["uploaded_at"] = time,
        }) });
        yield return ("referrals", new JsonObject { ["code"] = word, ["credits"] = 1_000_000 });
        var (left, right) = (Node(3), Node(3));
        yield return ("binary-tree*", new JsonObject { ["node"] = Node(0), ["sponsor"] = new JsonObject { ["name"] = word }, ["depth"] = 3, ["left"] = left, ["right"] = right });

        JsonObject Node(int below) => new()
        {
            ["name"] = word, ["placed_at"] = time, ["left_count"] = 123_456_789, ["right_count"] = 987_654_321,
            ["left"] = below > 1 ? Node(below - 1) : null, ["right"] = below > 1 ? Node(below - 1) : null,
        };
    }
}
