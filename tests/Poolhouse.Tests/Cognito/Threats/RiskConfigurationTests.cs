using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Threats;

/// <summary>SetRiskConfiguration, DescribeRiskConfiguration.</summary>
public sealed class RiskConfigurationTests
{
    private const string Whole =
        """
        {"CompromisedCredentialsRiskConfiguration":{"EventFilter":["SIGN_IN","SIGN_UP"],"Actions":{"EventAction":"BLOCK"}},
        "AccountTakeoverRiskConfiguration":{"NotifyConfiguration":{"From":"a@example.com","ReplyTo":"b@example.com","SourceArn":"arn:aws:ses:us-east-1:000000000000:identity/a@example.com",
        "BlockEmail":{"Subject":"s","HtmlBody":"<b>{event-id}</b>","TextBody":"text {event-id}"}},
        "Actions":{"LowAction":{"Notify":true,"EventAction":"NO_ACTION"},"HighAction":{"Notify":false,"EventAction":"MFA_REQUIRED"}}},
        "RiskExceptionConfiguration":{"BlockedIPRangeList":["192.0.2.0/24"],"SkippedIPRangeList":["2001:db8::/32"]}}
        """;

    [Fact]
    public async Task What_is_set_is_described()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();

        var set = await pool.SetRiskAsync(Whole).ShouldSucceedAsync();
        var described = await DescribeAsync(pool).ShouldSucceedAsync();

        described.ToJsonString().ShouldBe(set.ToJsonString());
        var configuration = described["RiskConfiguration"]!.AsObject();
        configuration.Remove("LastModifiedDate").ShouldBeTrue();
        configuration.Remove("UserPoolId").ShouldBeTrue();
        JsonNode.DeepEquals(configuration, JsonNode.Parse(Whole)).ShouldBeTrue(configuration.ToJsonString());
    }

    [Fact]
    public async Task A_client_has_one_of_its_own()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.SetRiskAsync(Whole).ShouldSucceedAsync();

        (await DescribeAsync(pool, pool.ClientId)).Json["RiskConfiguration"]!.AsObject().Select(m => m.Key).ShouldBe(["UserPoolId", "ClientId"]);
        await pool.SetRiskAsync("""{"RiskExceptionConfiguration":{"BlockedIPRangeList":[]}}""", ofClient: true).ShouldSucceedAsync();
        (await DescribeAsync(pool, pool.ClientId)).Json["RiskConfiguration"]!.AsObject().ContainsKey("RiskExceptionConfiguration").ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"RiskExceptionConfiguration":{"BlockedIPRangeList":["192.0.2.1"]}}""")]
    [InlineData("""{"RiskExceptionConfiguration":{"SkippedIPRangeList":["192.0.2.0/33"]}}""")]
    [InlineData("""{"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":true,"EventAction":"NO_ACTION"}}}}""")]
    [InlineData("""{"AccountTakeoverRiskConfiguration":{"Actions":{},"NotifyConfiguration":{"SourceArn":"arn:aws:ses:us-east-1:000000000000:identity/a","From":"nobody"}}}""")]
    [InlineData("""{"AccountTakeoverRiskConfiguration":{"Actions":{},"NotifyConfiguration":{"SourceArn":"arn:aws:ses:us-east-1:000000000000:identity/a","BlockEmail":{"Subject":"s","HtmlBody":"{one-click-link-valid}"}}}}""")]
    [InlineData("""{"CompromisedCredentialsRiskConfiguration":{"EventFilter":["SIGN_OUT"],"Actions":{"EventAction":"BLOCK"}}}""")]
    public async Task What_nobody_could_act_on_is_refused(string configuration)
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();

        (await pool.SetRiskAsync(configuration)).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Without_threat_protection_there_is_none()
    {
        var world = await World.OnAsync();
        var (pool, foreign) = (await world.PoolAsync(), await world.ThreatPoolAsync());

        (await pool.SetRiskAsync(Whole)).ShouldBeError("UserPoolAddOnNotEnabledException");
        (await DescribeAsync(pool)).ShouldBeError("UserPoolAddOnNotEnabledException");
        (await DescribeAsync(foreign, pool.ClientId)).ShouldBeError("ResourceNotFoundException");
    }

    private static Task<Answer> DescribeAsync(TestPool pool, string? client = null)
    {
        var request = new JsonObject { ["UserPoolId"] = pool.Id };
        if (client is not null) request["ClientId"] = client;
        return pool.World.CallAsync("DescribeRiskConfiguration", request);
    }
}
