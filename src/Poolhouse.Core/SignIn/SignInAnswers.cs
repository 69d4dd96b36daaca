using Poolhouse.Core.Devices;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>The tokens of a sign-in that has succeeded, once the pool's functions have been told and asked.</summary>
public sealed class SignInAnswers(IDatabase database, UserTriggers userTriggers, TokenTriggers tokenTriggers, TokenIssuer issuer, RefreshTokens refreshTokens)
{
    /// <summary>The tokens of a stored family; where a function refuses, the family is revoked, since nobody has its tokens.</summary>
    public async ValueTask<Outcome<SignInStep>> AnswerAsync(
        SignInRequest request, User user, TokenFamily family, TokenSource source, CancellationToken ct)
    {
        var changes = await AskAsync(request, user, family, source, ct);
        if (changes.Refusal is { } refusal)
        {
            await database.WriteAsync(unit => unit.Families.RevokeAsync(family.Id, request.Now, ct), ct);
            return refusal;
        }

        var refresh = refreshTokens.Write(new RefreshToken(family.Id, family.CurrentRefreshId, family.PoolId, family.ClientId, family.ExpiresAt));
        var tokens = await issuer.IssueAsync(request.Client, user, family, refresh, changes.Value, request.Now, ct);
        return new SignInStep.Authenticated(
            tokens, family.DevicePresence == DevicePresence.New ? new NewDevice(family.DeviceKey!, DeviceKeys.GroupOf(family.PoolId, family.Sub)) : null);
    }

    private async ValueTask<Outcome<TokenChanges?>> AskAsync(
        SignInRequest request, User user, TokenFamily family, TokenSource source, CancellationToken ct)
    {
        var isNew = family.DevicePresence == DevicePresence.New;
        if (await userTriggers.PostAuthenticationAsync(request.Pool, user, isNew, request.TriggerOrigin, ct) is { } refusal) return refusal;
        return await tokenTriggers.AskAsync(request.Pool, request.Client, user, source, [TokenIssuer.UserScope], request.ClientMetadata, ct);
    }
}
