using Microsoft.Extensions.Logging;
using Poolhouse.AspNetCore.Caching;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>
/// The pool's keys, fetched when first needed, again for a token that names a key which isn't there, and now and then, so that a key
/// which the pool took away is noticed. When a fetch fails the keys at hand go on being good.
/// </summary>
internal sealed partial class PoolKeys(Uri address, HttpClient http, TimeSpan timeout, TimeProvider time, ILogger logger)
{
    /// <summary>Between two fetches for unknown keys: anybody can write any key's name into a token.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Between two fetches when the last one failed.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>What Poolhouse gives its key sets as <c>max-age</c>.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private volatile KeySet? _keys;
    private Task _fetch = Task.CompletedTask;
    private long _fetchedAt;
    private volatile bool _hasFetched;
    private volatile bool _hasFailed;

    /// <summary>A key by its name. Without one, whether that is certain: false when the pool could not be asked.</summary>
    public async ValueTask<(VerificationKey? Key, bool IsCertain)> FindAsync(string keyId, CancellationToken ct)
    {
        if (_keys?.Find(keyId) is { } known)
        {
            RefreshWhenDue();
            return (known, true);
        }

        await FetchAsync().WaitAsync(ct);
        return (_keys?.Find(keyId), !_hasFailed);
    }

    /// <summary>Whether the pool still publishes a key, as far as is known.</summary>
    public bool Has(VerificationKey key)
    {
        RefreshWhenDue();
        return ReferenceEquals(_keys?.Find(key.Id), key);
    }

    // Nobody waits for this one: the keys at hand are good, and the fetch itself says in the log what became of it.
    private void RefreshWhenDue()
    {
        if (_hasFetched && time.GetElapsedTime(Volatile.Read(ref _fetchedAt)) >= Lifetime) _ = FetchAsync();
    }

    private Task FetchAsync()
    {
        lock (_lock)
        {
            if (!_fetch.IsCompleted) return _fetch;
            if (_hasFetched && time.GetElapsedTime(_fetchedAt) < (_hasFailed ? PauseAfterFailure : Pause)) return Task.CompletedTask;
            Volatile.Write(ref _fetchedAt, time.GetTimestamp());
            _hasFetched = true;
            return _fetch = FetchNowAsync();
        }
    }

    private async Task FetchNowAsync()
    {
        // The rest must not run within the lock.
        await Task.Yield();
        using var limit = new CancellationTokenSource(timeout, time);
        try
        {
            _keys = KeySet.Read(await http.GetByteArrayAsync(address, limit.Token), _keys);
            if (_hasFailed) LogFetched(logger, address);
            _hasFailed = false;
        }
        catch (Exception e) when (Backchannel.IsFailure(e))
        {
            if (!_hasFailed) LogNotFetched(logger, address, Backchannel.Describe(e));
            _hasFailed = true;
        }
    }

    [LoggerMessage(EventIds.KeysNotFetched, LogLevel.Warning, "The keys at {Address} could not be fetched: {Reason}. Those fetched before stay good.")]
    private static partial void LogNotFetched(ILogger logger, Uri address, string reason);

    [LoggerMessage(EventIds.KeysFetched, LogLevel.Information, "The keys at {Address} could be fetched again.")]
    private static partial void LogFetched(ILogger logger, Uri address);
}
