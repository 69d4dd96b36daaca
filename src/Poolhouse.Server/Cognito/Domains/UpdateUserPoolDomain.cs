using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Domains;

/// <summary>Changes what is given of a domain; a prefix can't turn into a custom domain. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolDomain.html</summary>
internal sealed class UpdateUserPoolDomain(PoolDocuments documents) : IOperation<UpdateUserPoolDomainRequest, UpdateUserPoolDomainResponse>
{
    public async ValueTask<UpdateUserPoolDomainResponse> HandleAsync(UpdateUserPoolDomainRequest request, CallContext call, CancellationToken ct)
    {
        var version = 0;
        var (_, document) = await documents.ChangeAsync(
            request.UserPoolId!,
            DocumentKind.Domain,
            request.Domain!,
            (pool, found) =>
            {
                var domain = DocumentTypes.Domain.Read(found);
                if (request.CustomDomainConfig is not null && !domain.IsCustom)
                    throw CognitoException.InvalidParameter("CustomDomainConfig can be given only for a custom domain.");
                var config = request.CustomDomainConfig ?? (domain.IsCustom
                    ? new CustomDomainConfigType { CertificateArn = domain.CertificateArn, SecurityPolicy = domain.SecurityPolicy }
                    : null);
                var changed = DomainMapping.Read(
                    found.Key, config, request.ManagedLoginVersion ?? domain.ManagedLoginVersion, request.Routing, pool.Settings.Tier);
                version = changed.ManagedLoginVersion;
                return (found with { Json = DocumentTypes.Domain.Write(changed) }, [domain.IsCustom ? DomainMapping.Custom : DomainMapping.Prefix]);
            },
            call.Now,
            ct);
        return document is null ? throw DomainMapping.NotFound() : new UpdateUserPoolDomainResponse { ManagedLoginVersion = version };
    }
}
