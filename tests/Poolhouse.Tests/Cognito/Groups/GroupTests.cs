using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Groups;

/// <summary>CreateGroup, GetGroup, UpdateGroup, DeleteGroup and ListGroups.</summary>
public sealed class GroupTests
{
    private const string Role = "arn:aws:iam::123456789012:role/Admins";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_group_is_made_and_found(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();

        var made = await pool.GroupAsync("CreateGroup", "Admins", new JsonObject { ["Description"] = "d", ["RoleArn"] = Role, ["Precedence"] = 0 }).ShouldSucceedAsync();
        var found = await pool.GroupAsync("GetGroup", "Admins").ShouldSucceedAsync();

        found.ToJsonString().ShouldBe(made.ToJsonString());
        var group = found["Group"]!.AsObject();
        group.Select(m => m.Key).ShouldBe(["GroupName", "UserPoolId", "Description", "RoleArn", "Precedence", "LastModifiedDate", "CreationDate"]);
        (group["GroupName"]!.GetValue<string>(), group["UserPoolId"]!.GetValue<string>(), group["Precedence"]!.GetValue<int>())
            .ShouldBe(("Admins", pool.Id, 0));
    }

    [Fact]
    public async Task What_was_not_given_is_not_shown()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var made = await pool.CreateGroupAsync("Admins");

        made["Group"]!.AsObject().Select(m => m.Key).ShouldBe(["GroupName", "UserPoolId", "LastModifiedDate", "CreationDate"]);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.CreateGroupAsync("Admins");

        (await pool.GroupAsync("CreateGroup", "Admins")).ShouldBeError("GroupExistsException", "A group with the name already exists.");
        (await pool.GroupAsync("CreateGroup", "admins")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_negative_precedence_is_refused()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.GroupAsync("CreateGroup", "Admins", new JsonObject { ["Precedence"] = -1 })).ShouldBeError(
            "InvalidParameterException",
            "1 validation error detected: Value '-1' at 'precedence' failed to satisfy constraint: Member must have value greater than or equal to 0");
    }

    [Theory]
    [InlineData("GetGroup")]
    [InlineData("UpdateGroup")]
    [InlineData("DeleteGroup")]
    [InlineData("ListUsersInGroup")]
    public async Task An_unknown_group_is_not_found(string operation)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.GroupAsync(operation, "Nobody")).ShouldBeError("ResourceNotFoundException", "Group not found.");
    }

    [Theory]
    [InlineData("CreateGroup")]
    [InlineData("GetGroup")]
    [InlineData("UpdateGroup")]
    [InlineData("DeleteGroup")]
    [InlineData("ListGroups")]
    [InlineData("ListUsersInGroup")]
    public async Task An_unknown_pool_is_not_found(string operation)
    {
        var world = await World.OnAsync();

        (await world.CallAsync(operation, new JsonObject { ["UserPoolId"] = "us-east-1_nowhere", ["GroupName"] = "Admins" }))
            .ShouldBeError("ResourceNotFoundException", "User pool us-east-1_nowhere does not exist.");
    }

    [Fact]
    public async Task An_update_keeps_what_it_does_not_name()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.GroupAsync("CreateGroup", "Admins", new JsonObject { ["Description"] = "d", ["RoleArn"] = Role }).ShouldSucceedAsync();

        var changed = await pool.GroupAsync("UpdateGroup", "Admins", new JsonObject { ["Precedence"] = 7 }).ShouldSucceedAsync();

        var group = changed["Group"]!;
        (group["Description"]!.GetValue<string>(), group["RoleArn"]!.GetValue<string>(), group["Precedence"]!.GetValue<int>()).ShouldBe(("d", Role, 7));
    }

    [Fact]
    public async Task Only_a_description_with_text_counts_as_a_change()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        var made = await pool.GroupAsync("CreateGroup", "Admins", new JsonObject { ["Description"] = "d" }).ShouldSucceedAsync();
        await world.AdvanceAsync("PT1H");

        var omitted = await pool.GroupAsync("UpdateGroup", "Admins").ShouldSucceedAsync();
        var empty = await pool.GroupAsync("UpdateGroup", "Admins", new JsonObject { ["Description"] = "" }).ShouldSucceedAsync();
        var same = await pool.GroupAsync("UpdateGroup", "Admins", new JsonObject { ["Description"] = "d" }).ShouldSucceedAsync();

        omitted.ToJsonString().ShouldBe(made.ToJsonString());
        empty.ToJsonString().ShouldBe(made.ToJsonString());
        same["Group"]!["LastModifiedDate"]!.GetValue<double>().ShouldBeGreaterThan(made["Group"]!["LastModifiedDate"]!.GetValue<double>() + 3599);
        same["Group"]!["CreationDate"]!.GetValue<double>().ShouldBe(made["Group"]!["CreationDate"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_deleted_group_is_gone_and_the_answer_is_empty()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.CreateGroupAsync("Admins");

        var answer = await pool.GroupAsync("DeleteGroup", "Admins");

        (answer.Status, answer.Text).ShouldBe((200, ""));
        (await pool.GroupAsync("DeleteGroup", "Admins")).ShouldBeError("ResourceNotFoundException", "Group not found.");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Groups_are_listed_in_pages_of_their_own_pool(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (pool, other) = (await world.PoolAsync(), await world.PoolAsync());
        foreach (var name in new[] { "c", "a", "b" }) await pool.CreateGroupAsync(name);

        var first = await world.DoAsync("ListGroups", new JsonObject { ["UserPoolId"] = pool.Id, ["Limit"] = 2 });
        var token = first["NextToken"]!.GetValue<string>();
        var second = await world.DoAsync("ListGroups", new JsonObject { ["UserPoolId"] = pool.Id, ["Limit"] = 60, ["NextToken"] = token });

        first.Names("Groups", "GroupName").Concat(second.Names("Groups", "GroupName")).ShouldBe(["a", "b", "c"]);
        second["NextToken"].ShouldBeNull();
        (await world.CallAsync("ListGroups", new JsonObject { ["UserPoolId"] = other.Id, ["NextToken"] = token }))
            .ShouldBeError("InvalidParameterException", "Invalid pagination token given.");
    }

    [Fact]
    public async Task A_page_of_none_is_refused()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.World.CallAsync("ListGroups", new JsonObject { ["UserPoolId"] = pool.Id, ["Limit"] = 0 })).ShouldBeError(
            "InvalidParameterException",
            "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
    }
}
