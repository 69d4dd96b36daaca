using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>A pool that takes calls and doesn't answer them. Alone, for its time is real.</summary>
[Collection(Alone.Name)]
public sealed class AmazonPatienceTests
{
    [Fact]
    public async Task A_pool_that_does_not_answer_costs_its_budget_and_no_more()
    {
        await using var world = await AmazonWorld.StartAsync(("TimeoutSeconds", "3"));
        var account = await world.AccountAsync();
        world.Between.Mishap = _ => Mishap.NoAnswer;

        (await world.LoginAsync(account.Email)).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        // What the pool said of the token is believed for a while, the profile is the pool's.
        (await account.GetAsync("me")).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");

        world.Between.Mishap = _ => Mishap.None;
        (await account.GetAsync("me")).Good();
    }
}
