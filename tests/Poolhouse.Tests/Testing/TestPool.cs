using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>A pool of a test's own, with one client.</summary>
public sealed class TestPool
{
    private TestPool(World world, string id, string clientId, string? secret)
    {
        World = world;
        Id = id;
        ClientId = clientId;
        Secret = secret;
    }

    /// <summary>The password of users made without naming one; meets the default policy.</summary>
    public const string Password = "Correct-horse-1";

    /// <summary>The server.</summary>
    public World World { get; }

    /// <summary>The pool's id.</summary>
    public string Id { get; }

    /// <summary>Its client's id.</summary>
    public string ClientId { get; }

    /// <summary>The client's secret, or null.</summary>
    public string? Secret { get; }

    /// <summary>The same pool, called at another node.</summary>
    public TestPool On(World world) => new(world, Id, ClientId, Secret);

    /// <summary>Adds a client to a pool and answers both.</summary>
    public static async Task<TestPool> CreateAsync(World world, string poolId, JsonObject? client = null)
    {
        var request = client ?? new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray(
                "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"),
        };
        request["UserPoolId"] = poolId;
        request["ClientName"] = "Test";
        var created = (await world.DoAsync("CreateUserPoolClient", request))["UserPoolClient"]!;
        return new TestPool(world, poolId, created["ClientId"]!.GetValue<string>(), created["ClientSecret"]?.GetValue<string>());
    }

    /// <summary>A user who has signed up and not confirmed. The e-mail address is name@example.com unless the name is one.</summary>
    public async Task<TestUser> SignedUpAsync(string name, string password = Password)
    {
        var request = new JsonObject
        {
            ["ClientId"] = ClientId,
            ["Username"] = name,
            ["Password"] = password,
            ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = EmailOf(name) }),
        };
        AddSecretHash(request, name);
        var answer = await World.DoAsync("SignUp", request);
        return new TestUser(this, name, password, answer["UserSub"]!.GetValue<string>());
    }

    /// <summary>A user who can sign in.</summary>
    public async Task<TestUser> ConfirmedAsync(string name, string password = Password)
    {
        var user = await SignedUpAsync(name, password);
        await World.DoAsync("AdminConfirmSignUp", new JsonObject { ["UserPoolId"] = Id, ["Username"] = name });
        return user;
    }

    /// <summary>SECRET_HASH over a name; empty object members are untouched where the client has no secret.</summary>
    public void AddSecretHash(JsonObject request, string name, string member = "SecretHash")
    {
        if (Secret is not null) request[member] = HashOf(name);
    }

    /// <summary>base64(HMAC-SHA256(secret, name + client id)).</summary>
    public string HashOf(string name) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret!), Encoding.UTF8.GetBytes(name + ClientId)));

    /// <summary>The address that <see cref="SignedUpAsync"/> gives a user.</summary>
    public string EmailOf(string name) => name.Contains('@') ? name : $"{name}.{ClientId[..8]}@example.com";
}

/// <summary>A user of a test's pool.</summary>
public sealed record TestUser(TestPool Pool, string Name, string Password, string Sub)
{
    /// <summary>The address that codes go to.</summary>
    public string Email => Pool.EmailOf(Name);

    /// <summary>The same user, who calls another node.</summary>
    public TestUser On(World world) => this with { Pool = Pool.On(world) };

    /// <summary>A password sign-in's raw answer.</summary>
    public Task<Answer> TrySignInAsync(string? password = null)
    {
        var parameters = new JsonObject { ["USERNAME"] = Name, ["PASSWORD"] = password ?? Password };
        Pool.AddSecretHash(parameters, Name, "SECRET_HASH");
        return Pool.World.CallAsync(
            "InitiateAuth", new JsonObject { ["ClientId"] = Pool.ClientId, ["AuthFlow"] = "USER_PASSWORD_AUTH", ["AuthParameters"] = parameters });
    }

    /// <summary>Signs in by password.</summary>
    public async Task<Tokens> SignInAsync()
    {
        var answer = await TrySignInAsync();
        answer.Status.ShouldBe(200, answer.Text);
        return Tokens.Of(answer.Json);
    }
}

/// <summary>The tokens of an answer.</summary>
public sealed record Tokens(string Id, string Access, string? Refresh)
{
    /// <summary>Reads an AuthenticationResult.</summary>
    public static Tokens Of(JsonObject answer)
    {
        var result = answer["AuthenticationResult"]!;
        return new Tokens(
            result["IdToken"]!.GetValue<string>(), result["AccessToken"]!.GetValue<string>(), result["RefreshToken"]?.GetValue<string>());
    }

    /// <summary>A token's claims, unverified.</summary>
    public static JsonObject Claims(string token) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();
}
