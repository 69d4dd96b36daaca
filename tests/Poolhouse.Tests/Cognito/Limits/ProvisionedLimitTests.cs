using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Limits;

/// <summary>GetProvisionedLimit and UpdateProvisionedLimit.</summary>
public sealed class ProvisionedLimitTests
{
    [Theory]
    [InlineData("GetProvisionedLimit")]
    [InlineData("UpdateProvisionedLimit")]
    public async Task No_limit_is_provisioned(string operation)
    {
        var request = new JsonObject
        {
            ["LimitDefinition"] = new JsonObject { ["LimitClass"] = "API_CATEGORY", ["Attributes"] = new JsonObject { ["Category"] = "UserAuthentication" } },
            ["RequestedLimitValue"] = 200,
        };

        (await (await World.OnAsync()).CallAsync(operation, request)).ShouldBeError(
            "ResourceNotFoundException", "No limit is provisioned: the limits of this server are those of its configuration.");
    }
}
