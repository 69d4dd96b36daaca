using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>Pools with passkeys, and the calls about them, short.</summary>
internal static class PasskeyCalls
{
    /// <summary>The relying party of <see cref="PasskeyPoolAsync"/>.</summary>
    public const string RelyingPartyId = "example.com";

    /// <summary>A pool with passkeys for example.com.</summary>
    /// <param name="world">The server.</param>
    /// <param name="configuration">Members of WebAuthnConfiguration beside the relying party.</param>
    /// <param name="firstFactors">Beside PASSWORD and WEB_AUTHN.</param>
    /// <param name="client">Members of CreateUserPoolClient.</param>
    public static async Task<TestPool> PasskeyPoolAsync(this World world, JsonObject? configuration = null, string[]? firstFactors = null, JsonObject? client = null)
    {
        var pool = await world.PoolAsync(
            new JsonObject
            {
                ["AutoVerifiedAttributes"] = new JsonArray("email"),
                ["Policies"] = new JsonObject
                {
                    ["SignInPolicy"] = new JsonObject
                    {
                        ["AllowedFirstAuthFactors"] = new JsonArray([.. new[] { "PASSWORD", "WEB_AUTHN" }.Concat(firstFactors ?? []).Select(f => (JsonNode)f)]),
                    },
                },
            },
            client);
        await pool.SetPasskeysAsync(configuration).ShouldSucceedAsync();
        return pool;
    }

    /// <summary>SetUserPoolMfaConfig with passkeys only.</summary>
    public static Task<Answer> SetPasskeysAsync(this TestPool pool, JsonObject? configuration = null)
    {
        var passkeys = configuration ?? [];
        passkeys["RelyingPartyId"] ??= RelyingPartyId;
        return pool.ConfigureAsync("SetUserPoolMfaConfig", new JsonObject { ["WebAuthnConfiguration"] = passkeys });
    }

    /// <summary>StartWebAuthnRegistration's options.</summary>
    public static async Task<JsonObject> CreationOptionsAsync(this World world, Tokens tokens)
    {
        var answer = await world.OwnAsync("StartWebAuthnRegistration", tokens).ShouldSucceedAsync();
        return answer["CredentialCreationOptions"]!.DeepClone().AsObject();
    }

    /// <summary>CompleteWebAuthnRegistration.</summary>
    public static Task<Answer> CompleteAsync(this World world, Tokens tokens, JsonObject credential) =>
        world.OwnAsync("CompleteWebAuthnRegistration", tokens, new JsonObject { ["Credential"] = credential });

    /// <summary>Both calls; the first must succeed.</summary>
    public static async Task<Answer> TryRegisterAsync(this World world, Tokens tokens, SoftwarePasskey passkey) =>
        await world.CompleteAsync(tokens, passkey.Create(await world.CreationOptionsAsync(tokens)));

    /// <summary>A passkey of the user's.</summary>
    public static async Task<SoftwarePasskey> WithPasskeyAsync(this TestUser user, SoftwarePasskey? passkey = null)
    {
        passkey ??= new SoftwarePasskey();
        await user.Pool.World.TryRegisterAsync(await user.SignInAsync(), passkey).ShouldSucceedAsync();
        return passkey;
    }

    /// <summary>USER_AUTH, with WEB_AUTHN preferred.</summary>
    public static Task<Answer> AskPasskeyAsync(this TestUser user, JsonObject? more = null)
    {
        var parameters = more ?? [];
        parameters["USERNAME"] = user.Name;
        parameters["PREFERRED_CHALLENGE"] = "WEB_AUTHN";
        user.Pool.AddSecretHash(parameters, user.Name, "SECRET_HASH");
        return user.Pool.World.CallAsync(
            "InitiateAuth", new JsonObject { ["ClientId"] = user.Pool.ClientId, ["AuthFlow"] = "USER_AUTH", ["AuthParameters"] = parameters });
    }

    /// <summary>CREDENTIAL_REQUEST_OPTIONS of a challenge.</summary>
    public static JsonObject RequestOptions(this JsonObject challenge) => JsonNode.Parse(challenge.Parameter("CREDENTIAL_REQUEST_OPTIONS")!)!.AsObject();

    /// <summary>Both calls of a sign-in with a passkey; the first must ask for one.</summary>
    public static async Task<Answer> TryPasskeyAsync(this TestUser user, SoftwarePasskey passkey, JsonObject? more = null)
    {
        var asked = await user.AskPasskeyAsync(more).ShouldSucceedAsync();
        asked.Challenge().ShouldBe("WEB_AUTHN");
        return await user.AnswerAsync(asked, passkey.Get(asked.RequestOptions()));
    }

    /// <summary>The answer to a WEB_AUTHN challenge.</summary>
    public static Task<Answer> AnswerAsync(this TestUser user, JsonObject asked, JsonObject credential) =>
        user.Pool.RespondAsync("WEB_AUTHN", asked["Session"]!.GetValue<string>(), user.Name, ("CREDENTIAL", credential.ToJsonString()));
}
