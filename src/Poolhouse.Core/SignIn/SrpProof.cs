using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Srp;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// A password proved without sending it: SRP-6a with Cognito's parameters (reference: amazon-cognito-identity-js,
/// AuthenticationHelper; RFC 5054 for the group).
/// </summary>
public sealed class SrpProof(
    IDatabase database,
    SrpProtocol srp,
    SyntheticVerifier synthetic,
    Sealer sealer,
    ChallengeStates states,
    PasswordGuesses guesses,
    Completion completion,
    IRandom random)
{
    /// <summary>The challenge that asks for the proof.</summary>
    public const string ChallengeName = "PASSWORD_VERIFIER";

    /// <summary>Answers the server's half. A name nobody has gets a challenge too where the client hides users.</summary>
    /// <param name="request">The step.</param>
    /// <param name="username">As typed.</param>
    /// <param name="srpA">The client's public value as hex.</param>
    /// <param name="custom">How far CUSTOM_AUTH has come; null in every other flow.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<SignInStep>> ChallengeAsync(
        SignInRequest request, string username, string srpA, CustomProgress? custom, CancellationToken ct)
    {
        var pool = request.Pool;
        if (!SrpNumbers.TryParseHex(srpA, out var clientPublic)) return new Refusal.InvalidParameter("Invalid SRP_A value.");
        var user = await database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, pool.Normalize(username), ct), ct);
        if (user is null && !request.HidesUsers) return new Refusal.UserNotFound();

        var userId = user?.Username ?? username;
        var (salt, verifier) = VerifierOf(request, user, userId);
        var start = srp.Begin(verifier, random);
        var secretBlock = states.SealBytes(pool.Id, states.New(request, ChallengeName, userId, user) with
        {
            // Nobody's sub where there is no user, so that the block's length doesn't tell.
            Sub = user?.Sub.Value ?? random.UuidText(),
            SrpClientPublic = clientPublic,
            SrpServerPublic = start.PublicValue,
            SrpPrivate = start.PrivateExponent,
            Custom = custom,
        });
        return new SignInStep.Challenged(ChallengeName, null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SALT"] = SrpNumbers.ToHex(salt),
            ["SRP_B"] = SrpNumbers.ToHex(start.PublicValue),
            ["SECRET_BLOCK"] = Convert.ToBase64String(secretBlock),
            ["USERNAME"] = userId,
            ["USER_ID_FOR_SRP"] = userId,
        });
    }

    /// <summary>Judges the client's half. Every way to be wrong has the same answer.</summary>
    public async ValueTask<Outcome<SignInStep>> JudgeAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is not { } username) return new Refusal.MissingParameter("USERNAME");
        if (request["PASSWORD_CLAIM_SECRET_BLOCK"] is not { } block) return new Refusal.MissingParameter("PASSWORD_CLAIM_SECRET_BLOCK");
        if (request["PASSWORD_CLAIM_SIGNATURE"] is not { } signature) return new Refusal.MissingParameter("PASSWORD_CLAIM_SIGNATURE");
        if (request["TIMESTAMP"] is not { } timestamp) return new Refusal.MissingParameter("TIMESTAMP");

        var pool = request.Pool;
        var secretBlock = new byte[block.Length];
        if (!Convert.TryFromBase64String(block, secretBlock, out var length)) return new Refusal.WrongCredentials();
        var opened = states.Open(pool.Id, request.Client.Id, ChallengeName, secretBlock.AsSpan(0, length), request.Now);
        if (opened.Refusal is { } refusal) return refusal is Refusal.SessionExpired ? refusal : new Refusal.WrongCredentials();
        var state = opened.Value;

        var user = await FindAsync(pool.Id, state, ct);
        if (!await guesses.AdmitAsync(pool, user, state.Username, request.Now, ct)) return new Refusal.PasswordLocked();
        var (_, verifier) = VerifierOf(request, user, state.Username);
        var key = srp.SessionKey(state.SrpClientPublic, new SrpServerStart(state.SrpPrivate!, state.SrpServerPublic!), verifier);
        if (key is null || user?.Password?.SealedSrpVerifier is null) return Completion.WrongPassword(request, user);
        var expected = srp.ClaimSignature(key, pool.Id.Name, state.Username, secretBlock.AsSpan(0, length), timestamp);
        if (!SrpProtocol.ClaimMatches(expected, signature)
            || !SrpTimestamp.IsWellFormed(timestamp, request.Now, out _)
            || !await UserNames.AreOfAsync(database, pool, user, username, ct))
            return new Refusal.WrongCredentials();
        return await completion.AfterPasswordAsync(request, user, state, ct);
    }

    private ValueTask<User?> FindAsync(PoolId pool, ChallengeState state, CancellationToken ct) =>
        state.Sub is null ? ValueTask.FromResult<User?>(null) : database.ReadAsync(stores => stores.Users.FindAsync(pool, new Sub(state.Sub), ct), ct);

    private (byte[] Salt, byte[] Verifier) VerifierOf(SignInRequest request, User? user, string userId)
    {
        var pool = request.Pool.Id;
        if (user?.Password is { SrpSalt: { } salt, SealedSrpVerifier: { } sealedVerifier })
        {
            return sealer.TryOpen(sealedVerifier, SealPurpose.SrpVerifier, SealContext.Of(pool, user.Sub), out var verifier)
                ? (salt, verifier)
                : throw new InvalidOperationException($"The verifier of user {user.Sub} was sealed under another master key.");
        }

        var name = request.Pool.Normalize(userId);
        return (synthetic.Salt(pool.Name, name), synthetic.Verifier(pool.Name, name));
    }
}
