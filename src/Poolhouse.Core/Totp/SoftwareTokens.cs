using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Totp;

/// <summary>A right code: the secret it was made with, and the step that is still to be used.</summary>
public sealed record ProvenStep(byte[] SealedSecret, long Step);

/// <summary>Authenticator apps: AssociateSoftwareToken, VerifySoftwareToken, AdminDeleteSoftwareToken, and codes at sign-in.</summary>
public sealed class SoftwareTokens(IDatabase database, Sealer sealer, UserChanges changes, AttemptLimits limits, IRandom random)
{
    /// <summary>Makes a secret that waits for its first code. One in use stays in use until then.</summary>
    /// <returns>The secret in base32, 32 characters.</returns>
    public async ValueTask<Outcome<string>> AssociateAsync(UserPool pool, User user, CancellationToken ct)
    {
        if (!IsAllowed(pool)) return new Refusal.SoftwareTokenNotAllowed();
        var secret = random.Bytes(TimeBasedCode.SecretLength);
        var sealedSecret = sealer.Seal(secret, SealPurpose.TotpSecret, SealContext.Of(pool.Id, user.Sub));
        await database.WriteAsync(async unit =>
        {
            await unit.SoftwareTokens.PutPendingAsync(pool.Id, user.Sub, sealedSecret, ct);
            return true;
        }, ct);
        return Base32.Encode(secret);
    }

    /// <summary>Puts the waiting secret in use by a code made with it. The code's step is used by that.</summary>
    /// <param name="pool">The user's pool.</param>
    /// <param name="user">Whose app it is.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="name">What the person calls the app; empty means nothing.</param>
    /// <param name="isFirstFactorSetUp">
    /// Whether it is set up within a sign-in that waits for it: then the factor is asked for from now on, and a user who set one up
    /// meanwhile is refused, because the password alone must not replace a second factor.
    /// </param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<User>> VerifyAsync(
        UserPool pool, User user, string code, string? name, bool isFirstFactorSetUp, DateTimeOffset now, CancellationToken ct)
    {
        if (!IsAllowed(pool)) return new Refusal.SoftwareTokenNotAllowed();
        if (!await limits.AdmitAsync(AttemptKind.VerifySoftwareToken, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        var token = await database.ReadAsync(stores => stores.SoftwareTokens.FindAsync(pool.Id, user.Sub, ct), ct);
        if (token?.PendingSecret is not { } pending) return new Refusal.SoftwareTokenMissing();
        if (FindStep(pool, user, pending, code, now) is not { } step) return new Refusal.SoftwareTokenUnproven();
        return await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (isFirstFactorSetUp && MfaRules.DemandOn(pool, fresh) is not MfaDemand.SetUp) return new Refusal.SessionInvalid();
                if (!await unit.SoftwareTokens.ActivateAsync(pool.Id, fresh.Sub, pending, step, ct)) return new Refusal.SoftwareTokenMissing();
                var mfa = fresh.Mfa with { HasSoftwareToken = true, SoftwareTokenName = string.IsNullOrWhiteSpace(name) ? null : name };
                return fresh with { Mfa = isFirstFactorSetUp ? mfa.With(MfaFactors.SoftwareToken) with { Preferred = MfaFactors.SoftwareToken } : mfa };
            },
            now,
            takesAliases: false,
            ct);
    }

    /// <summary>Judges a code at sign-in. The step is used by <see cref="UseAsync"/>, in the transaction that lets the user in.</summary>
    public async ValueTask<Outcome<ProvenStep>> JudgeAsync(UserPool pool, User user, string code, DateTimeOffset now, CancellationToken ct)
    {
        var token = await database.ReadAsync(stores => stores.SoftwareTokens.FindAsync(pool.Id, user.Sub, ct), ct);
        if (token?.SealedSecret is not { } secret) return new Refusal.SoftwareTokenMissing();
        return FindStep(pool, user, secret, code, now) is { } step ? new ProvenStep(secret, step) : new Refusal.SoftwareTokenMismatch();
    }

    /// <summary>Uses the step of a right code; refused if it was used before.</summary>
    public static async ValueTask<Refusal?> UseAsync(IUnitOfWork unit, User user, ProvenStep proven, CancellationToken ct) =>
        await unit.SoftwareTokens.UseStepAsync(user.PoolId, user.Sub, proven.SealedSecret, proven.Step, ct) ? null : new Refusal.SoftwareTokenUsed();

    /// <summary>Takes the app away, so that another can be set up.</summary>
    public ValueTask<Outcome<User>> DeleteAsync(UserPool pool, User user, DateTimeOffset now, CancellationToken ct) =>
        changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) => await unit.SoftwareTokens.DeleteAsync(pool.Id, fresh.Sub, ct)
                ? fresh with { Mfa = fresh.Mfa.Without(MfaFactors.SoftwareToken) with { HasSoftwareToken = false, SoftwareTokenName = null } }
                : new Refusal.SoftwareTokenMissing(),
            now,
            takesAliases: false,
            ct);

    // A pool without second factors has no use for one, even if it once allowed them.
    private static bool IsAllowed(UserPool pool) => pool.Settings.Mfa is { AllowsSoftwareToken: true, Mode: not PoolMfa.Off };

    private long? FindStep(UserPool pool, User user, byte[] sealedSecret, string code, DateTimeOffset now) =>
        sealer.TryOpen(sealedSecret, SealPurpose.TotpSecret, SealContext.Of(pool.Id, user.Sub), out var secret)
            ? TimeBasedCode.FindStep(secret, code, now)
            : throw new InvalidOperationException($"The software token of user {user.Sub} was sealed under another master key.");
}
