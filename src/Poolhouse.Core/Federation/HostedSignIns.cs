using Poolhouse.Core.Clients;
using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Federation;

/// <summary>Sign-ins at the OAuth endpoints: an authorization code for who was proved, and tokens for the code.</summary>
public sealed class HostedSignIns(IDatabase database, SealedFlow flow, TokenIssuer issuer, RefreshTokens refreshTokens, TokenTriggers triggers, IRandom random)
{
    /// <summary>A code for who has just been proved. Nothing is stored before it is used.</summary>
    public AuthorizationCode NewCode(AuthorizationRequest request, User user, DateTimeOffset now) => new(
        random.UuidText(), random.UuidText(), request, user.Sub.Value, now.ToUnixTimeMilliseconds(), (now + AuthorizationCode.Lifetime).ToUnixTimeMilliseconds());

    /// <summary>Tokens for a code, once. A second use ends the sign-in that the first began: one of the two was not the client (RFC 6749 §4.1.2).</summary>
    /// <param name="pool">The client's pool.</param>
    /// <param name="client">The client, which has proved its secret if it has one.</param>
    /// <param name="text">The code.</param>
    /// <param name="isClients">Whether the rest of the request fits the code: its redirect_uri and its code_verifier.</param>
    /// <param name="origin">From where.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The tokens; null where the code is not good, whatever the reason.</returns>
    public async ValueTask<Outcome<IssuedTokens?>> RedeemAsync(
        UserPool pool, AppClient client, string? text, Func<AuthorizationRequest, bool> isClients, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        IssuedTokens? none = null;
        // A code of another client, or without its verifier, is not used up: who has copied a code must not be able to spend it.
        if (flow.OpenCode(text) is not { } code || code.Request.ClientId != client.Id.Value || !isClients(code.Request)) return none;
        if (code.ExpiresAt <= now.ToUnixTimeMilliseconds()) return none;
        var user = await database.ReadAsync(stores => stores.Users.FindAsync(pool.Id, new Sub(code.Sub), ct), ct);
        if (user is null || Completion.WhyNot(user, now) is not null) return none;
        var family = NewFamily(pool, client, user, code, origin, now);
        var isFirst = await database.WriteAsync(
            async unit =>
            {
                if (!await unit.Spent.SpendAsync(code.Id, DateTimeOffset.FromUnixTimeMilliseconds(code.ExpiresAt), ct))
                {
                    await unit.Families.RevokeAsync(code.FamilyId, now, ct);
                    return false;
                }

                await BeginAsync(unit, pool, family, origin, now, ct);
                return true;
            },
            ct);
        if (!isFirst) return none;
        var issued = await IssueAsync(pool, client, user, family, code.Request.Nonce, now, ct);
        return issued.Refusal is { } refusal ? refusal : issued.Value;
    }

    /// <summary>Tokens at once, for the implicit grant (RFC 6749 §4.2); the refresh token is not to be handed out.</summary>
    public async ValueTask<Outcome<IssuedTokens>> IssueAtOnceAsync(
        UserPool pool, AppClient client, User user, AuthorizationRequest request, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        var family = NewFamily(pool, client, user, NewCode(request, user, now), origin, now);
        await database.WriteAsync(
            async unit =>
            {
                await BeginAsync(unit, pool, family, origin, now, ct);
                return true;
            },
            ct);
        return await IssueAsync(pool, client, user, family, request.Nonce, now, ct);
    }

    private async ValueTask<Outcome<IssuedTokens>> IssueAsync(
        UserPool pool, AppClient client, User user, TokenFamily family, string? nonce, DateTimeOffset now, CancellationToken ct)
    {
        var changes = await triggers.AskAsync(pool, client, user, TokenSource.HostedAuth, family.Scopes, clientMetadata: null, ct);
        if (changes.Refusal is { } refusal)
        {
            // Nobody has its tokens.
            await database.WriteAsync(unit => unit.Families.RevokeAsync(family.Id, now, ct), ct);
            return refusal;
        }

        var refresh = refreshTokens.Write(new RefreshToken(family.Id, family.CurrentRefreshId, family.PoolId, family.ClientId, family.ExpiresAt));
        return await issuer.IssueAsync(client, user, family, refresh, changes.Value, now, ct, nonce);
    }

    private TokenFamily NewFamily(UserPool pool, AppClient client, User user, AuthorizationCode code, Origin origin, DateTimeOffset now)
    {
        var family = new TokenFamily
        {
            Id = code.FamilyId,
            OriginJti = random.UuidText(),
            PoolId = user.PoolId,
            ClientId = client.Id,
            Sub = user.Sub,
            AuthenticatedAt = DateTimeOffset.FromUnixTimeMilliseconds(code.AuthenticatedAt),
            ExpiresAt = now + Validity.RefreshToken(client.Settings),
            CurrentRefreshId = random.UuidText(),
            Scopes = code.Request.Scopes,
        };
        return !pool.Settings.Sessions.IsEnabled ? family : family with
        {
            SessionId = SessionIds.NewToken(random),
            LastActiveAt = now,
            Device = origin.Device,
            Address = origin.Address?.ToString(),
        };
    }

    private async ValueTask BeginAsync(IUnitOfWork unit, UserPool pool, TokenFamily family, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (family.SessionId is not null) await unit.Families.EvictAsync(family.PoolId, family.Sub, pool.Settings.Sessions.MaxPerUser - 1, now, ct);
        await unit.Families.CreateAsync(family, ct);
        await unit.Events.AddAsync(
            new UserEvent
            {
                Id = random.UuidText(),
                PoolId = family.PoolId,
                Sub = family.Sub,
                Kind = UserEventKind.SignedIn,
                ClientId = family.ClientId,
                At = now,
                Address = origin.Address?.ToString(),
                Device = origin.UserAgent is null ? null : origin.Device,
            },
            ct);
    }
}
