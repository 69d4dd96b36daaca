using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>An identity pool of a test's own.</summary>
public sealed class TestIdentityPool
{
    private TestIdentityPool(World world, TestPool? users, string id)
    {
        World = world;
        Users = users;
        Id = id;
    }

    public World World { get; }

    /// <summary>The user pool that it believes, or null.</summary>
    public TestPool? Users { get; }

    public string Id { get; }

    /// <summary>Amazon's name of the user pool.</summary>
    public string Provider => ProviderOf(Users!);

    public static string ProviderOf(TestPool users) => $"cognito-idp.us-east-1.amazonaws.com/{users.Id}";

    /// <summary>Makes one. Guests are allowed unless the members say otherwise.</summary>
    public static async Task<TestIdentityPool> CreateAsync(
        World world, TestPool? users = null, JsonObject? members = null, string? authenticated = null, string? unauthenticated = null)
    {
        var request = members ?? [];
        request["IdentityPoolName"] = "Test";
        request["AllowUnauthenticatedIdentities"] ??= true;
        if (users is not null)
            request["CognitoIdentityProviders"] ??= new JsonArray(new JsonObject { ["ProviderName"] = ProviderOf(users), ["ClientId"] = users.ClientId, ["ServerSideTokenCheck"] = true });
        var made = await world.IdentityAsync("CreateIdentityPool", request).ShouldSucceedAsync();
        var pool = new TestIdentityPool(world, users, made["IdentityPoolId"]!.GetValue<string>());
        var roles = new JsonObject();
        if (authenticated is not null) roles["authenticated"] = authenticated;
        if (unauthenticated is not null) roles["unauthenticated"] = unauthenticated;
        if (roles.Count > 0) (await pool.CallAsync("SetIdentityPoolRoles", new JsonObject { ["Roles"] = roles })).Status.ShouldBe(200);
        return pool;
    }

    /// <summary>A call about this pool.</summary>
    public Task<Answer> CallAsync(string operation, JsonObject? members = null)
    {
        var request = members ?? [];
        request["IdentityPoolId"] = Id;
        return World.IdentityAsync(operation, request);
    }

    /// <summary>GetId.</summary>
    public Task<Answer> TryGetIdAsync(params (string Provider, string Token)[] logins) => CallAsync("GetId", new JsonObject { ["Logins"] = LoginsOf(logins) });

    /// <summary>GetId, which must succeed.</summary>
    public async Task<string> GetIdAsync(params (string Provider, string Token)[] logins) =>
        (await TryGetIdAsync(logins).ShouldSucceedAsync())["IdentityId"]!.GetValue<string>();

    /// <summary>GetCredentialsForIdentity.</summary>
    public Task<Answer> CredentialsAsync(string identity, JsonObject? members, params (string Provider, string Token)[] logins)
    {
        var request = members ?? [];
        request["IdentityId"] = identity;
        if (logins.Length > 0) request["Logins"] = LoginsOf(logins);
        return World.IdentityAsync("GetCredentialsForIdentity", request);
    }

    /// <summary>The ID token of a new user of the user pool.</summary>
    public async Task<string> TokenAsync(string name) => (await (await Users!.ConfirmedAsync(name)).SignInAsync()).Id;

    private static JsonObject? LoginsOf((string Provider, string Token)[] logins)
    {
        if (logins.Length == 0) return null;
        var map = new JsonObject();
        foreach (var (provider, token) in logins) map[provider] = token;
        return map;
    }
}

/// <summary>Calls of the identity service, short.</summary>
internal static class IdentityCalls
{
    /// <summary>One call; administrators' calls carry a signature, which Development accepts from loopback.</summary>
    public static Task<Answer> IdentityAsync(this World world, string operation, JsonObject request) =>
        world.SendAsync("AWSCognitoIdentityService." + operation, request.ToJsonString());

    /// <summary>A call about an identity.</summary>
    public static Task<Answer> AboutAsync(this World world, string operation, string identity, JsonObject? members = null)
    {
        var request = members ?? [];
        request["IdentityId"] = identity;
        return world.IdentityAsync(operation, request);
    }
}
