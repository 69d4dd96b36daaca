using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Groups;

/// <summary>Calls about groups, short.</summary>
internal static class GroupCalls
{
    public static Task<Answer> GroupAsync(this TestPool pool, string operation, string group, JsonObject? members = null)
    {
        var request = members ?? [];
        request["UserPoolId"] = pool.Id;
        request["GroupName"] = group;
        return pool.World.CallAsync(operation, request);
    }

    public static Task<JsonObject> CreateGroupAsync(this TestPool pool, string group, string? role = null, int? precedence = null) =>
        pool.GroupAsync("CreateGroup", group, new JsonObject { ["RoleArn"] = role, ["Precedence"] = precedence }).ShouldSucceedAsync();

    public static Task<Answer> MemberAsync(this TestPool pool, string operation, string user, string group) =>
        pool.AdminAsync(operation, user, new JsonObject { ["GroupName"] = group });

    public static IEnumerable<string> Names(this JsonObject answer, string list, string member) =>
        answer[list]!.AsArray().Select(item => item![member]!.GetValue<string>());
}
