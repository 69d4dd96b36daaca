using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>Nodes whose clocks differ.</summary>
public sealed class ClockTests
{
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
