using System.Diagnostics;
using Npgsql;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Storage.Postgres;

/// <summary>
/// The servers of a connection string, and which of them is the primary: everything is read and written there. The driver can choose among
/// hosts itself, but has requests try a dead one anew every few seconds and keeps a promoted standby for a standby as long; here nobody but the
/// search waits for a dead host. It begins when a request, or the watch, has reason to doubt, asks all hosts at once, and goes on until one is found.
/// </summary>
internal sealed class PostgresHosts : IAsyncDisposable
{
    // For how long after the primary was lost requests wait for another one. What takes longer would only pile them up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A former primary that doesn't know it yet answers about as fast as its successor.
    private static readonly TimeSpan OtherAnswers = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<PostgresHost> hosts;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource end = new();
    private readonly Lock turn = new();
    private Task<PostgresHost>? primary;
    private volatile PostgresHost? known;
    private long searchedSince;

    public PostgresHosts(string connectionString, TimeProvider time)
    {
        this.time = time;
        hosts = [.. PostgresSettings.ReadHosts(connectionString).Select(settings => new PostgresHost(settings, isOnly: false))];
        if (hosts.Count == 1)
        {
            hosts = [new PostgresHost(hosts[0].Settings, isOnly: true)];
            known = hosts[0];
            primary = Task.FromResult(known);
        }
    }

    /// <summary>Whether there is another one to go to.</summary>
    public bool AreSeveral => hosts.Count > 1;

    /// <summary>The primary as far as is known; null while it is looked for.</summary>
    public PostgresHost? Known => known;

    /// <summary>Whether the server was lost or is no primary any more, rather than refused something.</summary>
    public static bool IsLost(NpgsqlException exception) => exception is PostgresException { SqlState: { } state }
        ? state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.ReadOnlySqlTransaction
        : exception.InnerException is not TimeoutException;

    /// <summary>
    /// A connection to the primary. Nothing was sent on it, so that trying again is safe: it is tried as long as a caller may wait.
    /// </summary>
    /// <exception cref="NpgsqlException">There is no primary.</exception>
    public async ValueTask<(NpgsqlConnection Connection, PostgresHost Host)> OpenAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var host = await FindInTimeAsync(ct);
            try
            {
                return (await host.Source.OpenConnectionAsync(ct), host);
            }
            catch (NpgsqlException failure) when (IsAway(failure))
            {
                Doubt(host);
                if (Stopwatch.GetElapsedTime(started) >= Patience) throw;
            }
        }
    }

    /// <summary>The primary, once it is known, however long that takes.</summary>
    public Task<PostgresHost> FindAsync(CancellationToken ct) => Search(doubted: null).WaitAsync(ct);

    /// <summary>Something went wrong with a host; if it is still held for the primary, it is looked for anew.</summary>
    public void Doubt(PostgresHost host) => Deadline.Leave(Search(host));

    /// <summary>Closes the pools.</summary>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        foreach (var host in hosts) await host.Source.DisposeAsync();
        end.Dispose();
    }

    // A timeout is also what a full pool ends by, and a server that takes no more connections says so: the search then finds it in its place.
    private static bool IsAway(NpgsqlException failure) => failure is not PostgresException || IsLost(failure);

    private async ValueTask<PostgresHost> FindInTimeAsync(CancellationToken ct)
    {
        var searching = Search(doubted: null);
        if (searching.IsCompleted) return await searching;
        var left = Patience - Stopwatch.GetElapsedTime(Interlocked.Read(ref searchedSince));
        try
        {
            return await searching.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, ct);
        }
        catch (TimeoutException late)
        {
            throw new NpgsqlException("No PostgreSQL server answers as a primary.", late);
        }
    }

    private Task<PostgresHost> Search(PostgresHost? doubted)
    {
        lock (turn)
        {
            var isDoubted = doubted is not null && known == doubted;
            if (primary is { IsFaulted: false, IsCanceled: false } && !isDoubted) return primary;
            known = null;
            Interlocked.Exchange(ref searchedSince, Stopwatch.GetTimestamp());
            // The search outlives the request that it begins with, and is nothing of its.
            using (ExecutionContext.SuppressFlow()) primary = SearchAsync(end.Token);
            return primary;
        }
    }

    private async Task<PostgresHost> SearchAsync(CancellationToken ct)
    {
        // Not under the lock.
        await Task.Yield();
        while (true)
        {
            if (await FindOnceAsync(ct) is { } found)
            {
                // What is idle there may be connected to a machine that is gone.
                foreach (var other in hosts)
                    if (other != found) other.Source.Clear();
                return known = found;
            }

            await Task.Delay(Pause, time, ct);
        }
    }

    private async Task<PostgresHost?> FindOnceAsync(CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var asked = hosts.Select(host => host.AskAsync(time, ct)).ToList();
        var answers = new List<PostgresAnswer>();
        try
        {
            await foreach (var answer in Task.WhenEach(asked).WithCancellation(enough.Token))
            {
                answers.Add(await answer);
                if (answers[^1].IsPrimary) enough.CancelAfter(OtherAnswers);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // One is there; nobody waits for those that are not.
        }

        // A wrong password does not get better by waiting; somebody has to hear of it.
        if (answers.Count == hosts.Count && answers.All(answer => answer.Refusal is not null)) throw answers[0].Refusal!;
        // Of two that both say so, the one that was promoted later: each promotion begins a new timeline.
        return answers.Where(answer => answer.IsPrimary).OrderByDescending(answer => answer.Timeline, StringComparer.Ordinal).FirstOrDefault()?.Host;
    }
}
