using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Passkeys;

/// <summary>StartWebAuthnRegistration and CompleteWebAuthnRegistration.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task The_browser_is_asked_for_a_discoverable_credential_without_attestation()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        var options = await pool.World.CreationOptionsAsync(await bob.SignInAsync());

        options["challenge"]!.GetValue<string>().Length.ShouldBeGreaterThan(43);
        options["challenge"] = "c";
        options.ToJsonString().ShouldBe(new JsonObject
        {
            ["rp"] = new JsonObject { ["id"] = "example.com", ["name"] = "Test" },
            ["user"] = new JsonObject
            {
                ["id"] = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(bob.Sub)), ["name"] = "bob", ["displayName"] = bob.Email,
            },
            ["challenge"] = "c",
            ["pubKeyCredParams"] = new JsonArray(new JsonObject { ["type"] = "public-key", ["alg"] = -7 }, new JsonObject { ["type"] = "public-key", ["alg"] = -257 }),
            ["timeout"] = 600_000,
            ["excludeCredentials"] = new JsonArray(),
            ["authenticatorSelection"] = new JsonObject { ["requireResidentKey"] = true, ["residentKey"] = "required", ["userVerification"] = "preferred" },
            ["attestation"] = "none",
        }.ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_passkey_is_registered_and_excluded_from_the_next_registration(bool isRsa)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var passkey = new SoftwarePasskey(isRsa) { HasExtensions = true };

        var answer = await pool.World.TryRegisterAsync(tokens, passkey);

        answer.Text.ShouldBe("{}");
        var options = await pool.World.CreationOptionsAsync(tokens);
        options["excludeCredentials"]!.ToJsonString().ShouldBe($$"""[{"type":"public-key","id":"{{passkey.Id}}","transports":["internal"]}]""");
    }

    public static TheoryData<string, string, Action<SoftwarePasskey>> Lies => new()
    {
        { "WebAuthnOriginNotAllowedException", "another site", p => p.Origin = "https://example.org" },
        { "WebAuthnOriginNotAllowedException", "a site that ends alike", p => p.Origin = "https://evilexample.com" },
        { "WebAuthnOriginNotAllowedException", "no encryption", p => p.Origin = "http://app.example.com" },
        { "WebAuthnOriginNotAllowedException", "a path", p => p.Origin = "https://app.example.com/" },
        { "WebAuthnOriginNotAllowedException", "a frame", p => p.IsFramed = true },
        { "WebAuthnRelyingPartyMismatchException", "another relying party", p => p.RelyingPartyId = "app.example.com" },
        { "WebAuthnChallengeNotFoundException", "a challenge of nobody", p => p.Challenge = new string('A', 200) },
        { "WebAuthnCredentialNotSupportedException", "nobody there", p => p.IsPresent = false },
        { "WebAuthnCredentialNotSupportedException", "an algorithm that wasn't offered", p => p.Algorithm = -8 },
        { "InvalidParameterException", "an assertion", p => p.Type = "webauthn.get" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_credential_that_is_not_what_was_asked_for_is_refused(string error, string lie, Action<SoftwarePasskey> tell)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var passkey = new SoftwarePasskey();
        tell(passkey);

        var answer = await pool.World.TryRegisterAsync(tokens, passkey);

        answer.Type.ShouldBe(error, lie);
        (await pool.World.OwnAsync("ListWebAuthnCredentials", tokens).ShouldSucceedAsync()).ToJsonString().ShouldBe("""{"Credentials":[]}""");
    }

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("https://deep.down.example.com:8443")]
    public async Task Pages_on_the_domain_and_below_may_register(string origin)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        using var passkey = new SoftwarePasskey { Origin = origin };

        await pool.World.TryRegisterAsync(await (await pool.ConfirmedAsync("bob")).SignInAsync(), passkey).ShouldSucceedAsync();
    }

    [Fact]
    public async Task On_localhost_a_page_needs_no_encryption()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync(new JsonObject { ["RelyingPartyId"] = "localhost" });
        using var passkey = new SoftwarePasskey { Origin = "http://localhost:5173" };

        await pool.World.TryRegisterAsync(await (await pool.ConfirmedAsync("bob")).SignInAsync(), passkey).ShouldSucceedAsync();
    }

    [Fact]
    public async Task A_registration_completes_once()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var first = new SoftwarePasskey();
        using var second = new SoftwarePasskey();
        var options = await pool.World.CreationOptionsAsync(tokens);
        await pool.World.CompleteAsync(tokens, first.Create(options)).ShouldSucceedAsync();

        var again = await pool.World.CompleteAsync(tokens, second.Create(options));

        again.ShouldBeError("WebAuthnChallengeNotFoundException");
    }

    [Fact]
    public async Task A_registration_is_of_the_user_who_began_it()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var (bob, eve) = (await (await pool.ConfirmedAsync("bob")).SignInAsync(), await (await pool.ConfirmedAsync("eve")).SignInAsync());
        using var passkey = new SoftwarePasskey();

        var answer = await pool.World.CompleteAsync(eve, passkey.Create(await pool.World.CreationOptionsAsync(bob)));

        answer.ShouldBeError("WebAuthnChallengeNotFoundException");
    }

    [Fact]
    public async Task A_registration_is_of_the_client_where_it_began()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var other = await TestPool.CreateAsync(pool.World, pool.Id);
        using var passkey = new SoftwarePasskey();
        var options = await pool.World.CreationOptionsAsync(await bob.SignInAsync());

        var answer = await pool.World.CompleteAsync(await (bob with { Pool = other }).SignInAsync(), passkey.Create(options));

        answer.ShouldBeError("WebAuthnClientMismatchException");
    }

    [Fact]
    public async Task A_registration_does_not_wait_for_ever()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var passkey = new SoftwarePasskey();
        var credential = passkey.Create(await world.CreationOptionsAsync(tokens));
        await world.AdvanceAsync("PT10M1S");

        (await world.CompleteAsync(tokens, credential)).ShouldBeError("WebAuthnChallengeNotFoundException");
    }

    [Fact]
    public async Task A_relying_party_that_changed_meanwhile_is_another()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var passkey = new SoftwarePasskey();
        var credential = passkey.Create(await pool.World.CreationOptionsAsync(tokens));
        await pool.SetPasskeysAsync(new JsonObject { ["RelyingPartyId"] = "example.net" }).ShouldSucceedAsync();

        (await pool.World.CompleteAsync(tokens, credential)).ShouldBeError("WebAuthnRelyingPartyMismatchException");
    }

    [Fact]
    public async Task A_credential_id_is_one_of_a_kind_within_the_pool()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        using var bobs = await (await pool.ConfirmedAsync("bob")).WithPasskeyAsync();
        using var eves = new SoftwarePasskey { CredentialId = bobs.CredentialId };

        var answer = await pool.World.TryRegisterAsync(await (await pool.ConfirmedAsync("eve")).SignInAsync(), eves);

        answer.ShouldBeError("InvalidParameterException", "The passkey is already registered.");
    }

    [Theory]
    [InlineData("""{"UserVerification":"required"}""")]
    [InlineData("""{"FactorConfiguration":"MULTI_FACTOR_WITH_USER_VERIFICATION"}""")]
    public async Task Where_verification_is_required_a_passkey_without_is_not_supported(string configuration)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync(JsonNode.Parse(configuration)!.AsObject());
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var passkey = new SoftwarePasskey { IsVerified = false };

        var answer = await pool.World.TryRegisterAsync(tokens, passkey);

        answer.ShouldBeError("WebAuthnCredentialNotSupportedException");
        var options = await pool.World.CreationOptionsAsync(tokens);
        options["authenticatorSelection"]!["userVerification"]!.GetValue<string>().ShouldBe("required");
    }

    [Fact]
    public async Task A_pool_without_passkeys_says_so()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.World.OwnAsync("StartWebAuthnRegistration", tokens)).ShouldBeError("WebAuthnNotEnabledException");
        (await pool.World.CompleteAsync(tokens, [])).ShouldBeError("WebAuthnNotEnabledException");
    }

    [Fact]
    public async Task A_pool_without_a_relying_party_says_so()
    {
        var pool = await (await World.OnAsync()).PoolAsync(
            JsonNode.Parse("""{"Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","WEB_AUTHN"]}}}""")!.AsObject());
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.World.OwnAsync("StartWebAuthnRegistration", tokens)).ShouldBeError("WebAuthnConfigurationMissingException");
    }

    [Fact]
    public async Task Twenty_passkeys_are_enough()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var last = new SoftwarePasskey();
        var early = await pool.World.CreationOptionsAsync(tokens);
        for (var i = 0; i < 20; i++)
        {
            using var passkey = new SoftwarePasskey();
            await pool.World.TryRegisterAsync(tokens, passkey).ShouldSucceedAsync();
        }

        (await pool.World.OwnAsync("StartWebAuthnRegistration", tokens)).ShouldBeError("LimitExceededException");
        (await pool.World.CompleteAsync(tokens, last.Create(early))).ShouldBeError("LimitExceededException");
    }

    [Theory]
    [InlineData("""{"\ud800":1,"type":"webauthn.create"}""")]
    [InlineData("""{"type":"\ud800","challenge":"AA","origin":"https://example.com"}""")]
    [InlineData("""{"type":"webauthn.create","challenge":"AA","origin":"\ud800"}""")]
    [InlineData("[1]")]
    [InlineData("")]
    public async Task Client_data_of_another_form_are_an_invalid_parameter(string clientData)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var passkey = new SoftwarePasskey();
        var credential = passkey.Create(await pool.World.CreationOptionsAsync(tokens));
        credential["response"]!["clientDataJSON"] = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(clientData));

        (await pool.World.CompleteAsync(tokens, credential)).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Alterations_are_refused_and_never_fail()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        using var passkey = new SoftwarePasskey();
        var options = await pool.World.CreationOptionsAsync(tokens);
        var random = new Random(7);

        for (var i = 0; i < 200; i++)
        {
            var credential = passkey.Create(options);
            var member = new[] { "attestationObject", "clientDataJSON" }[i % 2];
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(credential["response"]![member]!.GetValue<string>());
            // Within the key the change may give another key that is as good: nothing is signed in a registration without attestation.
            var at = i % 2 == 0 ? random.Next(30) : random.Next(bytes.Length);
            if (i % 4 < 2) bytes[at] ^= (byte)(1 << random.Next(8));
            else bytes = bytes[..at];
            credential["response"]![member] = System.Buffers.Text.Base64Url.EncodeToString(bytes);

            var answer = await pool.World.CompleteAsync(tokens, credential);

            if (answer.Status != 200) answer.Status.ShouldBe(400, answer.Text);
            if (answer.Status == 200)
            {
                // A bit that nothing judges, such as the name of an attestation that wasn't asked for.
                await pool.World.OwnAsync("DeleteWebAuthnCredential", tokens, new JsonObject { ["CredentialId"] = passkey.Id }).ShouldSucceedAsync();
                options = await pool.World.CreationOptionsAsync(tokens);
            }
        }
    }
}
