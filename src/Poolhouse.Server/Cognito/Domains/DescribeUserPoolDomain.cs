using Microsoft.Extensions.Options;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Options;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Domains;

/// <summary>A domain, whosever it is; nothing at all for one that nobody has (observed). https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolDomain.html</summary>
internal sealed class DescribeUserPoolDomain(IDatabase database, IOptions<ServerOptions> options)
    : IOperation<DescribeUserPoolDomainRequest, DescribeUserPoolDomainResponse>
{
    public async ValueTask<DescribeUserPoolDomainResponse> HandleAsync(DescribeUserPoolDomainRequest request, CallContext call, CancellationToken ct)
    {
        var document = await database.ReadAsync(stores => stores.Documents.FindDomainAsync(request.Domain!, ct), ct);
        return new DescribeUserPoolDomainResponse
        {
            DomainDescription = document is null ? new DomainDescriptionType() : DomainMapping.ToWire(document, options.Value.AccountId),
        };
    }
}
