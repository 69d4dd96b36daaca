using Poolhouse.Core.Pools;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Users;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>Who sets an authenticator app up, and by which session where the call has one.</summary>
internal sealed record SoftwareTokenCaller(UserPool Pool, User User, ChallengeState? State);

/// <summary>Finds who calls AssociateSoftwareToken or VerifySoftwareToken: the bearer of an access token, or of a session of MFA_SETUP.</summary>
internal sealed class SoftwareTokenCallers(ChallengedUsers users, ChallengeStates states)
{
    /// <summary>The caller. An access token goes before a session.</summary>
    public async ValueTask<SoftwareTokenCaller> FindAsync(CallContext call, string? session, CancellationToken ct)
    {
        if (call.MaybeCaller is { } caller) return new SoftwareTokenCaller(caller.Pool, caller.User, null);
        // The words are this server's own.
        if (session is null) throw CognitoException.InvalidParameter("Either AccessToken or Session must be provided.");
        var opened = await users.OpenSetUpAsync(session, call.Now, ct);
        if (opened.Refusal is { } refusal) throw Refusals.Of(refusal);
        var (pool, challenged) = opened.Value;
        return new SoftwareTokenCaller(pool, challenged.User!, challenged.State);
    }

    /// <summary>
    /// The session that leads on; null for a caller with a token. It has the id and the end of the one before, so that of all that
    /// one sign-in was given only one is ever spent.
    /// </summary>
    public string? Next(SoftwareTokenCaller caller, bool isSetUp) =>
        caller.State is { } state ? states.Seal(caller.Pool.Id, state with { IsSetUp = isSetUp }) : null;
}
