using Poolhouse.Core.Documents;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.TermsOfUse;

/// <summary>Gives a client terms of use or a privacy policy. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateTerms.html</summary>
internal sealed class CreateTerms(PoolDocuments documents, IRandom random) : IOperation<CreateTermsRequest, CreateTermsResponse>
{
    public async ValueTask<CreateTermsResponse> HandleAsync(CreateTermsRequest request, CallContext call, CancellationToken ct)
    {
        var terms = new Terms(request.TermsName!, request.TermsSource!, request.Enforcement!, TermsMapping.Links(request.Links));
        var document = PoolDocuments.New(DocumentTypes.Terms, request.UserPoolId!, random.UuidText(), terms, call.Now, request.ClientId);
        string[] names = [TermsMapping.NameOf(request.ClientId!, terms.Name)];
        return await documents.CreateAsync(document, names, (int.MaxValue, "terms"), ct) == SaveDocumentOutcome.Saved
            ? new CreateTermsResponse { Terms = TermsMapping.ToWire(document) }
            : throw TermsMapping.Exists(terms.Name);
    }
}
