using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Identities;

/// <summary>Removes identities; their logins are nobody's then. One that isn't there counts as removed. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentities.html</summary>
internal sealed class DeleteIdentities(IDatabase database) : IOperation<DeleteIdentitiesInput, DeleteIdentitiesResponse>
{
    public async ValueTask<DeleteIdentitiesResponse> HandleAsync(DeleteIdentitiesInput request, CallContext call, CancellationToken ct)
    {
        var unprocessed = new List<UnprocessedIdentityId>();
        foreach (var id in request.IdentityIdsToDelete!.Distinct(StringComparer.Ordinal))
        {
            // An id that can't be of this service belongs to somebody else's.
            if (!Guid.TryParseExact(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..], "D", out _))
                unprocessed.Add(new UnprocessedIdentityId { IdentityId = id, ErrorCode = ErrorCodeValues.AccessDenied });
            else
                await database.WriteAsync(unit => unit.Identities.DeleteAsync(new IdentityId(id), ct), ct);
        }

        return new DeleteIdentitiesResponse { UnprocessedIdentityIds = unprocessed };
    }
}
