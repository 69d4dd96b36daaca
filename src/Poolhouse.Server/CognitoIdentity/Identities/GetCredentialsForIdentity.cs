using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.Identities;

/// <summary>Temporary credentials of an identity, limited by its role. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html</summary>
internal sealed class GetCredentialsForIdentity(CallerIdentities callers, IdentityCredentials credentials)
    : IOperation<GetCredentialsForIdentityInput, GetCredentialsForIdentityResponse>
{
    public async ValueTask<GetCredentialsForIdentityResponse> HandleAsync(GetCredentialsForIdentityInput request, CallContext call, CancellationToken ct)
    {
        var (pool, identity, logins) = await callers.ResolveAsync(request.IdentityId!, request.Logins, call.Now, ct);
        var issued = (await credentials.IssueAsync(pool, identity, logins, request.CustomRoleArn, call.Now, ct)).Demand();
        return new GetCredentialsForIdentityResponse
        {
            IdentityId = identity.Id.Value,
            Credentials = new Credentials
            {
                AccessKeyId = issued.AccessKeyId,
                SecretKey = issued.SecretKey.Reveal(),
                SessionToken = issued.SessionToken.Reveal(),
                Expiration = issued.ExpiresAt,
            },
        };
    }
}
