using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Telemetry;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.SignIn;

/// <summary>New tokens for a refresh token, with or without rotation. API_GetTokensFromRefreshToken.</summary>
public sealed class Refreshes(IDatabase database, RefreshTokens tokens, TokenIssuer issuer, TokenTriggers triggers, IRandom random, SignInMetrics metrics)
{
    /// <summary>
    /// Checks the token and issues new ones.
    /// </summary>
    /// <param name="pool">The client's pool.</param>
    /// <param name="client">The client that asks.</param>
    /// <param name="token">The refresh token's text.</param>
    /// <param name="deviceKey">The device it comes from, as the client says; null when it says nothing.</param>
    /// <param name="proves">Whether the client proved its secret to this user's name; null where that was checked before.</param>
    /// <param name="clientMetadata">The call's, where triggers may see it.</param>
    /// <param name="origin">From where; becomes the session's last activity.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<IssuedTokens>> RefreshAsync(
        UserPool pool,
        AppClient client,
        string token,
        string? deviceKey,
        Func<Users.User, ClientProof>? proves,
        IReadOnlyDictionary<string, string>? clientMetadata,
        Origin origin,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var outcome = await TryAsync(pool, client, token, deviceKey, proves, clientMetadata, origin, now, ct);
        metrics.Refreshed(outcome.Refusal);
        return outcome;
    }

    private async ValueTask<Outcome<IssuedTokens>> TryAsync(
        UserPool pool,
        AppClient client,
        string token,
        string? deviceKey,
        Func<Users.User, ClientProof>? proves,
        IReadOnlyDictionary<string, string>? clientMetadata,
        Origin origin,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (tokens.Read(token) is not { } presented || presented.PoolId != client.PoolId) return new Refusal.RefreshInvalid();
        if (presented.ClientId != client.Id) return new Refusal.RefreshOfOtherClient();
        var (user, family) = await database.ReadAsync(stores => stores.Users.FindOfFamilyAsync(presented.FamilyId, ct), ct);
        if (user is not null && proves?.Invoke(user) is { } proof and not ClientProof.Valid) return new Refusal.Client(proof);
        if (presented.ExpiresAt <= now) return new Refusal.RefreshExpired();
        if (user is null || family is null) return new Refusal.RefreshUserDeleted();
        if (!user.IsEnabled) return new Refusal.UserDisabled();
        if (family.RevokedAt is not null || family.CurrentRefreshId.Length == 0) return new Refusal.RefreshRevoked();
        if (!await IsFromItsDeviceAsync(pool, family, deviceKey, ct)) return new Refusal.RefreshInvalid();
        // What was current when rotation was turned off stays usable; its ancestors don't (observed).
        var rotation = client.Settings.Rotation is { IsEnabled: true } on ? on : null;
        if (rotation is null && family.CurrentRefreshId != presented.Id) return new Refusal.RefreshRevoked();
        // Before the rotation: a function that fails must not cost the person the session.
        var changes = await triggers.AskAsync(pool, client, user, TokenSource.RefreshTokens, TokenIssuer.ScopesOf(family), clientMetadata, ct);
        if (changes.Refusal is { } objection) return objection;
        if (rotation is null)
        {
            // The one write of a plain refresh, and only where it is asked for. It also says whether the session was ended meanwhile.
            if (family.SessionId is not null && !await database.WriteAsync(unit => TouchAsync(unit, family, origin, now, ct), ct)) return new Refusal.RefreshRevoked();
            return await issuer.IssueAsync(client, user, family, refreshToken: null, changes.Value, now, ct);
        }

        var next = random.UuidText();
        var rotated = await database.WriteAsync(async unit =>
        {
            var outcome = await unit.Families.RotateAsync(family.Id, presented.Id, next, TimeSpan.FromSeconds(rotation.GraceSeconds), now, ct);
            if (outcome == RotationOutcome.Rotated && family.SessionId is not null) await TouchAsync(unit, family, origin, now, ct);
            return outcome;
        }, ct);
        return rotated switch
        {
            RotationOutcome.Rotated => await issuer.IssueAsync(client, user, family, tokens.Write(presented with { Id = next }), changes.Value, now, ct),
            RotationOutcome.Reused => new Refusal.RefreshReused(),
            RotationOutcome.Revoked => new Refusal.RefreshRevoked(),
            _ => new Refusal.RefreshExpired(),
        };
    }

    private static ValueTask<bool> TouchAsync(IUnitOfWork unit, TokenFamily family, Origin origin, DateTimeOffset now, CancellationToken ct) =>
        unit.Families.TouchAsync(family.Id, origin.Device, origin.Address?.ToString(), now, ct);

    /// <summary>
    /// Where devices are tracked, a refresh token serves only the device that its sign-in came from, and only once that is registered and
    /// until it is forgotten (AWS Mobile Blog, "Tracking and remembering devices"; aws-amplify/amplify-android#2506). A sign-in from before
    /// tracking began has no device.
    /// </summary>
    private async ValueTask<bool> IsFromItsDeviceAsync(UserPool pool, TokenFamily family, string? deviceKey, CancellationToken ct)
    {
        if (pool.Settings.Devices is null || family.DeviceKey is not { } key) return true;
        return deviceKey == key && await database.ReadAsync(stores => stores.Devices.FindAsync(pool.Id, family.Sub, key, ct), ct) is not null;
    }
}
