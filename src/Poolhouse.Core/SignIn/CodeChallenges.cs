using System.Text;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.SignIn;

/// <summary>A challenge whose answer is a code that was sent.</summary>
/// <param name="Name">The challenge's name.</param>
/// <param name="Delivery">Where the code goes.</param>
/// <param name="IsSecondFactor">Whether a first factor was proved before.</param>
/// <param name="IsSetUp">Whether the address becomes a second factor by the right answer.</param>
public sealed record CodeChallenge(string Name, Delivery Delivery, bool IsSecondFactor = false, bool IsSetUp = false);

/// <summary>
/// Codes of sign-in challenges: SMS_MFA, EMAIL_OTP, SMS_OTP. The code's HMAC travels in the challenge's sealed state, bound to that
/// very challenge; it lives and ends with it.
/// </summary>
public sealed class CodeChallenges(
    IDatabase database, ChallengeStates states, Sealer sealer, AttemptLimits limits, MessageTriggers messages, IRandom random)
{
    // Observed: eight digits where the code is all there is to prove. A second factor has six, as API_RespondToAuthChallenge's clients expect.
    private const int FirstFactorDigits = 8;
    private const int SecondFactorDigits = 6;

    /// <summary>Sends a code and asks for it.</summary>
    /// <param name="request">The step that leads to it.</param>
    /// <param name="username">The username as the answer will name it.</param>
    /// <param name="user">Who is asked.</param>
    /// <param name="challenge">What is asked.</param>
    /// <param name="spends">The challenge that this step uses up, or null.</param>
    /// <param name="custom">How far CUSTOM_AUTH has come; null in every other flow.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<SignInStep>> SendAsync(
        SignInRequest request, string username, User user, CodeChallenge challenge, ChallengeState? spends, CustomProgress? custom, CancellationToken ct)
    {
        request = request.Continuing(spends);
        var pool = request.Pool;
        if (!await limits.AdmitAsync(AttemptKind.SendSignInCode, pool, user.Sub.Value, request.Now, ct)) return new Refusal.AttemptLimit();
        var digits = random.Digits(challenge.IsSecondFactor ? SecondFactorDigits : FirstFactorDigits);
        var state = With(states.New(request, challenge.Name, username, user, spends), pool.Id, challenge, digits) with { Custom = custom };
        var draft = await messages.DraftAsync(pool, user, MessageSource.Authentication, challenge.Delivery, request.TriggerOrigin with { ValidationData = null }, ct);
        if (draft.Refusal is { } undrafted) return undrafted;
        var message = Message(request, user, challenge, digits, draft.Value);
        var isFirst = await database.WriteAsync(async unit =>
        {
            if (!await Completion.SpendAsync(unit, spends, ct))
            {
                unit.Abandon();
                return false;
            }

            if (challenge.IsSecondFactor && !request.IsCredited) await PasswordGuesses.ClearAsync(unit, pool, user, ct);
            await unit.Outbox.AddAsync(await Recipients.InTheirLanguageAsync(unit, user, message, ct), ct);
            return true;
        }, ct);
        return isFirst ? Asked(pool.Id, state, challenge, user) : new Refusal.SessionSpent();
    }

    /// <summary>Asks a user who isn't there for a code that nobody has.</summary>
    public async ValueTask<Outcome<SignInStep>> PretendAsync(SignInRequest request, string username, string name, CancellationToken ct)
    {
        var pool = request.Pool;
        var challenge = new CodeChallenge(name, SimulatedDestination.Of(sealer, pool, username, isPhone: name == FirstFactorRules.SmsOtp));
        if (!await limits.AdmitAsync(AttemptKind.SendSignInCode, pool, pool.Normalize(username), request.Now, ct)) return new Refusal.AttemptLimit();
        // Nobody's sub, so that the session is as long as anybody's.
        var state = With(states.New(request, challenge.Name, username, user: null) with { Sub = random.UuidText() }, pool.Id, challenge, random.Digits(FirstFactorDigits));
        return Asked(pool.Id, state, challenge, user: null);
    }

    /// <summary>Whether this is the code that was sent for the challenge.</summary>
    public bool IsRight(PoolId pool, ChallengeState state, string code) =>
        state.CodeMac is { } mac && sealer.MacMatches(SealPurpose.CodeHash, Bound(pool, state, code), mac);

    /// <summary>Whether the user still has the address that the code went to: if it is another's by now, so may the mailbox be.</summary>
    public bool IsStillOf(User user, ChallengeState state) =>
        user[state.Attribute!] is { } address && sealer.MacMatches(SealPurpose.CodeHash, Encoding.UTF8.GetBytes(address), state.DestinationMac);

    private ChallengeState With(ChallengeState state, PoolId pool, CodeChallenge challenge, string digits) => state with
    {
        Attribute = challenge.Delivery.Attribute,
        DestinationMac = sealer.Mac(SealPurpose.CodeHash, Encoding.UTF8.GetBytes(challenge.Delivery.Destination)),
        NewAddress = challenge.IsSetUp ? challenge.Delivery.Destination : null,
        IsSecondFactor = challenge.IsSecondFactor,
        CodeMac = sealer.Mac(SealPurpose.CodeHash, Bound(pool, state, digits)),
    };

    private static byte[] Bound(PoolId pool, ChallengeState state, string digits) =>
        Encoding.UTF8.GetBytes($"{pool}\n{state.Id}\n{state.Challenge}\n{digits}");

    private SignInStep.Challenged Asked(PoolId pool, ChallengeState state, CodeChallenge challenge, User? user)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CODE_DELIVERY_DELIVERY_MEDIUM"] = challenge.Delivery.Attribute == "email" ? "EMAIL" : "SMS",
            ["CODE_DELIVERY_DESTINATION"] = Addresses.Mask(challenge.Delivery.Destination),
        };
        if (challenge.IsSecondFactor && user is not null) parameters["USER_ID_FOR_SRP"] = user.Username;
        return new SignInStep.Challenged(challenge.Name, states.Seal(pool, state), parameters, challenge.IsSecondFactor ? null : [challenge.Name]);
    }

    private OutboxMessage Message(SignInRequest request, User user, CodeChallenge challenge, string digits, MessageDraft draft)
    {
        var own = request.Pool.Settings.Mfa;
        return CodeMessages.Of(
            request.Pool,
            user,
            challenge.IsSecondFactor ? MessageKind.SecondFactorCode : MessageKind.SignInCode,
            challenge.Delivery,
            digits,
            new OwnTexts(own.MailSubject, own.MailBody, own.SmsText),
            draft,
            (request.Now, request.ChallengeExpiresAt),
            $"sign-in/{challenge.Delivery.Attribute}",
            random);
    }
}
