namespace Poolhouse.Tests.Testing;

/// <summary>
/// A real primary and a real standby that follows it by streaming replication, of one test's own. Replication is synchronous: what was
/// acknowledged is on the standby, so that a promotion after the primary's death loses nothing.
/// </summary>
internal sealed class PostgresPair : IAsyncDisposable
{
    private const string StandbyName = "standby";

    private static readonly string[] Settings = ["synchronous_commit=on"];

    private readonly List<PostgresProcess> all;

    private PostgresPair(PostgresProcess primary, PostgresProcess standby)
    {
        (Primary, Standby) = (primary, standby);
        all = [primary, standby];
    }

    /// <summary>The server that takes writes, or did until it was killed.</summary>
    public PostgresProcess Primary { get; private set; }

    /// <summary>The server that follows it; null after its promotion until another one joins.</summary>
    public PostgresProcess? Standby { get; private set; }

    /// <summary>A running pair; skips the test where PostgreSQL is not installed, fails it in CI.</summary>
    public static async Task<PostgresPair> StartAsync()
    {
        if (!PostgresProcess.IsInstalled)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed, but CI has to test on it.");
            Assert.Skip("PostgreSQL is not installed.");
        }

        // Nothing waits for a standby before there is one.
        var primary = await PostgresProcess.CreateAsync(Settings);
        var pair = new PostgresPair(primary, await primary.CreateStandbyAsync(StandbyName, Settings));
        await pair.ReplicateSynchronouslyAsync();
        return pair;
    }

    /// <summary>A fresh database without any table; answers a connection string that names both servers.</summary>
    /// <param name="settings">More of the string, such as <c>Timeout=2</c>.</param>
    public async Task<string> CreateEmptyDatabaseAsync(string settings = "")
    {
        var name = $"pair_{Guid.NewGuid():N}";
        await Primary.ExecuteAsync($"create database {name}");
        return $"Host=127.0.0.1:{Primary.Port},127.0.0.1:{Standby!.Port};Username=postgres;Database={name};Maximum Pool Size=40;Include Error Detail=true;{settings}";
    }

    /// <summary>The primary dies with every connection and without a word (SIGKILL); nobody takes its place yet.</summary>
    public Task KillPrimaryAsync() => Primary.KillAsync();

    /// <summary>The standby becomes the primary; answers when it takes writes. Whether the former primary lives is not asked.</summary>
    public async Task PromoteAsync()
    {
        var promoted = Standby ?? throw new InvalidOperationException("There is no standby to promote.");
        await promoted.PromoteAsync();
        (Primary, Standby) = (promoted, null);
    }

    /// <summary>A new server joins as the standby of the present primary. Its port is a new one.</summary>
    public async Task JoinStandbyAsync()
    {
        Standby = await Primary.CreateStandbyAsync(StandbyName, Settings);
        all.Add(Standby);
        await ReplicateSynchronouslyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in all) await server.DisposeAsync();
    }

    // In the configuration file, not on the command line: a promoted standby has it as it was copied, and so waits for no standby of its own.
    private async Task ReplicateSynchronouslyAsync()
    {
        await Primary.ExecuteAsync($"alter system set synchronous_standby_names = '{StandbyName}'");
        await Primary.ExecuteAsync("select pg_reload_conf()");
        for (var attempt = 0; !await Primary.AnyAsync("select from pg_stat_replication where sync_state = 'sync'"); attempt++)
        {
            if (attempt == 200) throw new TimeoutException("The standby does not follow.");
            await Task.Delay(25);
        }
    }
}
