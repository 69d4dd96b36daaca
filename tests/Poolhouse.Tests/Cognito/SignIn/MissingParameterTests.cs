using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>What InitiateAuth says of parameters that are not there.</summary>
public sealed class MissingParameterTests
{
    [Theory]
    [InlineData("USER_PASSWORD_AUTH", "PASSWORD", "Missing required parameter USERNAME")]
    [InlineData("USER_PASSWORD_AUTH", "USERNAME", "Missing required parameter PASSWORD")]
    [InlineData("USER_SRP_AUTH", "SRP_A", "Missing required parameter USERNAME")]
    [InlineData("USER_SRP_AUTH", "USERNAME", "Missing required parameter SRP_A")]
    [InlineData("USER_AUTH", "PREFERRED_CHALLENGE", "Missing required parameter USERNAME")]
    public async Task The_first_parameter_that_is_missing_is_named(string flow, string present, string message)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();

        var answer = await world.CallAsync("InitiateAuth", new JsonObject
        {
            ["ClientId"] = pool.ClientId, ["AuthFlow"] = flow, ["AuthParameters"] = new JsonObject { [present] = "PASSWORD" },
        });

        answer.ShouldBeError("InvalidParameterException", message);
    }
}
