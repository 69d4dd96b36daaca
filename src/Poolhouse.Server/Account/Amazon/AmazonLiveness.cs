using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Tokens;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>
/// Whether an access token is still accepted at the pool, and whose it is now: GetUser, which answers both. A good answer is believed for a few
/// seconds; a refusal for good, for no token comes to life again; where there is no answer, nobody is let in.
/// </summary>
internal sealed class AmazonLiveness(AmazonCalls calls, Application application, TimeProvider clock)
{
    private const int MostKept = 20_000;
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    // By the token's hash: what is kept signs nobody in.
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Entry>>> _asking = new(StringComparer.Ordinal);

    /// <summary>The user, or why not.</summary>
    /// <exception cref="CognitoException">The pool can't be asked.</exception>
    public async ValueTask<(SeenUser? User, AccessTokenProblem Problem)> AskAsync(string accessToken, Sub sub, CancellationToken ct)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));
        var now = clock.GetUtcNow();
        if (Known(key, now) is { } known) return (known.User, known.Problem);
        // A page asks many things at once: one of them asks the pool. Where revocation is to be felt at once, each does.
        var entry = application.Amazon!.FeltWithin == TimeSpan.Zero
            ? Keep(key, await ReadAsync(accessToken, sub, now, ct))
            : await _asking.GetOrAdd(key, static (key, x) => new Lazy<Task<Entry>>(() => x.self.ReadForAllAsync(key, x.accessToken, x.sub, x.now)), (self: this, accessToken, sub, now))
                .Value.WaitAsync(ct);
        return (entry.User, entry.Problem);
    }

    /// <summary>Forgets what was heard of somebody: it has just been changed here.</summary>
    /// <param name="name">Their name at the pool or their sub.</param>
    public void Forget(string name)
    {
        foreach (var (key, entry) in _entries)
            if (entry.User is { } user && (user.Username == name || user.Sub.Value == name)) _entries.TryRemove(key, out _);
    }

    private Entry? Known(string key, DateTimeOffset now) =>
        _entries.TryGetValue(key, out var known) && known.IsGood(now, application.Amazon!.FeltWithin) ? known : null;

    private Entry Keep(string key, Entry entry)
    {
        if (_entries.Count >= MostKept) _entries.Clear();
        _entries[key] = entry;
        return entry;
    }

    // Not by the cancellation of who came first: the others want the answer still. The call's own budget ends it.
    private async Task<Entry> ReadForAllAsync(string key, string accessToken, Sub sub, DateTimeOffset now)
    {
        try
        {
            return Known(key, now) ?? Keep(key, await ReadAsync(accessToken, sub, now, CancellationToken.None));
        }
        finally
        {
            _asking.TryRemove(key, out _);
        }
    }

    private async Task<Entry> ReadAsync(string accessToken, Sub sub, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var request = new GetUserRequest { AccessToken = accessToken };
            var found = await calls.CallAsync("GetUser", request, Json.GetUserRequest, Json.GetUserResponse, Origin.Unknown, ct);
            var attributes = AmazonUserPool.AttributesOf(found.UserAttributes);
            return attributes.GetValueOrDefault("sub") == sub.Value
                ? new Entry(new SeenUser(application.PoolId, sub, found.Username, attributes), default, now)
                : new Entry(null, AccessTokenProblem.Invalid, now);
        }
        catch (CognitoException refused) when (refused.Status < 500)
        {
            return new Entry(null, ProblemOf(refused), now);
        }
    }

    private static AccessTokenProblem ProblemOf(CognitoException refused) => refused.Type switch
    {
        "UserNotFoundException" => AccessTokenProblem.UserNotFound,
        "UserNotConfirmedException" => AccessTokenProblem.UserNotConfirmed,
        // Whoever must choose another password is no longer signed in.
        "PasswordResetRequiredException" => AccessTokenProblem.Revoked,
        "NotAuthorizedException" => refused.PublicMessage switch
        {
            "Access Token has been revoked" => AccessTokenProblem.Revoked,
            "Access Token has expired" => AccessTokenProblem.Expired,
            "Access Token does not have required scopes" => AccessTokenProblem.MissingScope,
            "User is disabled." => AccessTokenProblem.UserDisabled,
            _ => AccessTokenProblem.Invalid,
        },
        _ => AccessTokenProblem.Invalid,
    };

    private sealed record Entry(SeenUser? User, AccessTokenProblem Problem, DateTimeOffset At)
    {
        // Somebody disabled may be enabled again; and a clock that went back says nothing.
        public bool IsGood(DateTimeOffset now, TimeSpan feltWithin) =>
            (User is null && Problem is AccessTokenProblem.Revoked or AccessTokenProblem.Expired) || (now >= At && now - At < feltWithin);
    }
}
