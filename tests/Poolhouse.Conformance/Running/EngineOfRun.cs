namespace Poolhouse.Conformance.Running;

/// <summary>
/// The database of servers whose tests don't choose one: SQLite, or with <c>POOLHOUSE_TEST_ENGINE=postgres</c> a database of its own for each on a
/// PostgreSQL server that all share.
/// </summary>
internal static class EngineOfRun
{
    private const string Setting = "POOLHOUSE__DATABASE";

    private static readonly Lazy<Task<PostgresCluster>> Shared = new(PostgresCluster.StartAsync);
    private static int databases;

    /// <summary>The options with the database's, where the run wants one and nothing chose another.</summary>
    public static async Task<string[]> WithDatabaseAsync(IReadOnlyDictionary<string, string?> settings, string[] arguments)
    {
        if (Environment.GetEnvironmentVariable("POOLHOUSE_TEST_ENGINE") != "postgres" || settings.ContainsKey(Setting)) return arguments;
        if (arguments.Any(argument => argument.StartsWith("--database", StringComparison.OrdinalIgnoreCase))) return arguments;
        var cluster = await Shared.Value;
        return ["--database", await cluster.CreateDatabaseAsync($"run_{Interlocked.Increment(ref databases)}"), .. arguments];
    }

    /// <summary>Ends the shared server, if there was one.</summary>
    public static async ValueTask EndAsync()
    {
        if (Shared.IsValueCreated) await (await Shared.Value).DisposeAsync();
    }
}
