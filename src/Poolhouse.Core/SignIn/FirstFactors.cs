using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn;

/// <summary>The first factors of USER_AUTH, reached by a preference or by SELECT_CHALLENGE.</summary>
public sealed class FirstFactors(PasswordProof password, SrpProof srp, ChallengeStates states, IRandom random)
{
    /// <summary>The challenge that asks which factor.</summary>
    public const string SelectChallenge = "SELECT_CHALLENGE";

    // In the order in which Cognito offers them (observed).
    private static readonly string[] Passwords = ["PASSWORD_SRP", "PASSWORD"];

    /// <summary>Whether the pool lets users begin with the factor. A factor that isn't allowed is not an error: it is not offered.</summary>
    public bool IsAllowed(UserPool pool, string factor) =>
        Passwords.Contains(factor) && pool.Settings.AllowedFirstAuthFactors.Contains("PASSWORD");

    /// <summary>Begins with a factor; with its answer in the same call it also ends there.</summary>
    public async ValueTask<Outcome<SignInStep>> StartAsync(
        SignInRequest request, string username, string factor, ChallengeState? spends, CancellationToken ct)
    {
        if (factor == "PASSWORD_SRP")
        {
            return request["SRP_A"] is { } srpA
                ? await srp.ChallengeAsync(request, username, srpA, ct)
                : new Refusal.MissingParameter("SRP_A");
        }

        return request["PASSWORD"] is { } typed
            ? await password.JudgeAsync(request, username, typed, spends, ct)
            : Ask(request, username, factor);
    }

    /// <summary>Names the factors there are. The same for a name that nobody has.</summary>
    public SignInStep.Challenged Offer(SignInRequest request, string username) =>
        new(SelectChallenge, Session(request, username, SelectChallenge), new Dictionary<string, string>(StringComparer.Ordinal), Passwords);

    private SignInStep.Challenged Ask(SignInRequest request, string username, string factor) =>
        new(factor, Session(request, username, factor), new Dictionary<string, string>(StringComparer.Ordinal), [factor]);

    private string Session(SignInRequest request, string username, string challenge) => states.Seal(request.Pool.Id, new ChallengeState
    {
        Id = random.UuidText(),
        Challenge = challenge,
        ClientId = request.Client.Id.Value,
        Username = username,
        ExpiresAt = request.ChallengeExpiresAt.ToUnixTimeMilliseconds(),
    });
}
