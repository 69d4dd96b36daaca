using Poolhouse.Core.Codes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>The first factors of USER_AUTH, reached by a preference or by SELECT_CHALLENGE.</summary>
public sealed class FirstFactors(IDatabase database, PasswordProof password, SrpProof srp, CodeChallenges codes, ChallengeStates states)
{
    /// <summary>The challenge that asks which factor.</summary>
    public const string SelectChallenge = "SELECT_CHALLENGE";

    /// <summary>Begins with the preferred factor, or names those there are: a preference that can't be met is not an error.</summary>
    public async ValueTask<Outcome<SignInStep>> BeginAsync(SignInRequest request, string username, string? preferred, CancellationToken ct)
    {
        var user = await FindAsync(request, username, ct);
        // A user who may come from elsewhere is asked for the password like one who is here.
        if (user is null && !request.HidesUsers && request.Pool.Settings.Triggers.UserMigration is null) return new Refusal.UserNotFound();
        var available = FirstFactorRules.Of(request.Pool, user, username);
        return preferred is not null && available.Contains(preferred)
            ? await StartAsync(request, username, user, preferred, spends: null, ct)
            : Ask(request, username, SelectChallenge, available);
    }

    /// <summary>Goes on with a chosen factor; with its answer in the same call it also ends there.</summary>
    public async ValueTask<Outcome<SignInStep>> ChooseAsync(
        SignInRequest request, string username, string factor, ChallengeState spends, CancellationToken ct)
    {
        var user = await FindAsync(request, username, ct);
        return FirstFactorRules.Of(request.Pool, user, username).Contains(factor)
            ? await StartAsync(request, username, user, factor, spends, ct)
            : new Refusal.InvalidParameter("Selected challenge is not available.");
    }

    private ValueTask<User?> FindAsync(SignInRequest request, string username, CancellationToken ct) =>
        database.ReadAsync(stores => stores.Users.FindByNameAsync(request.Pool.Id, request.Pool.Normalize(username), ct), ct);

    private async ValueTask<Outcome<SignInStep>> StartAsync(
        SignInRequest request, string username, User? user, string factor, ChallengeState? spends, CancellationToken ct)
    {
        if (FirstFactorRules.AttributeOf(factor) is { } attribute)
        {
            return user is null
                ? await codes.PretendAsync(request, username, factor, ct)
                : await codes.SendAsync(request, username, user, new CodeChallenge(factor, new Delivery(attribute, user[attribute]!)), spends, custom: null, ct);
        }

        if (factor == "PASSWORD_SRP")
        {
            return request["SRP_A"] is { } srpA
                ? await srp.ChallengeAsync(request, username, srpA, custom: null, ct)
                : new Refusal.MissingParameter("SRP_A");
        }

        return request["PASSWORD"] is { } typed
            ? await password.JudgeAsync(request, username, typed, spends, ct)
            : Ask(request, username, factor, [factor]);
    }

    private SignInStep.Challenged Ask(SignInRequest request, string username, string challenge, IReadOnlyList<string> available) => new(
        challenge,
        states.Seal(request.Pool.Id, states.New(request, challenge, username, user: null)),
        new Dictionary<string, string>(StringComparer.Ordinal),
        available);
}
