using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using Poolhouse.Load;

namespace Poolhouse.Large;

/// <summary>
/// A pool of users that differ only by their number. The server makes the pool and its first user; the others are copies of
/// that user's rows, so that they are what the server would have written.
/// </summary>
/// <param name="Id">The pool.</param>
/// <param name="ClientId">A client for passwords and refresh tokens.</param>
/// <param name="FirstSub">The sub of user 0.</param>
/// <param name="Users">How many users it has once it is loaded.</param>
/// <param name="Seed">Makes its subs others than another pool's.</param>
internal sealed record TestPool(string Id, string ClientId, string FirstSub, int Users, ulong Seed)
{
    /// <summary>Every user's.</summary>
    public const string Password = "Correct-Horse-7";

    /// <summary>The group that everybody is in.</summary>
    public const string Group = "everyone";

    // Given names divide the users evenly, so that a page's worth begin with each in a pool of 1,000.
    private static readonly string[] Given =
    [
        "Ada", "Bela", "Carl", "Dora", "Emil", "Fritz", "Gert", "Hugo", "Ines", "Jan", "Kai", "Lena", "Max", "Nora", "Otto", "Paul",
    ];

    private static readonly string[] Family = ["Adler", "Berg", "Conrad", "Dahl", "Ernst", "Fuchs", "Graf", "Haas", "Iser", "Jung", "Kern", "Lang", "Mohr"];

    /// <summary>Makes pool, client, group and first user through the API.</summary>
    public static async Task<TestPool> CreateAsync(HttpConnection connection, int users, ulong seed)
    {
        var pool = await Api.CallAsync(connection, "CreateUserPool", new JsonObject
        {
            ["PoolName"] = string.Create(CultureInfo.InvariantCulture, $"Pool of {users}"),
            ["AliasAttributes"] = new JsonArray("email", "phone_number", "preferred_username"),
        });
        var id = pool.GetProperty("UserPool").GetProperty("Id").GetString()!;
        var client = await Api.CallAsync(connection, "CreateUserPoolClient", new JsonObject
        {
            ["UserPoolId"] = id,
            ["ClientName"] = "Client",
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        });
        await Api.CallAsync(connection, "CreateGroup", new JsonObject { ["UserPoolId"] = id, ["GroupName"] = Group });
        var attributes = new JsonArray();
        foreach (var (name, value) in Attributes(0)) attributes.Add((JsonNode)new JsonObject { ["Name"] = name, ["Value"] = value });
        var user = await Api.CallAsync(connection, "AdminCreateUser", new JsonObject
        {
            ["UserPoolId"] = id, ["Username"] = Username(0), ["MessageAction"] = "SUPPRESS", ["UserAttributes"] = attributes,
        });
        await Api.CallAsync(connection, "AdminSetUserPassword", new JsonObject
        {
            ["UserPoolId"] = id, ["Username"] = Username(0), ["Password"] = Password, ["Permanent"] = true,
        });
        await Api.CallAsync(connection, "AdminAddUserToGroup", new JsonObject { ["UserPoolId"] = id, ["Username"] = Username(0), ["GroupName"] = Group });
        var sub = user.GetProperty("User").GetProperty("Attributes").EnumerateArray()
            .Single(a => a.GetProperty("Name").GetString() == "sub").GetProperty("Value").GetString()!;
        return new TestPool(id, client.GetProperty("UserPoolClient").GetProperty("ClientId").GetString()!, sub, users, seed);
    }

    /// <summary>When a user was made, in milliseconds UTC: one a second, from 2026 on.</summary>
    public static long CreatedAt(int number) => 1_767_225_600_000 + (number * 1_000L);

    /// <summary>The username of a user.</summary>
    public static string Username(int number) => string.Create(CultureInfo.InvariantCulture, $"user{number:D7}");

    /// <summary>The address of a user.</summary>
    public static string Email(int number) => string.Create(CultureInfo.InvariantCulture, $"mail{number:D7}@example.com");

    /// <summary>The given name of a user.</summary>
    public static string GivenName(int number) => Given[number % Given.Length];

    /// <summary>What a user has beside its sub. No value needs an escape in JSON.</summary>
    public static IEnumerable<(string Name, string Value)> Attributes(int number)
    {
        var family = Family[number / Given.Length % Family.Length];
        yield return ("email", Email(number));
        yield return ("email_verified", "true");
        yield return ("phone_number", string.Create(CultureInfo.InvariantCulture, $"+1555{number:D7}"));
        yield return ("phone_number_verified", "true");
        yield return ("preferred_username", string.Create(CultureInfo.InvariantCulture, $"nick{number:D7}"));
        yield return ("given_name", GivenName(number));
        yield return ("family_name", family);
        yield return ("name", $"{GivenName(number)} {family}");
    }

    /// <summary>The sub of a user: spread as random ones are, in no order that the usernames have too.</summary>
    public string Sub(int number)
    {
        if (number == 0) return FirstSub;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Mix(Seed + (ulong)number));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Mix(~Seed - (ulong)number));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    // The finalizer of SplitMix64: every input has an output of its own.
    private static ulong Mix(ulong z)
    {
        z *= 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
