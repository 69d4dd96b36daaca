using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Clients;

public sealed class UpdateUserPoolClientTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task What_is_omitted_returns_to_its_default_but_for_name_and_secret(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var created = await CreateUserPoolClientTests.CreateAsync(
            pool,
            """{"GenerateSecret":true,"AccessTokenValidity":2,"ExplicitAuthFlows":["ALLOW_USER_SRP_AUTH"],"ReadAttributes":["email"],"PreventUserExistenceErrors":"ENABLED","EnableTokenRevocation":false}""");
        var id = created["ClientId"]!.GetValue<string>();

        var updated = (await pool.World.DoAsync("UpdateUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = id }))["UserPoolClient"]!.AsObject();

        updated["LastModifiedDate"]!.GetValue<decimal>().ShouldBeGreaterThan(created["LastModifiedDate"]!.GetValue<decimal>());
        updated["ClientSecret"]!.GetValue<string>().ShouldBe(created["ClientSecret"]!.GetValue<string>());
        (await DescribeUserPoolClientTests.DescribeAsync(pool, id)).ToJsonString().ShouldBe(updated.ToJsonString());
        var plain = await CreateUserPoolClientTests.CreateAsync(pool, """{"GenerateSecret":true}""");
        foreach (var own in (string[])["ClientId", "ClientSecret", "LastModifiedDate", "CreationDate"])
        {
            updated.Remove(own);
            plain.Remove(own);
        }

        updated.ToJsonString().ShouldBe(plain.ToJsonString());
    }

    [Fact]
    public async Task A_setting_acts_at_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var user = await pool.SignedUpAsync("ann");
        await user.TrySignInAsync();

        await pool.World.DoAsync("UpdateUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId });

        (await user.TrySignInAsync()).ShouldBeError("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client");
    }

    [Fact]
    public async Task Wrong_attributes_are_refused_as_updating()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.World.CallAsync(
            "UpdateUserPoolClient",
            new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId, ["WriteAttributes"] = new JsonArray("custom:none") });

        answer.ShouldBeError("InvalidParameterException", "Invalid write attributes specified while updating a client");
    }

    [Fact]
    public async Task An_unknown_client_does_not_exist()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.World.CallAsync("UpdateUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = "nobody" });

        answer.ShouldBeError("ResourceNotFoundException", "User pool client does not exist.");
    }
}
