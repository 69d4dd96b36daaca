using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.TermsOfUse;

/// <summary>Changes what is given of terms; every part is required of terms, so none has a default to return to. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateTerms.html</summary>
internal sealed class UpdateTerms(PoolDocuments documents) : IOperation<UpdateTermsRequest, UpdateTermsResponse>
{
    public async ValueTask<UpdateTermsResponse> HandleAsync(UpdateTermsRequest request, CallContext call, CancellationToken ct)
    {
        var links = request.Links is null ? null : TermsMapping.Links(request.Links);
        var (outcome, document) = await documents.ChangeAsync(
            request.UserPoolId!,
            DocumentKind.Terms,
            request.TermsId!,
            (_, found) =>
            {
                var terms = DocumentTypes.Terms.Read(found);
                var changed = new Terms(
                    request.TermsName ?? terms.Name, request.TermsSource ?? terms.Source, request.Enforcement ?? terms.Enforcement, links ?? terms.Links);
                return (found with { Json = DocumentTypes.Terms.Write(changed) }, [TermsMapping.NameOf(found.ClientId!.Value.Value, changed.Name)]);
            },
            call.Now,
            ct);
        if (document is null) throw TermsMapping.NotFound();
        return outcome == SaveDocumentOutcome.Saved
            ? new UpdateTermsResponse { Terms = TermsMapping.ToWire(document) }
            : throw TermsMapping.Exists(request.TermsName!);
    }
}
