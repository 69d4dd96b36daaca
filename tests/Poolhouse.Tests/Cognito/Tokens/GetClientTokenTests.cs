using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Tokens;

public sealed class GetClientTokenTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_machine_gets_the_scopes_it_asks_for_or_all_it_may_have(Engine engine)
    {
        var pool = await MachineAsync(await World.OnAsync(engine));

        var all = await TokenAsync(pool).ShouldSucceedAsync();
        var one = await TokenAsync(pool, "api/read", "api/read").ShouldSucceedAsync();

        var result = all["ClientAuthenticationResult"]!;
        result["TokenType"]!.GetValue<string>().ShouldBe("Bearer");
        result["ExpiresIn"]!.GetValue<int>().ShouldBe(1800);
        var claims = Testing.Tokens.Claims(result["AccessToken"]!.GetValue<string>());
        claims["scope"]!.GetValue<string>().ShouldBe("api/read api/write");
        claims["sub"]!.GetValue<string>().ShouldBe(pool.ClientId);
        claims["client_id"]!.GetValue<string>().ShouldBe(pool.ClientId);
        claims["token_use"]!.GetValue<string>().ShouldBe("access");
        claims["iss"]!.GetValue<string>().ShouldBe($"{pool.World.Url}/{pool.Id}");
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(1800);
        Testing.Tokens.Claims(one["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>())["scope"]!.GetValue<string>().ShouldBe("api/read");
    }

    [Fact]
    public async Task Its_token_is_nobodys()
    {
        var pool = await MachineAsync(await World.OnAsync());
        var token = (await TokenAsync(pool).ShouldSucceedAsync())["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>();

        (await pool.World.CallAsync("GetUser", new JsonObject { ["AccessToken"] = token })).ShouldBeError("NotAuthorizedException", "Invalid Access Token");
    }

    [Fact]
    public async Task A_wrong_secret_another_flow_and_a_scope_of_others_are_refused()
    {
        var pool = await MachineAsync(await World.OnAsync());
        var plain = await pool.World.PoolAsync(client: new JsonObject { ["GenerateSecret"] = true, ["ExplicitAuthFlows"] = new JsonArray("ALLOW_REFRESH_TOKEN_AUTH") });

        (await pool.World.CallAsync("GetClientToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Secret"] = "wrong" }))
            .ShouldBeError("NotAuthorizedException", "Invalid client or secret");
        (await pool.World.CallAsync("GetClientToken", new JsonObject { ["ClientId"] = "nobody", ["Secret"] = "wrong" })).ShouldBeError("ResourceNotFoundException");
        (await TokenAsync(plain)).ShouldBeError("InvalidParameterException", "CLIENT_TOKEN_AUTH flow not enabled for this client");
        (await TokenAsync(pool, "api/delete")).ShouldBeError("ScopeDoesNotExistException", "Invalid scope requested: api/delete");
        (await TokenAsync(pool, "api/audit")).ShouldBeError("ScopeDoesNotExistException", "Invalid scope requested: api/audit");
    }

    [Fact]
    public async Task What_a_resource_server_no_longer_has_is_in_no_token()
    {
        var pool = await MachineAsync(await World.OnAsync());

        await ScopesAsync(pool, "UpdateResourceServer", "read");

        Testing.Tokens.Claims((await TokenAsync(pool).ShouldSucceedAsync())["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>())
            ["scope"]!.GetValue<string>().ShouldBe("api/read");
        (await TokenAsync(pool, "api/write")).ShouldBeError("ScopeDoesNotExistException");
    }

    [Fact]
    public async Task A_client_that_could_get_no_token_is_not_made()
    {
        var pool = await MachineAsync(await World.OnAsync());
        Task<Answer> MakeAsync(JsonObject client)
        {
            client["UserPoolId"] = pool.Id;
            client["ClientName"] = "x";
            return pool.World.CallAsync("CreateUserPoolClient", client);
        }

        (await MakeAsync(new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CLIENT_TOKEN_AUTH") }))
            .ShouldBeError("InvalidParameterException", "ALLOW_CLIENT_TOKEN_AUTH needs a client with a secret.");
        (await MakeAsync(new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_AUTH"), ["GenerateSecret"] = true }))
            .ShouldBeError("InvalidParameterException", "ALLOW_CLIENT_TOKEN_AUTH cannot be used with other auth flows.");
        (await MakeAsync(new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CLIENT_TOKEN_AUTH"), ["GenerateSecret"] = true, ["AllowedOAuthScopes"] = new JsonArray("api/nothing"),
        })).ShouldBeError("ScopeDoesNotExistException", "Invalid scope requested: api/nothing");
    }

    private static async Task<TestPool> MachineAsync(World world)
    {
        var pool = await world.PoolAsync();
        await ScopesAsync(pool, "CreateResourceServer", "read", "write", "audit");
        return await TestPool.CreateAsync(world, pool.Id, new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CLIENT_TOKEN_AUTH"),
            ["GenerateSecret"] = true,
            ["AllowedOAuthScopes"] = new JsonArray("api/read", "api/write"),
            ["AccessTokenValidity"] = 30,
            ["TokenValidityUnits"] = new JsonObject { ["AccessToken"] = "minutes" },
        });
    }

    private static Task<JsonObject> ScopesAsync(TestPool pool, string operation, params string[] names) => pool.World.DoAsync(operation, new JsonObject
    {
        ["UserPoolId"] = pool.Id,
        ["Identifier"] = "api",
        ["Name"] = "API",
        ["Scopes"] = new JsonArray([.. names.Select(n => new JsonObject { ["ScopeName"] = n, ["ScopeDescription"] = n })]),
    });

    private static Task<Answer> TokenAsync(TestPool pool, params string[] scopes)
    {
        var request = new JsonObject { ["ClientId"] = pool.ClientId, ["Secret"] = pool.Secret };
        if (scopes.Length > 0) request["Scopes"] = new JsonArray([.. scopes.Select(s => JsonValue.Create(s))]);
        return pool.World.CallAsync("GetClientToken", request);
    }
}
