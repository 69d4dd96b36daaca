using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Srp;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Passwords;

/// <summary>How a password check ended.</summary>
public enum PasswordCheck
{
    /// <summary>It is wrong, or there is none to compare with.</summary>
    Wrong,

    /// <summary>It is right.</summary>
    Right,

    /// <summary>It is right, and what is stored should be made anew: a weaker hash, or no verifier where SRP is used.</summary>
    RightButStale,

    /// <summary>The hash queue is full.</summary>
    Overloaded,
}

/// <summary>Makes and checks what proves a password. All the slow work runs on the hash queue.</summary>
public sealed class Credentials(
    PasswordHasher hasher, HashQueue queue, SrpProtocol srp, Sealer sealer, Catalog catalog, IRandom random)
{
    private const int SaltLength = 16;

    /// <summary>The two forms of a new password; refused only when the queue is full.</summary>
    /// <param name="pool">The user's pool; decides whether a verifier is made.</param>
    /// <param name="sub">Binds the sealed verifier to its user.</param>
    /// <param name="userIdForSrp">The username.</param>
    /// <param name="password">Any text; the policy was asked before.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<PasswordCredential>> MakeAsync(
        UserPool pool, Sub sub, string userIdForSrp, string password, CancellationToken ct)
    {
        var withSrp = await catalog.UsesSrpAsync(pool.Id, ct);
        var salt = withSrp ? random.Bytes(SaltLength) : null;
        var made = await queue.RunAsync(
            () => (Hash: hasher.Hash(password), Verifier: salt is null ? null : srp.ComputeVerifier(pool.Id.Name, userIdForSrp, password, salt)),
            ct);
        if (!made.TryGet(out var forms)) return new Refusal.Overloaded();
        var verifier = forms.Verifier is null ? null : sealer.Seal(forms.Verifier, SealPurpose.SrpVerifier, SealContext.Of(pool.Id, sub));
        return new PasswordCredential(forms.Hash, salt, verifier);
    }

    /// <summary>The forms of a password that follows on the user's present one: the pool's rules and history were asked.</summary>
    public async ValueTask<Outcome<PasswordCredential>> MakeNextAsync(UserPool pool, User user, string password, CancellationToken ct)
    {
        if (PasswordPolicy.Check(pool.Settings.Passwords, password) is { } weak) return new Refusal.Password(weak);
        var usedBefore = await WasUsedBeforeAsync(pool, user, password, ct);
        if (usedBefore.Refusal is { } busy) return busy;
        if (usedBefore.Value) return new Refusal.Password(PasswordProblem.UsedBefore);
        return await MakeAsync(pool, user.Sub, user.Username, password, ct);
    }

    /// <summary>Compares a password with a user's at the cost of making the forms of a new one, so that the time doesn't say which of both was done.</summary>
    public async ValueTask<Outcome<bool>> CompareAsMadeAsync(UserPool pool, User user, string password, CancellationToken ct)
    {
        var salt = await catalog.UsesSrpAsync(pool.Id, ct) ? random.Bytes(SaltLength) : null;
        var ran = await queue.RunAsync(
            () =>
            {
                if (salt is not null) srp.ComputeVerifier(pool.Id.Name, user.Username, password, salt);
                return hasher.Verify(user.Password?.Hash ?? hasher.DummyHash, password) != PasswordVerification.Failed;
            },
            ct);
        return ran.TryGet(out var isRight) ? isRight : new Refusal.Overloaded();
    }

    /// <summary>Compares a password; a user who doesn't exist or has none costs the same.</summary>
    public async ValueTask<PasswordCheck> CheckAsync(User? user, string password, CancellationToken ct)
    {
        var stored = user?.Password;
        var ran = await queue.RunAsync(() => hasher.Verify(stored?.Hash ?? hasher.DummyHash, password), ct);
        if (!ran.TryGet(out var verification)) return PasswordCheck.Overloaded;
        if (stored is null || verification == PasswordVerification.Failed) return PasswordCheck.Wrong;
        if (verification == PasswordVerification.SuccessRehashNeeded) return PasswordCheck.RightButStale;
        return stored.SrpSalt is null && await catalog.UsesSrpAsync(user!.PoolId, ct) ? PasswordCheck.RightButStale : PasswordCheck.Right;
    }

    /// <summary>Whether the password is one of the user's last ones, the present one included. API_PasswordPolicyType.PasswordHistorySize.</summary>
    public async ValueTask<Outcome<bool>> WasUsedBeforeAsync(UserPool pool, User user, string password, CancellationToken ct)
    {
        var size = pool.Settings.Passwords.HistorySize;
        if (size == 0) return false;
        var hashes = user.PasswordHistory.Prepend(user.Password?.Hash).OfType<string>().Take(size).ToArray();
        var ran = await queue.RunAsync(() => Array.Exists(hashes, h => hasher.Verify(h, password) != PasswordVerification.Failed), ct);
        return ran.TryGet(out var wasUsed) ? wasUsed : new Refusal.Overloaded();
    }

    /// <summary>The user with a new password; the old one enters the history as far as the pool keeps one.</summary>
    public static User Replace(UserPool pool, User user, PasswordCredential credential)
    {
        var size = pool.Settings.Passwords.HistorySize;
        var history = user.PasswordHistory.Prepend(user.Password?.Hash).OfType<string>().Take(Math.Max(0, size - 1)).ToArray();
        return user with { Password = credential, PasswordHistory = history, TemporaryPasswordExpiresAt = null };
    }
}
