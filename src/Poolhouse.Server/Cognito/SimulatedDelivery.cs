using System.Globalization;
using System.Text;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito;

/// <summary>
/// Delivery details for a user who doesn't exist, where the client hides users: the same at every call for one name, and of the
/// form a real user's would have.
/// </summary>
internal sealed class SimulatedDelivery(Sealer sealer)
{
    /// <summary>Details as if a code had gone to the name itself, or to an address made from it.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="username">As sent.</param>
    /// <param name="attributes">Where this pool sends such codes: <c>email</c>, <c>phone_number</c>. Most users have an e-mail address.</param>
    public CodeDeliveryDetailsType Of(UserPool pool, string username, params ReadOnlySpan<string> attributes)
    {
        var isPhone = Addresses.IsPhoneNumber(username) || (attributes.Contains("phone_number") && !attributes.Contains("email"));
        var isAddress = isPhone ? Addresses.IsPhoneNumber(username) : Addresses.IsEmail(username);
        var destination = isAddress ? username : Invent(pool, username, isPhone);
        return new CodeDeliveryDetailsType
        {
            AttributeName = isPhone ? "phone_number" : "email",
            DeliveryMedium = isPhone ? "SMS" : "EMAIL",
            Destination = Addresses.Mask(destination),
        };
    }

    private string Invent(UserPool pool, string username, bool isPhone)
    {
        var mac = sealer.Mac(SealPurpose.SyntheticUser, Encoding.UTF8.GetBytes($"{pool.Id}/{pool.Normalize(username)}"));
        if (isPhone) return string.Create(CultureInfo.InvariantCulture, $"+1555555{BitConverter.ToUInt16(mac) % 10_000:0000}");
        return $"{(char)('a' + (mac[0] % 26))}@{"gmoyhi"[mac[1] % 6]}";
    }
}
