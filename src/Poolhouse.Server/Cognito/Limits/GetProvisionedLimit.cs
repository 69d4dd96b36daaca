using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;
using Poolhouse.Server.Wire.Quotas;

namespace Poolhouse.Server.Cognito.Limits;

/// <summary>
/// The calls a second that this server serves of a category; what Cognito serves without extra pay is the other number.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetProvisionedLimit.html
/// </summary>
internal sealed class GetProvisionedLimit(RequestQuotas quotas) : IOperation<GetProvisionedLimitRequest, GetProvisionedLimitResponse>
{
    public ValueTask<GetProvisionedLimitResponse> HandleAsync(GetProvisionedLimitRequest request, CallContext call, CancellationToken ct) =>
        ValueTask.FromResult(new GetProvisionedLimitResponse { Limit = Find(quotas, request.LimitDefinition!) });

    /// <summary>The limit of a category.</summary>
    /// <exception cref="CognitoException">There is no such category, or nothing limits it here.</exception>
    public static LimitType Find(RequestQuotas quotas, LimitDefinitionType definition)
    {
        if (definition.Attributes?.GetValueOrDefault("Category") is not { } category || !QuotaCategories.Defaults.TryGetValue(category, out var free))
            throw CognitoException.InvalidParameter("The limit's attributes must name a Category of API operations.");
        return new LimitType
        {
            LimitDefinition = definition,
            ProvisionedLimitValue = quotas.Of(category) ?? throw CognitoException.ResourceNotFound("This server's configuration sets no limit for the category."),
            FreeLimitValue = free,
        };
    }
}
