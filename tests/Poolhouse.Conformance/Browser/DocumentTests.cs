using System.Text;
using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>Identity documents: sent, taken back, refused with a reason.</summary>
public sealed class DocumentTests(DevelopmentServer development, Chromium chromium)
{
    private readonly AccountApi _api = new(development.Server);

    [Fact]
    public async Task A_document_is_sent_and_taken_back()
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(await _api.PersonAsync(), AccountApi.Password);
        await ann.GoAsync("/verify");
        await Assertions.Expect(ann.Page.GetByTestId("kyc")).ToHaveAttributeAsync("data-status", "none");
        await Assertions.Expect(ann.Page.GetByTestId("documents-empty")).ToBeVisibleAsync();

        await SendAsync(ann, "Identity card", "card.png", await ann.Page.ScreenshotAsync());
        await ann.ShouldHearAsync("We have your document. You see here when it has been checked.");
        await Assertions.Expect(Document(ann)).ToContainTextAsync("Identity card");
        await Assertions.Expect(Document(ann)).ToHaveAttributeAsync("data-status", "pending");
        await Assertions.Expect(ann.Page.GetByTestId("kyc")).ToHaveAttributeAsync("data-status", "pending");

        await ann.PressAsync("Remove Identity card");
        await ann.ShouldHearAsync("Identity card is removed and no longer checked.");
        await Assertions.Expect(Document(ann)).ToHaveCountAsync(0);
        await Assertions.Expect(ann.Page.GetByTestId("kyc")).ToHaveAttributeAsync("data-status", "none");
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_document_says_why_and_another_one_may_follow()
    {
        var email = await _api.PersonAsync();
        await using var ann = await chromium.VisitAsync(development.Server, Screen.Phone);
        await ann.EnterAsync(email, AccountApi.Password);
        await ann.GoAsync("/verify");
        await SendAsync(ann, "Passport", "passport.png", await ann.Page.ScreenshotAsync());
        await Assertions.Expect(Document(ann)).ToHaveCountAsync(1);

        var sent = await _api.CallAsync(HttpMethod.Get, "kyc/documents", email);
        var id = sent!["documents"]![0]!["id"]!.GetValue<string>();
        await _api.CallAsync(HttpMethod.Post, $"kyc/documents/{id}/review", await _api.OperatorAsync(), new() { ["decision"] = "rejected", ["reason"] = "The corner is cut off." });
        await ann.Page.ReloadAsync();

        await Assertions.Expect(Document(ann)).ToHaveAttributeAsync("data-status", "rejected");
        await Assertions.Expect(Document(ann)).ToContainTextAsync("The corner is cut off.");
        await Assertions.Expect(Document(ann).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await SendAsync(ann, "Passport", "passport.png", await ann.Page.ScreenshotAsync());
        await Assertions.Expect(Document(ann)).ToHaveCountAsync(2);
        await Assertions.Expect(ann.Page.GetByTestId("kyc")).ToHaveAttributeAsync("data-status", "pending");
    }

    [Fact]
    public async Task What_is_no_document_is_told_beside_the_file()
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.EnterAsync(await _api.PersonAsync(), AccountApi.Password);
        await ann.GoAsync("/verify");

        await ann.PressAsync("Send");
        await ann.ShouldBeWrongAsync("File", "Choose a file, or take a photo.");
        await SendAsync(ann, "Passport", "passport.txt", "Not a passport"u8.ToArray());
        await ann.ShouldBeWrongAsync("File", "We take JPEG, PNG, WebP, HEIC and PDF. Choose one of these.");
        // Its name says one thing, its content another.
        await SendAsync(ann, "Passport", "passport.png", Encoding.UTF8.GetBytes("<svg onload='alert(1)'>"));
        await ann.ShouldBeWrongAsync("File", "We take JPEG, PNG, WebP, HEIC and PDF. Choose one of these.");
    }

    private static ILocator Document(Visitor visitor) => visitor.Page.GetByTestId("document");

    private static async Task SendAsync(Visitor visitor, string kind, string name, byte[] content)
    {
        await visitor.Field("What it is").SelectOptionAsync(kind);
        await visitor.Field("File").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
        await visitor.PressAsync("Send");
    }
}
