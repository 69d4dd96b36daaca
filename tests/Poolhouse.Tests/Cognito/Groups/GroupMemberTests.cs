using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Server.Wire;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Groups;

using Tokens = Poolhouse.Tests.Testing.Tokens;

/// <summary>AdminAddUserToGroup, AdminRemoveUserFromGroup, AdminListGroupsForUser, ListUsersInGroup, and the claims in tokens.</summary>
public sealed class GroupMemberTests
{
    private const string Admins = "arn:aws:iam::123456789012:role/Admins";
    private const string Editors = "arn:aws:iam::123456789012:role/Editors";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_user_joins_and_leaves_as_often_as_it_is_asked(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        await pool.SignedUpAsync("bob");
        await pool.CreateGroupAsync("Admins");

        var joined = await pool.MemberAsync("AdminAddUserToGroup", "bob", "Admins");
        var again = await pool.MemberAsync("AdminAddUserToGroup", "bob", "Admins");
        var groups = await pool.AdminAsync("AdminListGroupsForUser", "bob").ShouldSucceedAsync();
        var left = await pool.MemberAsync("AdminRemoveUserFromGroup", "bob", "Admins");
        var leftAgain = await pool.MemberAsync("AdminRemoveUserFromGroup", "bob", "Admins");

        new[] { joined, again, left, leftAgain }.ShouldAllBe(answer => answer.Status == 200 && answer.Text == "");
        groups.Names("Groups", "GroupName").ShouldBe(["Admins"]);
        (await pool.AdminAsync("AdminListGroupsForUser", "bob")).Text.ShouldBe("""{"Groups":[]}""");
    }

