using System.Text.Json.Nodes;
using Poolhouse.Protocol;
using Poolhouse.Tests.Cognito.Sessions;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Cognito.Threats;
using Poolhouse.Tests.Cognito.UserImports;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Wire;

/// <summary>
/// A server with things that requests can name, so that a strange request gets past "does not exist". What destroys or reconfigures
/// names a second user, client or pool, and leaves the first for the others.
/// </summary>
public sealed class HostileScene : IAsyncLifetime
{
    private static readonly string[] Candidates =
    [
        "a", "aaaaaa", "abc123abc123", "Aa-1aaaa", "us-east-1_aaaaaaaaa", "us-east-1", "arn:aws:iam::000000000000:role/x", "bob@example.com",
        "https://example.com/x", "000000000000", "email", "1", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "5f1c2b9e-0000-4000-8000-000000000000", "<b>{####}</b>", "x {####} {username}",
        new('a', 24), new('a', 32), new('a', 64),
    ];

    private static readonly HashSet<string> NeedsVictim = new(StringComparer.Ordinal)
    {
        "AdminDeleteUser", "AdminDeleteUserAttributes", "AdminDisableUser", "AdminResetUserPassword", "AdminSetUserPassword", "AdminUpdateUserAttributes",
        "AdminUserGlobalSignOut", "ChangePassword", "DeleteUser", "DeleteUserAttributes", "GlobalSignOut", "RevokeToken", "RevokeUserSession", "AdminRevokeUserSession", "UpdateUserAttributes",
    };

    private static readonly HashSet<string> NeedsSpare = new(StringComparer.Ordinal)
    {
        "AddCustomAttributes", "CreateUserPoolClient", "SetLogDeliveryConfiguration", "SetRiskConfiguration", "SetUserPoolClientSessionConfiguration",
        "SetUserPoolSessionConfiguration", "DeleteUserPool", "DeleteUserPoolClient", "UpdateUserPool", "UpdateUserPoolClient",
    };

    private World? world;
    private TestPool? pool;
    private TestPool? spare;
    private TestPool? tracking;
    private (TestDevice Device, Tokens Tokens) bobs;
    private (TestDevice Device, Tokens Tokens) victims;
    private Tokens? bob;
    private Tokens? victim;
    private string session = "";
    private TestIdentityPool? identities;
    private TestIdentityPool? spareIdentities;
    private string identity = "";
    private Tokens? keyholder;
    private JsonObject? credential;
    private string passkeyId = "";
    private string job = "";

    /// <summary>The server.</summary>
    public World World => world!;

    /// <summary>A pool with bob, whose password is <see cref="TestPool.Password"/>.</summary>
    public TestPool Pool => pool!;

    /// <summary>Bob's tokens.</summary>
    public Tokens Bob => bob!;

    /// <summary>A fresh SECRET_BLOCK for bob.</summary>
    public async Task<JsonObject> ProofAsync()
    {
        var person = new SrpPerson(Pool);
        return person.Proof(await person.StartAsync("bob"));
    }

    public async ValueTask InitializeAsync()
    {
        world = await World.StartAsync();
        pool = await world.ThreatPoolAsync("AUDIT");
        (await pool.TrackAsync("ENABLED", 20)).Status.ShouldBe(200);
        spare = await world.ThreatPoolAsync("AUDIT");
        bob = await (await pool.VerifiedAsync("bob")).SignInAsync();
        victim = await (await pool.VerifiedAsync("victim")).SignInAsync();
        await pool.SignedUpAsync("newcomer");
        var ofDevelopers = new JsonObject { ["DeveloperProviderName"] = "login.shop" };
        identities = await TestIdentityPool.CreateAsync(world, pool, ofDevelopers, "arn:aws:iam::000000000000:role/x", "arn:aws:iam::000000000000:role/x");
        spareIdentities = await TestIdentityPool.CreateAsync(world);
        identity = await identities.GetIdAsync((identities.Provider, bob.Id));
        keyholder = await (await (await world.PasskeyPoolAsync()).ConfirmedAsync("bob")).SignInAsync();
        using var registered = new SoftwarePasskey();
        await world.TryRegisterAsync(keyholder, registered).ShouldSucceedAsync();
        passkeyId = registered.Id;
        using var next = new SoftwarePasskey();
        credential = next.Create(await world.CreationOptionsAsync(keyholder));
        tracking = await world.TrackingPoolAsync();
        bobs = await (await tracking.ConfirmedAsync("bob")).NewDeviceAsync();
        victims = await (await tracking.ConfirmedAsync("victim")).NewDeviceAsync();
        job = (await pool.CreateJobAsync()).Text("JobId")!;
        session = (await (await pool.InvitedAsync("guest")).TrySignInAsync()).Session();
    }

    public async ValueTask DisposeAsync()
    {
        if (world is not null) await world.DisposeAsync();
    }

