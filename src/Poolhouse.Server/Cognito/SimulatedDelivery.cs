using Poolhouse.Core.Codes;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sealing;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito;

/// <summary>Delivery details for a user who doesn't exist, where the client hides users.</summary>
internal sealed class SimulatedDelivery(Sealer sealer)
{
    /// <summary>Details as if a mail had gone to the name itself, or to an address made from it.</summary>
    public CodeDeliveryDetailsType Of(UserPool pool, string username) => UserMapping.Details(SimulatedDestination.Of(sealer, pool, username));
}
