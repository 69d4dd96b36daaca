using Poolhouse.Core.Pools;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Codes;

/// <summary>Chooses where a code goes.</summary>
public static class Destinations
{
    /// <summary>
    /// Sign-up: the auto-verified attribute that the user has; the phone number where both are (user guide, "Configuring email or
    /// phone verification"). Null when no code is to be sent.
    /// </summary>
    public static Delivery? ForSignUp(UserPool pool, IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var attribute in (ReadOnlySpan<string>)["phone_number", "email"])
        {
            if (pool.Settings.AutoVerifiedAttributes.Contains(attribute) && attributes.GetValueOrDefault(attribute) is { Length: > 0 } value)
                return new Delivery(attribute, value);
        }

        return null;
    }

    /// <summary>
    /// Recovery: the pool's mechanisms by priority, each only with a verified address; without a setting, the phone number
    /// before the e-mail (API_AccountRecoverySettingType, legacy behaviour). An address that is a second factor of the user does not
    /// recover the first one, or it alone would be enough (user guide, "MFA"; ASVS 6.4.3). Null when there is none.
    /// </summary>
    public static Delivery? ForRecovery(UserPool pool, User user)
    {
        var order = pool.Settings.AccountRecovery is { Count: > 0 } mechanisms
            ? mechanisms.OrderBy(m => m.Priority).Select(m => m.Name)
            : ["verified_phone_number", "verified_email"];
        foreach (var name in order)
        {
            var attribute = name switch { "verified_email" => "email", "verified_phone_number" => "phone_number", _ => null };
            if (attribute is not null && !IsSecondFactor(pool, user, attribute) && user.HasVerified(attribute) && user[attribute] is { Length: > 0 } value)
                return new Delivery(attribute, value);
        }

        return null;
    }

    private static bool IsSecondFactor(UserPool pool, User user, string attribute) =>
        MfaRules.FactorsOf(pool, user).Any(factor => MfaFactors.AttributeOf(factor) == attribute);
}
