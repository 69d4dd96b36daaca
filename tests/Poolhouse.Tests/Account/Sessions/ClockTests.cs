using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>Nodes whose clocks differ.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(Engine.Sqlite, "AdminSetUserPassword")]
    [InlineData(Engine.Sqlite, "AdminResetUserPassword")]
    [InlineData(Engine.Postgres, "AdminSetUserPassword")]
    [InlineData(Engine.Postgres, "AdminResetUserPassword")]
    public async Task A_session_that_began_at_a_node_whose_clock_is_ahead_ends_when_an_administrator_says_so(Engine engine, string how)
    {
        await using var world = await World.StartAsync(engine);
        var person = await world.AccountAsync();
        var bystander = await world.AccountAsync();
        await world.AdvanceAsync("PT1H");
        var session = new Browser(world);
        (await session.SignInAsync(person.Email)).Good();
        var other = new Browser(world);
        (await other.SignInAsync(bystander.Email)).Good();
        await world.AdvanceAsync("-PT1H");
        (await session.GetAsync("session")).Good();

        var user = new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = person.Email };
        if (how == "AdminSetUserPassword") (user["Password"], user["Permanent"]) = (TestAccount.Password, true);
        await world.DoAsync(how, user);

        (await session.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        await world.AdvanceAsync("PT1H");
        (await session.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
        (await other.GetAsync("session")).Good();
        if (how == "AdminResetUserPassword") return;

        // Whoever knows the new password is in, whatever the clock says.
        await world.AdvanceAsync("-PT1H");
        var after = new Browser(world);
        (await after.SignInAsync(person.Email)).Good();
        (await after.GetAsync("session")).Good();
    }

    [Fact]
    public async Task A_sign_in_at_a_node_whose_clock_is_behind_that_of_the_one_that_reset_the_password_is_good()
    {
        await using var world = await World.StartAsync();
        var person = await world.AccountAsync();
        var before = new Browser(world);
        (await before.SignInAsync(person.Email)).Good();
        await world.AdvanceAsync("PT10M");
        (await world.ApiAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = person.Email, ["purpose"] = "password_reset" })).Good();
        (await world.ApiAsync(HttpMethod.Post, "auth/verify-otp", new JsonObject
        {
            ["email"] = person.Email, ["purpose"] = "password_reset", ["code"] = await world.CodeAsync(person.Email, atLeast: 2), ["new_password"] = TestAccount.Password,
        })).Good();

        await world.AdvanceAsync("-PT10M");
        var after = new Browser(world);
        (await after.SignInAsync(person.Email)).Good();

        (await after.GetAsync("session")).Good();
        (await before.GetAsync("session")).ShouldBeProblem(401, "SESSION_INVALID");
    }
}
