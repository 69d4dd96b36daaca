using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.SignIn;

/// <summary>New tokens for a refresh token, with or without rotation. API_GetTokensFromRefreshToken.</summary>
public sealed class Refreshes(IDatabase database, RefreshTokens tokens, TokenIssuer issuer, TokenTriggers triggers, IRandom random)
{
    /// <summary>
    /// Checks the token and issues new ones.
    /// </summary>
    /// <param name="pool">The client's pool.</param>
    /// <param name="client">The client that asks.</param>
    /// <param name="clientMetadata">The call's, where triggers may see it.</param>
    /// <param name="token">The refresh token's text.</param>
    /// <param name="proves">Whether the client proved its secret to this user's name; null where that was checked before.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<IssuedTokens>> RefreshAsync(
        UserPool pool,
        AppClient client,
        string token,
        Func<Users.User, ClientProof>? proves,
        IReadOnlyDictionary<string, string>? clientMetadata,
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
        if (family.RevokedAt is not null) return new Refusal.RefreshRevoked();
        // What was current when rotation was turned off stays usable; its ancestors don't (observed).
        var rotation = client.Settings.Rotation is { IsEnabled: true } on ? on : null;
        if (rotation is null && family.CurrentRefreshId != presented.Id) return new Refusal.RefreshRevoked();
        // Before the rotation: a function that fails must not cost the person the session.
        var changes = await triggers.AskAsync(pool, client, user, TokenSource.RefreshTokens, [TokenIssuer.UserScope], clientMetadata, ct);
        if (changes.Refusal is { } objection) return objection;
        if (rotation is null) return await issuer.IssueAsync(client, user, family, refreshToken: null, changes.Value, now, ct);

        var next = random.UuidText();
        var rotated = await database.WriteAsync(
            unit => unit.Families.RotateAsync(family.Id, presented.Id, next, TimeSpan.FromSeconds(rotation.GraceSeconds), now, ct), ct);
        return rotated switch
        {
            RotationOutcome.Rotated => await issuer.IssueAsync(client, user, family, tokens.Write(presented with { Id = next }), changes.Value, now, ct),
            RotationOutcome.Reused => new Refusal.RefreshReused(),
            RotationOutcome.Revoked => new Refusal.RefreshRevoked(),
            _ => new Refusal.RefreshExpired(),
        };
    }
}
