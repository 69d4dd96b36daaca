using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Domains;

/// <summary>Gives a pool a prefix or a domain of one's own. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html</summary>
internal sealed class CreateUserPoolDomain(PoolDocuments documents, Resources resources) : IOperation<CreateUserPoolDomainRequest, CreateUserPoolDomainResponse>
{
    public async ValueTask<CreateUserPoolDomainResponse> HandleAsync(CreateUserPoolDomainRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var domain = DomainMapping.Read(request.Domain!, request.CustomDomainConfig, request.ManagedLoginVersion, request.Routing, pool.Settings.Tier);
        var document = PoolDocuments.New(DocumentTypes.Domain, request.UserPoolId!, request.Domain!, domain, call.Now);
        string[] names = [domain.IsCustom ? DomainMapping.Custom : DomainMapping.Prefix];
        return await documents.CreateAsync(document, names, (int.MaxValue, "domains"), ct) switch
        {
            SaveDocumentOutcome.Saved => new CreateUserPoolDomainResponse { ManagedLoginVersion = domain.ManagedLoginVersion },
            SaveDocumentOutcome.KeyTaken => throw CognitoException.InvalidParameter("Domain already associated with another user pool."),
            _ => throw CognitoException.InvalidParameter("User pool already has a domain configured."),
        };
    }
}