    /// <summary>A request that the model accepts and that names what there is: required members, and what opens the way further in.</summary>
    public JsonObject Base(OperationModel model)
    {
        var request = new JsonObject();
        foreach (var member in model.Input.Members.Where(m => m.IsRequired || m.Name is "AuthParameters" or "ChallengeResponses" or "Password"))
            request[member.Name] = Valid(model.Name, member.Name, member.Shape);
        return request;
    }

    /// <summary>A value that keeps the shape's constraints.</summary>
    public JsonNode? Valid(string operation, string name, Shape shape, int depth = 0)
    {
        if (Known(operation, name) is { } known && shape is StringShape text && Scalar.Broken(known, text).Count == 0) return known;
        switch (shape)
        {
            case StringShape { Values: [var first, ..] }:
                return operation.Contains("InitiateAuth", StringComparison.Ordinal) && name == "AuthFlow" ? "USER_SRP_AUTH" : first;
            case StringShape plain:
                return Array.Find(Candidates, c => Scalar.Broken(c, plain).Count == 0);
            case IntegerShape number:
                return Math.Clamp(1, number.Min ?? 1, number.Max ?? int.MaxValue);
            case LongShape number:
                return Math.Clamp(1, number.Min ?? 1, number.Max ?? long.MaxValue);
            case BooleanShape:
                return true;
            case TimestampShape:
                return 1_800_000_000;
            case BlobShape blob:
                return Convert.ToBase64String(new byte[Math.Max(blob.Min ?? 0, 4)]);
            case ListShape list:
                return new JsonArray([.. Enumerable.Range(0, Math.Max(1, list.Min ?? 0)).Select(_ => Valid(operation, name, list.Item, depth + 1))]);
            case MapShape map when name == "AuthParameters":
                return Scalar.IsScalar(map.Value) ? new JsonObject { ["USERNAME"] = "bob", ["PASSWORD"] = TestPool.Password, ["SRP_A"] = "abcdef" } : null;
            case MapShape when name == "ChallengeResponses":
                return new JsonObject { ["USERNAME"] = "guest", ["NEW_PASSWORD"] = "weak" };
            case MapShape when name == "Logins" && identities is not null:
                return new JsonObject
                {
                    [operation == "GetOpenIdTokenForDeveloperIdentity" ? "login.shop" : identities.Provider] = operation == "GetOpenIdTokenForDeveloperIdentity" ? "u" : bob!.Id,
                };
            case MapShape map:
                return new JsonObject { [Array.Find(Candidates, c => Scalar.Broken(c, map.Key).Count == 0) ?? "a"] = Valid(operation, "", map.Value, depth + 1) };
            case StructureShape structure:
                var value = new JsonObject();
                if (depth > 6) return value;
                foreach (var member in structure.Members.Where(m => m.IsRequired)) value[member.Name] = Valid(operation, member.Name, member.Shape, depth + 1);
                return value;
            default:
                return name == "Credential" ? credential!.DeepClone() : new JsonObject();
        }
    }

    private string? Known(string operation, string name)
    {
        if (operation.Contains("Device", StringComparison.Ordinal) && KnownOfDevice(operation, name) is { } ofDevice) return ofDevice;
        var (tokens, user) = NeedsVictim.Contains(operation) ? (victim!, "victim") : (bob!, "bob");
        var where = NeedsSpare.Contains(operation) ? spare! : pool!;
        return name switch
        {
            "IdentityPoolId" => (operation is "DeleteIdentityPool" or "UpdateIdentityPool" or "SetIdentityPoolRoles" ? spareIdentities! : identities!).Id,
            "IdentityId" => identity,
            "DeveloperProviderName" => "login.shop",
            "UserPoolId" => where.Id,
            "ClientId" => where.ClientId,
            "Username" => operation is "ConfirmSignUp" or "ResendConfirmationCode" ? "newcomer" : user,
            "AccessToken" => operation.Contains("WebAuthn", StringComparison.Ordinal) ? keyholder!.Access : tokens.Access,
            "RefreshToken" or "Token" => tokens.Refresh,
            "JobId" => job,
            "Session" => session,
            "Password" or "PreviousPassword" or "ProposedPassword" => TestPool.Password,
            "ChallengeName" => "NEW_PASSWORD_REQUIRED",
            "AttributeName" => "email",
            "CredentialId" => passkeyId,
            "Code" or "ConfirmationCode" => "000000",
            _ => null,
        };
    }

    private string? KnownOfDevice(string operation, string name)
    {
        var isVictims = operation is "AdminForgetDevice" or "ForgetDevice";
        var (device, tokens) = isVictims ? victims : bobs;
        return name switch
        {
            "UserPoolId" => tracking!.Id,
            "Username" => isVictims ? "victim" : "bob",
            "AccessToken" => tokens.Access,
            "DeviceKey" => device.Key,
            "PasswordVerifier" or "Salt" => device.Secret()[name]!.GetValue<string>(),
            _ => null,
        };
    }
}
