using System.Globalization;
using System.Text;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Codes;

/// <summary>
/// Where a code for a user who doesn't exist seems to go, where the client hides users: the same at every call for one name, and of
/// the form a real user's address would have.
/// </summary>
public static class SimulatedDestination
{
    /// <summary>The name itself where it is such an address, else one made from it; to be shown masked only.</summary>
    public static Delivery Of(Sealer sealer, UserPool pool, string username, bool isPhone)
    {
        var isAddress = isPhone ? Addresses.IsPhoneNumber(username) : Addresses.IsEmail(username);
        return new Delivery(isPhone ? "phone_number" : "email", isAddress ? username : Invent(sealer, pool, username, isPhone));
    }

    private static string Invent(Sealer sealer, UserPool pool, string username, bool isPhone)
    {
        var mac = sealer.Mac(SealPurpose.SyntheticUser, Encoding.UTF8.GetBytes($"{pool.Id}/{pool.Normalize(username)}"));
        if (isPhone) return string.Create(CultureInfo.InvariantCulture, $"+1555555{BitConverter.ToUInt16(mac) % 10_000:0000}");
        return $"{(char)('a' + (mac[0] % 26))}@{"gmoyhi"[mac[1] % 6]}";
    }
}
