using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Passkeys;

/// <summary>WEB_AUTHN in USER_AUTH.</summary>
public sealed class PasskeySignInTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_passkey_signs_in(bool isRsa)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync(new SoftwarePasskey(isRsa));

        (await bob.TryPasskeyAsync(passkey).ShouldSucceedAsync()).ShouldBeSignedIn();
        (await bob.TryPasskeyAsync(passkey).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_browser_is_told_which_credentials_there_are()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();

        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();

        asked.Available().ShouldBe(["WEB_AUTHN"]);
        var options = asked.RequestOptions();
        System.Buffers.Text.Base64Url.DecodeFromChars(options["challenge"]!.GetValue<string>()).Length.ShouldBe(32);
        options["challenge"] = "c";
        options.ToJsonString().ShouldBe(
            $$"""{"challenge":"c","timeout":180000,"rpId":"example.com","allowCredentials":[{"type":"public-key","id":"{{passkey.Id}}","transports":["internal"]}],"userVerification":"preferred"}""");
    }

    [Fact]
    public async Task Without_a_passkey_there_is_no_such_choice()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();

        asked.Challenge().ShouldBe("SELECT_CHALLENGE");
        asked.Available().ShouldBe(["PASSWORD_SRP", "PASSWORD"]);
    }

    [Fact]
    public async Task It_is_chosen_in_one_step_or_two()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();

        var asked = await pool.ChooseAsync("bob").ShouldSucceedAsync();
        asked.Available().ShouldBe(["PASSWORD_SRP", "PASSWORD", "WEB_AUTHN"]);
        var chosen = await pool.RespondAsync(asked, "bob", ("ANSWER", "WEB_AUTHN")).ShouldSucceedAsync();
        chosen.Challenge().ShouldBe("WEB_AUTHN");
        (await bob.AnswerAsync(chosen, passkey.Get(chosen.RequestOptions())).ShouldSucceedAsync()).ShouldBeSignedIn();

        var again = await pool.ChooseAsync("bob").ShouldSucceedAsync();
        var credential = passkey.Get(again.RequestOptions()).ToJsonString();
        (await pool.RespondAsync(again, "bob", ("ANSWER", "WEB_AUTHN"), ("CREDENTIAL", credential)).ShouldSucceedAsync()).ShouldBeSignedIn();
        (await pool.RespondAsync(again, "bob", ("ANSWER", "WEB_AUTHN"), ("CREDENTIAL", credential))).ShouldBeError("NotAuthorizedException");
    }

    [Fact]
    public async Task A_client_with_a_secret_and_administrators_sign_in_as_well()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync(client: SignIn.SignInCalls.Client(hasSecret: true));
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();

        (await bob.TryPasskeyAsync(passkey).ShouldSucceedAsync()).ShouldBeSignedIn();

        var asked = await SignIn.SignInCalls.AdminStartAsync(pool, "USER_AUTH", new JsonObject { ["USERNAME"] = "bob", ["PREFERRED_CHALLENGE"] = "WEB_AUTHN" }).ShouldSucceedAsync();
        var answered = await SignIn.SignInCalls.AdminRespondAsync(
            pool,
            "WEB_AUTHN",
            asked["Session"]!.GetValue<string>(),
            new JsonObject { ["USERNAME"] = "bob", ["CREDENTIAL"] = passkey.Get(asked.RequestOptions()).ToJsonString() }).ShouldSucceedAsync();
        answered.ShouldBeSignedIn();
    }

    public static TheoryData<string, Action<SoftwarePasskey>> Lies => new()
    {
        { "another site", p => p.Origin = "https://example.org" },
        { "a frame", p => p.IsFramed = true },
        { "another relying party", p => p.RelyingPartyId = "example.org" },
        { "another challenge", p => p.Challenge = new string('A', 43) },
        { "a registration", p => p.Type = "webauthn.create" },
        { "nobody there", p => p.IsPresent = false },
        { "a credential that became a copied one", p => p.IsBackupEligible = true },
        { "another user's handle", p => p.UserHandle = "AAAA" },
        { "a credential of nobody", p => p.CredentialId = [1, 2, 3, 4] },
        { "a counter that stands still", p => p.SignCount -= 1 },
        { "a counter that went back", p => (p.Counts, p.SignCount) = (false, 0) },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_signature_of_something_else_proves_nothing(string lie, Action<SoftwarePasskey> tell)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        (await bob.TryPasskeyAsync(passkey).ShouldSucceedAsync()).ShouldBeSignedIn();
        tell(passkey);

        var answer = await bob.TryPasskeyAsync(passkey);

        answer.ShouldBeError("NotAuthorizedException", "The passkey could not be verified.");
        lie.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_passkey_of_another_proves_nothing()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var (bob, eve) = (await pool.ConfirmedAsync("bob"), await pool.ConfirmedAsync("eve"));
        using var bobs = await bob.WithPasskeyAsync();
        using var eves = await eve.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();

        (await bob.AnswerAsync(asked, eves.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException");
        eves.CredentialId = bobs.CredentialId;
        (await bob.AnswerAsync(asked, eves.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException");
        eves.UserHandle = bobs.UserHandle;
        (await bob.AnswerAsync(asked, eves.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException");
        (await eve.AnswerAsync(asked, bobs.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException");
        // None of it spent the session.
        (await bob.AnswerAsync(asked, bobs.Get(asked.RequestOptions())).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_session_signs_in_once()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions())).ShouldSucceedAsync();

        var again = await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions()));

        again.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task A_session_ends()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        await world.AdvanceAsync("PT3M1S");

        (await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions()))).ShouldBeError(
            "NotAuthorizedException", "Invalid session for the user, session is expired.");
    }

    [Fact]
    public async Task An_authenticator_that_does_not_count_signs_in_again_and_again()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync(new SoftwarePasskey { Counts = false, IsBackupEligible = true });

        for (var i = 0; i < 3; i++) (await bob.TryPasskeyAsync(passkey).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_disabled_user_has_no_such_choice_and_can_not_finish()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        await pool.AdminAsync("AdminDisableUser", "bob").ShouldSucceedAsync();

        (await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException", "User is disabled.");
        (await bob.AskPasskeyAsync().ShouldSucceedAsync()).Challenge().ShouldBe("SELECT_CHALLENGE");
    }

    [Fact]
    public async Task A_new_relying_party_needs_new_passkeys()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        await pool.SetPasskeysAsync(new JsonObject { ["RelyingPartyId"] = "app.example.com" }).ShouldSucceedAsync();

        (await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException");
        (await bob.AskPasskeyAsync().ShouldSucceedAsync()).Available().ShouldNotContain("WEB_AUTHN");
    }

    [Fact]
    public async Task A_passkey_of_another_pool_proves_nothing()
    {
        var world = await World.OnAsync();
        var (here, there) = (await world.PasskeyPoolAsync(), await world.PasskeyPoolAsync());
        var (bob, other) = (await here.ConfirmedAsync("bob"), await there.ConfirmedAsync("bob"));
        using var bobs = await bob.WithPasskeyAsync();
        using var others = await other.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();

        (await bob.AnswerAsync(asked, others.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException");
        (await other.AnswerAsync(asked, others.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("""{"\ud800":1,"id":"AA","type":"public-key","response":{}}""")]
    [InlineData("""{"id":"\ud800","type":"public-key","response":{"\ud800":1}}""")]
    [InlineData("""{"id":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":1}}""")]
    public async Task What_is_no_credential_is_an_invalid_parameter(string credential)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();

        var answer = await pool.RespondAsync(asked, "bob", ("CREDENTIAL", credential));

        answer.ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Alterations_prove_nothing_and_never_fail()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        var random = new Random(7);

        for (var i = 0; i < 300; i++)
        {
            var credential = passkey.Get(asked.RequestOptions());
            var member = new[] { "signature", "clientDataJSON", "authenticatorData" }[i % 3];
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(credential["response"]![member]!.GetValue<string>());
            if (i % 2 == 0) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            else bytes = bytes[..random.Next(1, bytes.Length)];
            credential["response"]![member] = System.Buffers.Text.Base64Url.EncodeToString(bytes);

            (await bob.AnswerAsync(asked, credential)).ShouldBeError("NotAuthorizedException", "The passkey could not be verified.");
        }
    }

    [Fact]
    public async Task Who_has_no_password_begins_with_the_passkey()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync(firstFactors: ["EMAIL_OTP"]);
        var bob = await pool.ReachableAsync("bob", hasPassword: false);
        var sent = await pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();
        var signedIn = await pool.RespondAsync(sent, "bob", ("EMAIL_OTP_CODE", await pool.World.CodeAsync(bob.Email))).ShouldSucceedAsync();
        using var passkey = new SoftwarePasskey();
        await pool.World.TryRegisterAsync(Testing.Tokens.Of(signedIn), passkey).ShouldSucceedAsync();

        var asked = await pool.ChooseAsync("bob").ShouldSucceedAsync();

        asked.Available().ShouldBe(["EMAIL_OTP", "WEB_AUTHN"]);
        (await bob.TryPasskeyAsync(passkey).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Nobody_looks_like_having_one()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync(client: SignIn.SignInCalls.Client(hides: "ENABLED"));

        var asked = await pool.ChooseAsync("nobody", "WEB_AUTHN").ShouldSucceedAsync();

        asked.Challenge().ShouldBe("SELECT_CHALLENGE");
        asked.Available().ShouldBe(["PASSWORD_SRP", "PASSWORD"]);
    }
}
