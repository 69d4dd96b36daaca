using System.Globalization;
using System.Text.Json.Nodes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Server.Wire;

namespace Poolhouse.Large.Measuring;

/// <summary>What is measured.</summary>
internal static class Calls
{
    private const int Page = 60;

    // The server's own, so that a page in the middle can be asked for without reading the half before it.
    private static readonly PageTokens Tokens = new(new Sealer(MasterKeyRing.Parse(ServerProcess.MasterKey), new SystemRandom()));

    /// <summary>Calls whose cost may not grow with the number of users.</summary>
    public static IReadOnlyList<Call> Compared { get; } =
    [
        Users("ListUsers, first page", _ => null, Page),
        new("ListUsers, any page", s => ListUsers(s, null, Tokens.Seal(AnyPlace(s), Server.Cognito.AdminUsers.ListUsers.TokenContext, s.Pool.Id, null, null, null)), "Users", Page),
        Users("ListUsers username =", s => $"username = \"{TestPool.Username(s.AnyUser())}\"", 1),
        // A hundred users begin with all but two of the digits.
        Users("ListUsers username ^=", s => $"username ^= \"{TestPool.Username(s.AnyUser())[..^2]}\"", Page),
        Users("ListUsers email =", s => $"email = \"{TestPool.Email(s.AnyUser())}\"", 1),
        Users("ListUsers email ^=", s => $"email ^= \"mail{s.AnyUser() / 100:D5}\"", Page),
        Users("ListUsers name ^=", s => $"name ^= \"{TestPool.GivenName(s.AnyUser())}\"", Page),
        Users("ListUsers cognito:user_status =", _ => "cognito:user_status = \"CONFIRMED\"", Page),
        Users("ListUsers status =", _ => "status = \"Enabled\"", Page),
        new(
            "ListUsers status =, any page",
            s => ListUsers(s, "status = \"Enabled\"", Tokens.Seal(AnyPlace(s) + " Enabled", Server.Cognito.AdminUsers.ListUsers.TokenContext, s.Pool.Id, "status", "Enabled", "=")),
            "Users",
            Page),
        Users("ListUsers sub =", s => $"sub = \"{s.Pool.Sub(s.AnyUser())}\"", 1),
        new("AdminGetUser by username", s => AdminGetUser(s, TestPool.Username(s.AnyUser()))),
        new("AdminGetUser by alias", s => AdminGetUser(s, TestPool.Email(s.AnyUser()))),
        new("Password sign-in by username", s => SignIn(s, TestPool.Username(s.AnyUser()))),
        new("Password sign-in by alias", s => SignIn(s, TestPool.Email(s.AnyUser()))),
        new("Refresh", s => Api.Request("InitiateAuth", new JsonObject
        {
            ["ClientId"] = s.Pool.ClientId,
            ["AuthFlow"] = "REFRESH_TOKEN_AUTH",
            ["AuthParameters"] = new JsonObject { ["REFRESH_TOKEN"] = s.AnyRefreshToken() },
        })),
        new(
            "AdminListGroupsForUser",
            s => Api.Request("AdminListGroupsForUser", new JsonObject { ["UserPoolId"] = s.Pool.Id, ["Username"] = TestPool.Username(s.AnyUser()) }),
            "Groups",
            1) { HasGoal = false },
        new("ListUsersInGroup, first page", s => ListUsersInGroup(s, null), "Users", Page) { HasGoal = false },
        new("ListUsersInGroup, any page", s => ListUsersInGroup(s, Tokens.Seal(AnyPlace(s), Server.Cognito.Groups.ListUsersInGroup.TokenContext, s.Pool.Id, TestPool.Group)), "Users", Page)
        {
            HasGoal = false,
        },
        // It counts users, up to a number that a pool of 1,000 does not reach.
        new("DescribeUserPool", s => Api.Request("DescribeUserPool", new JsonObject { ["UserPoolId"] = s.Pool.Id })) { HasGoal = false },
    ];

    /// <summary>Calls that have to do with the number of pools.</summary>
    public static IReadOnlyList<Call> OfManyPools { get; } =
    [
        new("ListUserPools, first page", _ => ListUserPools(null), "UserPools", Page),
        new("ListUserPools, a page in the middle", _ => ListUserPools(Tokens.Seal("us-east-1_Copy0", "ListUserPools")), "UserPools", Page),
    ];

    /// <summary>A sign-in.</summary>
    public static byte[] SignIn(Side side, string name) => Api.Request("InitiateAuth", new JsonObject
    {
        ["ClientId"] = side.Pool.ClientId,
        ["AuthFlow"] = "USER_PASSWORD_AUTH",
        ["AuthParameters"] = new JsonObject { ["USERNAME"] = name, ["PASSWORD"] = TestPool.Password },
    });

    private static Call Users(string name, Func<Side, string?> filter, int rows) => new(name, s => ListUsers(s, filter(s), null), "Users", rows);

    private static byte[] ListUsers(Side side, string? filter, string? token)
    {
        var request = new JsonObject { ["UserPoolId"] = side.Pool.Id, ["Limit"] = Page };
        if (filter is not null) request["Filter"] = filter;
        if (token is not null) request["PaginationToken"] = token;
        return Api.Request("ListUsers", request);
    }

    private static byte[] ListUsersInGroup(Side side, string? token)
    {
        var request = new JsonObject { ["UserPoolId"] = side.Pool.Id, ["GroupName"] = TestPool.Group, ["Limit"] = Page };
        if (token is not null) request["NextToken"] = token;
        return Api.Request("ListUsersInGroup", request);
    }

    private static byte[] ListUserPools(string? token)
    {
        var request = new JsonObject { ["MaxResults"] = Page };
        if (token is not null) request["NextToken"] = token;
        return Api.Request("ListUserPools", request);
    }

    private static byte[] AdminGetUser(Side side, string name) =>
        Api.Request("AdminGetUser", new JsonObject { ["UserPoolId"] = side.Pool.Id, ["Username"] = name });

    // A cursor of the store's (AgeCursor), anywhere but in the last eighth, so that a whole page follows among a thousand users too.
    private static string AnyPlace(Side side)
    {
        var number = 1 + side.Random.Next(side.Pool.Users * 7 / 8);
        return string.Create(CultureInfo.InvariantCulture, $"{TestPool.CreatedAt(number)} {side.Pool.Sub(number)}");
    }
}
