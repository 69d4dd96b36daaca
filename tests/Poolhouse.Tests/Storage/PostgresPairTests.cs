using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public sealed class PostgresPairTests
{
    [Fact]
    public async Task What_was_committed_before_the_primary_died_is_on_the_promoted_standby_and_on_the_one_that_joins_it()
    {
        await using var pair = await PostgresPair.StartAsync();
        await pair.Primary.ExecuteAsync("create table kept (id bigint primary key)");
        await pair.Primary.ExecuteAsync("insert into kept (id) values (1)");

        await pair.KillPrimaryAsync();
        await pair.PromoteAsync();
        await pair.Primary.ExecuteAsync("insert into kept (id) values (2)");
        await pair.JoinStandbyAsync();
        await pair.Primary.ExecuteAsync("insert into kept (id) values (3)");
        await pair.KillPrimaryAsync();
        await pair.PromoteAsync();

        Assert.True(await pair.Primary.AnyAsync("select from kept having count(*) = 3"));
    }
}
