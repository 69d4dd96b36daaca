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
    /// <summary>Details as if a mail had gone to the name itself, or to an address made from it.</summary>
    public CodeDeliveryDetailsType Of(UserPool pool, string username)
    {
        var isPhone = Addresses.IsPhoneNumber(username);
        var destination = isPhone || Addresses.IsEmail(username) ? username : Invent(pool, username);
        return new CodeDeliveryDetailsType
        {
            AttributeName = isPhone ? "phone_number" : "email",
            DeliveryMedium = isPhone ? "SMS" : "EMAIL",
            Destination = Addresses.Mask(destination),
        };
    }

    private string Invent(UserPool pool, string username)
    {
        var mac = sealer.Mac(SealPurpose.SyntheticUser, Encoding.UTF8.GetBytes($"{pool.Id}/{pool.Normalize(username)}"));
        return $"{(char)('a' + (mac[0] % 26))}@{"gmoyhi"[mac[1] % 6]}";
    }
}
