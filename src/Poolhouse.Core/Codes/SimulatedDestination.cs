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
    /// <summary>The name itself where it is an address, else one made from it; to be shown masked only.</summary>
    public static Delivery Of(Sealer sealer, UserPool pool, string username)
    {
        if (Addresses.IsPhoneNumber(username)) return new Delivery("phone_number", username);
        return new Delivery("email", Addresses.IsEmail(username) ? username : Invent(sealer, pool, username));
    }

    private static string Invent(Sealer sealer, UserPool pool, string username)
    {
        var mac = sealer.Mac(SealPurpose.SyntheticUser, Encoding.UTF8.GetBytes($"{pool.Id}/{pool.Normalize(username)}"));
        return $"{(char)('a' + (mac[0] % 26))}@{"gmoyhi"[mac[1] % 6]}";
    }
}
