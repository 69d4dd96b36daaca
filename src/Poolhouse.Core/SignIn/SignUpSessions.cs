using Poolhouse.Core.Clients;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// The sessions that lead from SignUp over ConfirmSignUp to a sign-in without typing the password again. Cognito lets them live
/// for AuthSessionValidity (3–15 minutes), which a slow mail outlasts; here they live as long as the code that is waited for.
/// </summary>
public sealed class SignUpSessions(ChallengeStates states, IRandom random)
{
    /// <summary>State of a session that SignUp answered.</summary>
    public const string Begun = "SIGN_UP";

    /// <summary>State of a session that ConfirmSignUp answered.</summary>
    public const string Confirmed = "SIGN_UP_CONFIRMED";

    /// <summary>A session for a user.</summary>
    public string Make(string kind, AppClient client, User user, DateTimeOffset expiresAt) => states.Seal(client.PoolId, new ChallengeState
    {
        Id = random.UuidText(),
        Challenge = kind,
        ClientId = client.Id.Value,
        Sub = user.Sub.Value,
        Username = user.Username,
        ExpiresAt = expiresAt.ToUnixTimeMilliseconds(),
    });

    /// <summary>A session of nobody, as long as one of somebody whose username is a UUID.</summary>
    public string Pretend(PoolId pool, ClientId client, DateTimeOffset now)
    {
        var nobody = random.UuidText();
        return states.Seal(pool, new ChallengeState
        {
            Id = random.UuidText(),
            Challenge = Begun,
            ClientId = client.Value,
            Sub = nobody,
            Username = nobody,
            ExpiresAt = (now + Codes.CodeIssuer.VerificationLifetime).ToUnixTimeMilliseconds(),
        });
    }

    /// <summary>Whether the session is one that SignUp answered for this very user; one that is too old merely doesn't lead on.</summary>
    public Outcome<bool> Continues(AppClient client, User user, string session, DateTimeOffset now)
    {
        var opened = states.Open(client.PoolId, client.Id, Begun, session, now);
        if (opened.Refusal is Refusal.SessionExpired) return false;
        if (opened.Refusal is { } refusal) return refusal;
        return opened.Value.Sub == user.Sub.Value ? true : new Refusal.SessionInvalid();
    }
}
