using Poolhouse.Core.Codes;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito;

/// <summary>Delivery details for a user who doesn't exist, where the client hides users.</summary>
internal sealed class SimulatedDelivery(Sealer sealer)
{
    /// <summary>Details as if a code had gone to the name itself, or to an address made from it.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="username">As sent.</param>
    /// <param name="attributes">Where this pool sends such codes: <c>email</c>, <c>phone_number</c>. Most users have an e-mail address.</param>
    public CodeDeliveryDetailsType Of(UserPool pool, string username, params ReadOnlySpan<string> attributes)
    {
        var isPhone = Addresses.IsPhoneNumber(username) || (attributes.Contains("phone_number") && !attributes.Contains("email"));
        return UserMapping.Details(SimulatedDestination.Of(sealer, pool, username, isPhone));
    }
}
