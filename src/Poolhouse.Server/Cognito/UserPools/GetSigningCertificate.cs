using Poolhouse.Core.Tokens;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>
/// The pool's ID key as a certificate, in base64 without lines; it changes when the key is rotated.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetSigningCertificate.html
/// </summary>
internal sealed class GetSigningCertificate(Resources resources, PoolKeys keys) : IOperation<GetSigningCertificateRequest, GetSigningCertificateResponse>
{
    public async ValueTask<GetSigningCertificateResponse> HandleAsync(GetSigningCertificateRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var set = await keys.GetAsync(pool.Id, ct);
        return new GetSigningCertificateResponse { Certificate = Convert.ToBase64String(SigningCertificate.Of(set.Id, pool.Id, pool.CreatedAt)) };
    }
}
