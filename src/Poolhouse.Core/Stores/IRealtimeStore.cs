using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;

namespace Poolhouse.Core.Stores;

/// <summary>Users of the WebSocket API and the sign-ins that it was told of.</summary>
public interface IRealtimeStore
{
    /// <summary>By the account.</summary>
    ValueTask<RealtimeUser?> FindAsync(AccountId account, CancellationToken ct);

    /// <summary>By the e-mail address, in lower case.</summary>
    ValueTask<RealtimeUser?> FindByEmailAsync(string application, string email, CancellationToken ct);

    /// <summary>Stores a new one in one statement; false where the account, the e-mail address or the cogId is there already.</summary>
    ValueTask<bool> CreateAsync(RealtimeUser user, CancellationToken ct);

    /// <summary>Gives it another e-mail address; false where somebody has it.</summary>
    ValueTask<bool> ChangeEmailAsync(RealtimeUser user, string email, CancellationToken ct);

    /// <summary>Removes it.</summary>
    ValueTask DeleteAsync(AccountId account, CancellationToken ct);

    /// <summary>Stores a sign-in, in the place of what was stored of it before.</summary>
    ValueTask PutSignInAsync(StoredSignIn signIn, CancellationToken ct);

    /// <summary>A stored sign-in; null where there is none.</summary>
    ValueTask<StoredSignIn?> FindSignInAsync(string familyId, CancellationToken ct);

    /// <summary>Stored sign-ins of an account, newest first. <paramref name="limit"/> 1–100.</summary>
    ValueTask<IReadOnlyList<StoredSignIn>> ListSignInsAsync(AccountId account, int limit, CancellationToken ct);

    /// <summary>Drops a sign-in of an account; false where there is none.</summary>
    ValueTask<bool> DropSignInAsync(AccountId account, string familyId, CancellationToken ct);

    /// <summary>Drops the oldest sign-ins of an account beyond the <paramref name="keep"/> newest, and those that have ended.</summary>
    ValueTask TrimSignInsAsync(AccountId account, int keep, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether any sign-in that is stored of an account goes on: not revoked, not over, of an enabled user.</summary>
    ValueTask<bool> IsLoggedInAsync(AccountId account, DateTimeOffset now, CancellationToken ct);

    /// <summary>Which of these sign-ins are stored and go on: as many as are asked for at most.</summary>
    ValueTask<IReadOnlyList<string>> ListLiveAsync(IReadOnlyCollection<string> familyIds, DateTimeOffset now, CancellationToken ct);
}
