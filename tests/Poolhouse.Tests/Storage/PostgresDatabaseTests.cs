using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public sealed class PostgresDatabaseTests(PostgresFixture fixture) : StoreTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_unit_that_loses_a_deadlock_runs_again()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        var runs = 0;

        await Task.WhenAll(PutBothAsync("a", "b", first, second), PutBothAsync("b", "a", second, first));

        runs.ShouldBe(3);
        (await ReadAsync(stores => stores.Settings.FindAsync("a", Ct))).ShouldNotBeNull();

        async Task PutBothAsync(string one, string other, TaskCompletionSource mine, TaskCompletionSource theirs) => await WriteAsync(async unit =>
        {
            Interlocked.Increment(ref runs);
            await unit.Settings.PutAsync(one, one, Ct);
            mine.TrySetResult();
            await theirs.Task;
            await unit.Settings.PutAsync(other, one, Ct);
        });
    }
}
