using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Clients;

/// <summary>AddUserPoolClientSecret, DeleteUserPoolClientSecret and ListUserPoolClientSecrets.</summary>
public sealed class ClientSecretTests
{
    private const string Own = "abcdefghijklmnopqrstuvwxyz_0123456789";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Both_secrets_work_until_one_is_deleted(Engine engine)
    {
        var pool = await ConfidentialAsync(engine);
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();
        var added = (await CallAsync(pool, "AddUserPoolClientSecret").ShouldSucceedAsync())["ClientSecretDescriptor"]!;
        var second = added["ClientSecretValue"]!.GetValue<string>();
        var first = (await SecretsAsync(pool))[0]!["ClientSecretId"]!.GetValue<string>();

        var hashes = (await SignInAsync(pool, pool.Secret!), await SignInAsync(pool, second));
        var plain = (await RefreshAsync(pool, tokens.Refresh, pool.Secret!), await RefreshAsync(pool, tokens.Refresh, second));
        (await CallAsync(pool, "DeleteUserPoolClientSecret", ("ClientSecretId", first))).Text.ShouldBe("{}");

        (hashes.Item1.Status, hashes.Item2.Status, plain.Item1.Status, plain.Item2.Status).ShouldBe((200, 200, 200, 200));
        (await SignInAsync(pool, pool.Secret!))
            .ShouldBeError("NotAuthorizedException", $"Unable to verify secret hash for client {pool.ClientId}");
        (await RefreshAsync(pool, tokens.Refresh, pool.Secret!)).ShouldBeError("NotAuthorizedException");
        (await SignInAsync(pool, second)).Status.ShouldBe(200);
        (await RefreshAsync(pool, tokens.Refresh, second)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_list_never_shows_values_and_describe_shows_the_oldest()
    {
        var pool = await ConfidentialAsync();
        await CallAsync(pool, "AddUserPoolClientSecret").ShouldSucceedAsync();

        var secrets = await SecretsAsync(pool);

        secrets.Count.ShouldBe(2);
        foreach (var secret in secrets) secret!.AsObject().Select(m => m.Key).ShouldBe(["ClientSecretId", "ClientSecretCreateDate"]);
        (await DescribeAsync(pool))["ClientSecret"]!.GetValue<string>().ShouldBe(pool.Secret);
    }

    [Fact]
    public async Task A_secret_of_the_callers_own_is_not_told_back()
    {
        var pool = await ConfidentialAsync();
        await pool.ConfirmedAsync("bob");

        var added = (await CallAsync(pool, "AddUserPoolClientSecret", ("ClientSecret", Own)).ShouldSucceedAsync())["ClientSecretDescriptor"]!;

        added.AsObject().ContainsKey("ClientSecretValue").ShouldBeFalse();
        (await SignInAsync(pool, Own)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task There_are_two_at_most_and_one_at_least()
    {
        var pool = await ConfidentialAsync();
        await CallAsync(pool, "AddUserPoolClientSecret").ShouldSucceedAsync();
        var ids = (await SecretsAsync(pool)).Select(s => s!["ClientSecretId"]!.GetValue<string>()).ToList();

        (await CallAsync(pool, "AddUserPoolClientSecret"))
            .ShouldBeError("LimitExceededException", "A user pool client can have at most 2 secrets.");
        (await CallAsync(pool, "DeleteUserPoolClientSecret", ("ClientSecretId", ids[1]))).Status.ShouldBe(200);
        (await CallAsync(pool, "DeleteUserPoolClientSecret", ("ClientSecretId", ids[1])))
            .ShouldBeError("ResourceNotFoundException", "Client secret does not exist.");
        (await CallAsync(pool, "DeleteUserPoolClientSecret", ("ClientSecretId", ids[0])))
            .ShouldBeError("InvalidParameterException", "The last secret of a client cannot be deleted.");
    }

    [Fact]
    public async Task Of_many_adding_at_once_one_wins()
    {
        var pool = await ConfidentialAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => CallAsync(pool, "AddUserPoolClientSecret")));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        (await SecretsAsync(pool)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_public_client_and_the_same_secret_are_refused()
    {
        var world = await World.OnAsync();
        var (open, pool) = (await world.PoolAsync(), await ConfidentialAsync());

        (await CallAsync(open, "AddUserPoolClientSecret"))
            .ShouldBeError("InvalidParameterException", "A secret can be added only to a client that has one.");
        (await CallAsync(pool, "AddUserPoolClientSecret", ("ClientSecret", pool.Secret!)))
            .ShouldBeError("InvalidParameterException", "The client already has this secret.");
        (await SecretsAsync(open)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AddUserPoolClientSecret")]
    [InlineData("DeleteUserPoolClientSecret")]
    [InlineData("ListUserPoolClientSecrets")]
    public async Task An_unknown_client_is_not_found(string operation)
    {
        var pool = await ConfidentialAsync();

        (await pool.World.CallAsync(operation, new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = "nobody", ["ClientSecretId"] = "x" }))
            .ShouldBeError("ResourceNotFoundException", "User pool client does not exist.");
    }

    private static async Task<TestPool> ConfidentialAsync(Engine engine = Engine.Sqlite) => await (await World.OnAsync(engine)).PoolAsync(
        client: new JsonObject
        {
            ["GenerateSecret"] = true,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"),
        });

    private static Task<Answer> CallAsync(TestPool pool, string operation, params (string Name, string Value)[] members)
    {
        var request = new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId };
        foreach (var (name, value) in members) request[name] = value;
        return pool.World.CallAsync(operation, request);
    }

    private static async Task<JsonArray> SecretsAsync(TestPool pool) =>
        (await CallAsync(pool, "ListUserPoolClientSecrets").ShouldSucceedAsync())["ClientSecrets"]!.AsArray();

    private static async Task<JsonObject> DescribeAsync(TestPool pool) =>
        (await CallAsync(pool, "DescribeUserPoolClient").ShouldSucceedAsync())["UserPoolClient"]!.AsObject();

    private static Task<Answer> SignInAsync(TestPool pool, string secret)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("bob" + pool.ClientId));
        return pool.World.CallAsync("InitiateAuth", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = "bob", ["PASSWORD"] = TestPool.Password, ["SECRET_HASH"] = Convert.ToBase64String(hash) },
        });
    }

    private static Task<Answer> RefreshAsync(TestPool pool, string? token, string secret) => pool.World.CallAsync(
        "GetTokensFromRefreshToken",
        new JsonObject { ["ClientId"] = pool.ClientId, ["RefreshToken"] = token, ["ClientSecret"] = secret });
}
