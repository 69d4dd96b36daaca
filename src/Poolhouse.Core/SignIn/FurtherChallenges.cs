using System.Text.Json;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.SignIn;

/// <summary>What is asked of a user after the first factor: a new password, a second factor, or to set one up.</summary>
public sealed class FurtherChallenges(IDatabase database, ChallengeStates states, CodeChallenges codes)
{
    /// <summary>Asks for a code of an authenticator app.</summary>
    public const string SoftwareTokenMfa = "SOFTWARE_TOKEN_MFA";

    /// <summary>Asks which second factor.</summary>
    public const string SelectMfaType = "SELECT_MFA_TYPE";

    /// <summary>Asks to set a second factor up.</summary>
    public const string MfaSetup = "MFA_SETUP";

    /// <summary>Asks for a new password in place of a temporary one.</summary>
    public SignInStep.Challenged AskNewPassword(SignInRequest request, User user, CustomProgress? custom)
    {
        var missing = AttributeSchema.Required(request.Pool).Where(name => user[name] is null).Select(name => "userAttributes." + name).ToArray();
        var readable = user.Attributes
            .Where(a => AttributeRules.MayRead(request.Client, a.Key))
            .ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        return Ask(request, user, Challenges.NewPasswordRequired.ChallengeName, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["requiredAttributes"] = JsonSerializer.Serialize(missing, SignInJson.Default.StringArray),
            ["userAttributes"] = JsonSerializer.Serialize(readable, SignInJson.Default.DictionaryStringString),
        }, spends: null, custom);
    }

    /// <summary>Asks for a second factor.</summary>
    /// <param name="request">The step that leads to it.</param>
    /// <param name="user">Who is asked.</param>
    /// <param name="demand">What is asked; anything but nothing.</param>
    /// <param name="spends">The challenge that this step uses up, or null.</param>
    /// <param name="custom">How far CUSTOM_AUTH has come; null in every other flow.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<SignInStep>> AskSecondFactorAsync(
        SignInRequest request, User user, MfaDemand demand, ChallengeState? spends, CustomProgress? custom, CancellationToken ct)
    {
        request = request.Continuing(spends);
        if (demand is MfaDemand.Factor { Name: var factor } && MfaFactors.AttributeOf(factor) is { } attribute)
        {
            var challenge = new CodeChallenge(factor, new Delivery(attribute, user[attribute]!), IsSecondFactor: true);
            return await codes.SendAsync(request, user.Username, user, challenge, spends, custom, ct);
        }

        var isFirst = await database.WriteAsync(async unit =>
        {
            if (!await Completion.SpendAsync(unit, spends, ct)) return false;
            if (!request.IsCredited) await PasswordGuesses.ClearAsync(unit, request.Pool, user, ct);
            return true;
        }, ct);
        if (!isFirst) return new Refusal.SessionSpent();
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (demand)
        {
            case MfaDemand.Choice choice:
                parameters["MFAS_CAN_CHOOSE"] = JsonSerializer.Serialize([.. choice.Factors], SignInJson.Default.StringArray);
                return Ask(request, user, SelectMfaType, parameters, spends, custom);
            case MfaDemand.SetUp setUp:
                parameters["MFAS_CAN_SETUP"] = JsonSerializer.Serialize([.. setUp.Factors], SignInJson.Default.StringArray);
                return Ask(request, user, MfaSetup, parameters, spends, custom);
            default:
                if (user.Mfa.SoftwareTokenName is { } name) parameters["FRIENDLY_DEVICE_NAME"] = name;
                return Ask(request, user, SoftwareTokenMfa, parameters, spends, custom);
        }
    }

    private SignInStep.Challenged Ask(
        SignInRequest request, User user, string challenge, Dictionary<string, string> parameters, ChallengeState? spends, CustomProgress? custom)
    {
        var state = states.New(request, challenge, user.Username, user, spends) with { IsSecondFactor = challenge == SoftwareTokenMfa, Custom = custom };
        parameters["USER_ID_FOR_SRP"] = user.Username;
        return new SignInStep.Challenged(challenge, states.Seal(request.Pool.Id, state), parameters);
    }
}
