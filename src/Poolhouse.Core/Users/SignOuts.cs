using Poolhouse.Core.Clients;
using Poolhouse.Core.Events;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Core.Users;

/// <summary>Ends sign-ins before their time: RevokeToken, GlobalSignOut, AdminUserGlobalSignOut.</summary>
public sealed class SignOuts(IDatabase database, RefreshTokens tokens, IRandom random)
{
    /// <summary>Revokes the family of a refresh token, whichever of its tokens it is. Safe to repeat (RFC 7009 §2.2).</summary>
    /// <returns>Null, or why the token is not this client's to revoke.</returns>
    public async ValueTask<Refusal?> RevokeAsync(AppClient client, string token, DateTimeOffset now, CancellationToken ct)
    {
        if (tokens.Read(token) is not { } presented) return new Refusal.RefreshInvalid();
        if (presented.ClientId != client.Id || presented.PoolId != client.PoolId) return new Refusal.RefreshOfOtherClient();
        await database.WriteAsync(unit => unit.Families.RevokeAsync(presented.FamilyId, now, ct), ct);
        return null;
    }

    /// <summary>Revokes one family.</summary>
    public async ValueTask HereAsync(TokenFamily family, DateTimeOffset now, CancellationToken ct) =>
        await database.WriteAsync(unit => unit.Families.RevokeAsync(family.Id, now, ct), ct);

    /// <summary>Revokes every family of the user.</summary>
    /// <param name="user">Whose sign-ins end.</param>
    /// <param name="client">Through which the user asked; null for an administrator.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask EverywhereAsync(User user, ClientId? client, DateTimeOffset now, CancellationToken ct) =>
        await database.WriteAsync(async unit =>
        {
            await unit.Families.RevokeAllAsync(user.PoolId, user.Sub, now, ct);
            await unit.Events.AddAsync(
                new UserEvent
                {
                    Id = random.UuidText(),
                    PoolId = user.PoolId,
                    Sub = user.Sub,
                    Kind = UserEventKind.SignedOutEverywhere,
                    ClientId = client,
                    At = now,
                },
                ct);
            return true;
        }, ct);
}
