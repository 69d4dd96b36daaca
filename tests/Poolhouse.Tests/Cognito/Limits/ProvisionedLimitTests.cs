using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Limits;

/// <summary>GetProvisionedLimit and UpdateProvisionedLimit where nothing is limited; <see cref="Wire.RequestQuotaTests"/> has the rest.</summary>
public sealed class ProvisionedLimitTests
{
    [Theory]
    [InlineData("GetProvisionedLimit")]
    [InlineData("UpdateProvisionedLimit")]
    public async Task Where_no_quota_is_enforced_no_limit_is_found(string operation)
    {
        var request = new JsonObject
        {
            ["LimitDefinition"] = new JsonObject { ["LimitClass"] = "API_CATEGORY", ["Attributes"] = new JsonObject { ["Category"] = "UserAuthentication" } },
            ["RequestedLimitValue"] = 200,
        };

        (await (await World.OnAsync()).CallAsync(operation, request)).ShouldBeError(
            "ResourceNotFoundException", "This server's configuration sets no limit for the category.");
    }
}
