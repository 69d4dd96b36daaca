using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>Passkeys in the web client, with Chromium's own authenticator in place of a finger.</summary>
public sealed class PasskeyTests(DevelopmentServer development, Chromium chromium)
{
    private const string Password = "Correct-horse-7";

    [Theory]
    [InlineData("ctap2", "internal")]
    [InlineData("ctap2", "usb")]
    public async Task A_passkey_is_added_signs_in_and_is_removed(string protocol, string transport)
    {
        var server = development.Server;
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var ann = await chromium.VisitAsync(server);
        var authenticator = await AddAuthenticatorAsync(ann.Page, protocol, transport);
        await SignUpAsync(ann, server, email);

        await ann.GoByHeaderAsync("Account");
        await Assertions.Expect(ann.Main).ToContainTextAsync("You have no passkey yet.");
        await ann.PressAsync("Add a passkey");
        await ann.ShouldHearAsync("Your passkey is added. Use it the next time you sign in.");
        await Assertions.Expect(ann.Page.GetByTestId("passkey")).ToHaveCountAsync(1);
        (await CredentialsAsync(authenticator)).Count.ShouldBe(1);

        // The same device twice makes no sense, and says so.
        await ann.PressAsync("Add a passkey");
        await Assertions.Expect(ann.Page.GetByTestId("error")).ToContainTextAsync("This device has a passkey for your account already.");

        for (var i = 0; i < 2; i++)
        {
            await ann.LeaveAsync();
            await ann.GoAsync("/signin");
            await ann.FillAsync(("E-mail address", email));
            await ann.PressAsync("Sign in with a passkey");
            await ann.ShouldBeAsync("signedIn");
        }

        // The password still works.
        await ann.LeaveAsync();
        await ann.EnterAsync(email, Password);

        await ann.GoByHeaderAsync("Account");
        await ann.Page.GetByTestId("passkey").GetByRole(AriaRole.Button).ClickAsync();
        await ann.ShouldHearAsync("The passkey is removed. It no longer signs you in; delete it from your device too.");
        await ann.LeaveAsync();
        await ann.GoAsync("/signin");
        await ann.FillAsync(("E-mail address", email));
        await ann.PressAsync("Sign in with a passkey");
        await Assertions.Expect(ann.Page.GetByTestId("error")).ToContainTextAsync("There is no passkey for this address.");
        ann.Troubles().ShouldBeEmpty();
    }

    private static async Task SignUpAsync(Visitor visitor, RunningServer server, string email)
    {
        await visitor.GoAsync("/signup");
        await visitor.FillAsync(("E-mail address", email), ("Password", Password));
        await visitor.PressAsync("Create account");
        await visitor.ShouldReadAsync("Confirm your address");
        await visitor.FillAsync(("Code", await server.Mailbox.CodeAsync(email)));
        await visitor.PressAsync("Confirm");
        await visitor.ShouldBeAsync("signedIn");
    }

    private static async Task<Authenticator> AddAuthenticatorAsync(IPage page, string protocol, string transport)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = protocol,
                ["transport"] = transport,
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Authenticator(session, JsonNode.Parse(added!.Value.GetRawText())!["authenticatorId"]!.GetValue<string>());
    }

    private static async Task<JsonArray> CredentialsAsync(Authenticator authenticator)
    {
        var held = await authenticator.Session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = authenticator.Id });
        return JsonNode.Parse(held!.Value.GetRawText())!["credentials"]!.AsArray();
    }

    private sealed record Authenticator(ICDPSession Session, string Id);
}