    [Theory]
    [InlineData("AdminAddUserToGroup")]
    [InlineData("AdminRemoveUserFromGroup")]
    [InlineData("AdminListGroupsForUser")]
    public async Task An_unknown_user_is_named_before_an_unknown_group(string operation)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.MemberAsync(operation, "nobody", "Nowhere")).ShouldBeError("UserNotFoundException", "User does not exist.");
    }

    [Fact]
    public async Task Nobody_joins_an_unknown_group_but_anybody_leaves_one()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.SignedUpAsync("bob");

        (await pool.MemberAsync("AdminAddUserToGroup", "bob", "Nowhere")).ShouldBeError("ResourceNotFoundException", "Group not found.");
        (await pool.MemberAsync("AdminRemoveUserFromGroup", "bob", "Nowhere")).Status.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Members_are_listed_in_pages(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var pool = await world.PoolAsync();
        await pool.CreateGroupAsync("Admins");
        await pool.CreateGroupAsync("Others");
        var subs = new List<string>();
        foreach (var name in new[] { "bob", "eve", "joe" })
        {
            subs.Add((await pool.SignedUpAsync(name)).Sub);
            await pool.MemberAsync("AdminAddUserToGroup", name, "Admins");
        }

        var first = await pool.GroupAsync("ListUsersInGroup", "Admins", new JsonObject { ["Limit"] = 2 }).ShouldSucceedAsync();
        var token = first["NextToken"]!.GetValue<string>();
        var second = await pool.GroupAsync("ListUsersInGroup", "Admins", new JsonObject { ["NextToken"] = token }).ShouldSucceedAsync();

        var users = first["Users"]!.AsArray().Concat(second["Users"]!.AsArray()).Select(u => u!.AsObject()).ToList();
        users.Select(u => u["Username"]!.GetValue<string>()).ShouldBe(["bob", "eve", "joe"]);
        users.Select(u => u.Attribute("sub")).ShouldBe(subs);
        var former = world.Services.GetRequiredService<PageTokens>().Seal(subs[0], "ListUsersInGroup", pool.Id, "Admins");
        (await pool.GroupAsync("ListUsersInGroup", "Admins", new JsonObject { ["NextToken"] = former }))
            .ShouldBeError("InvalidParameterException", "Invalid pagination token given.");
        (await pool.GroupAsync("ListUsersInGroup", "Others", new JsonObject { ["NextToken"] = token }))
            .ShouldBeError("InvalidParameterException", "Invalid pagination token given.");
        (await pool.GroupAsync("ListUsersInGroup", "Others")).Text.ShouldBe("""{"Users":[]}""");
    }

    [Fact]
    public async Task A_list_of_groups_goes_on_for_the_same_user_only()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        foreach (var name in new[] { "bob", "eve" }) await pool.SignedUpAsync(name);
        foreach (var group in new[] { "a", "b" })
        {
            await pool.CreateGroupAsync(group);
            await pool.MemberAsync("AdminAddUserToGroup", "bob", group);
        }

        var first = await pool.AdminAsync("AdminListGroupsForUser", "bob", new JsonObject { ["Limit"] = 1 }).ShouldSucceedAsync();
        var token = first["NextToken"]!.GetValue<string>();
        var second = await pool.AdminAsync("AdminListGroupsForUser", "bob", new JsonObject { ["NextToken"] = token }).ShouldSucceedAsync();

        first.Names("Groups", "GroupName").Concat(second.Names("Groups", "GroupName")).ShouldBe(["a", "b"]);
        (await pool.AdminAsync("AdminListGroupsForUser", "eve", new JsonObject { ["NextToken"] = token }))
            .ShouldBeError("InvalidParameterException", "Invalid pagination token given.");
    }

    [Fact]
    public async Task The_hundred_and_first_group_is_refused()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.SignedUpAsync("bob");
        for (var i = 0; i <= 100; i++) await pool.CreateGroupAsync($"g{i}");
        for (var i = 0; i < 100; i++) (await pool.MemberAsync("AdminAddUserToGroup", "bob", $"g{i}")).Status.ShouldBe(200);

        (await pool.MemberAsync("AdminAddUserToGroup", "bob", "g100")).ShouldBeError("InvalidParameterException", "A user can be in at most 100 groups.");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Tokens_say_the_groups_and_only_the_id_token_says_roles(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await pool.CreateGroupAsync("Editors", Editors, precedence: 5);
        await pool.CreateGroupAsync("Admins", Admins, precedence: 1);
        await pool.CreateGroupAsync("Plain");
        foreach (var group in new[] { "Editors", "Admins", "Plain" }) await pool.MemberAsync("AdminAddUserToGroup", "bob", group);

        var tokens = await bob.SignInAsync();

        var (id, access) = (Tokens.Claims(tokens.Id), Tokens.Claims(tokens.Access));
        Texts(access, "cognito:groups").ShouldBe(["Admins", "Editors", "Plain"]);
        Texts(id, "cognito:groups").ShouldBe(["Admins", "Editors", "Plain"]);
        Texts(id, "cognito:roles").ShouldBe([Admins, Editors]);
        id["cognito:preferred_role"]!.GetValue<string>().ShouldBe(Admins);
        access.Select(claim => claim.Key).Take(3).ShouldBe(["sub", "cognito:groups", "iss"]);
        (access["cognito:roles"], access["cognito:preferred_role"]).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_tie_between_roles_prefers_none()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await pool.CreateGroupAsync("Editors", Editors, precedence: 1);
        await pool.CreateGroupAsync("Admins", Admins, precedence: 1);
        foreach (var group in new[] { "Editors", "Admins" }) await pool.MemberAsync("AdminAddUserToGroup", "bob", group);

        var id = Tokens.Claims((await bob.SignInAsync()).Id);

        Texts(id, "cognito:roles").ShouldBe([Admins, Editors]);
        id["cognito:preferred_role"].ShouldBeNull();
    }

    [Fact]
    public async Task A_refresh_reads_the_groups_anew()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.CreateGroupAsync("Admins");
        await pool.MemberAsync("AdminAddUserToGroup", "bob", "Admins");

        var joined = Tokens.Of(await pool.RefreshAsync(tokens.Refresh).ShouldSucceedAsync());
        await pool.GroupAsync("DeleteGroup", "Admins");
        var left = Tokens.Of(await pool.RefreshAsync(tokens.Refresh).ShouldSucceedAsync());

        Tokens.Claims(tokens.Access)["cognito:groups"].ShouldBeNull();
        Texts(Tokens.Claims(joined.Access), "cognito:groups").ShouldBe(["Admins"]);
        Texts(Tokens.Claims(joined.Id), "cognito:groups").ShouldBe(["Admins"]);
        Tokens.Claims(left.Id).ContainsKey("cognito:groups").ShouldBeFalse();
    }

    private static IEnumerable<string> Texts(JsonObject claims, string name) => claims[name]!.AsArray().Select(value => value!.GetValue<string>());
}
