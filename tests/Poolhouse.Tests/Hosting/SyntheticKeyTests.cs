using Poolhouse.Core.Primitives;
using Poolhouse.Server;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Hosting;

/// <summary>The key from which users that don't exist get their salts.</summary>
public sealed class SyntheticKeyTests
{
    [Fact]
    public async Task Nodes_that_start_at_once_have_one_key()
    {
        var server = await PostgresServer.FindAsync();
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
        await using var database = new PostgresDatabase(await server!.CreateDatabaseAsync(), TestSealer.Instance, TimeProvider.System);

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(() => SyntheticKey.LoadAsync(database, TestSealer.Instance, new SystemRandom(), TestContext.Current.CancellationToken))));

        keys.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }
}
