using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>The AWS command line: an administrator's morning, from a new pool to its end.</summary>
public sealed class AwsCliTests(DevelopmentServer development)
{
    [Fact]
    public async Task A_pool_is_made_filled_used_searched_and_deleted()
    {
        var aws = new AwsCli(development.Server);

        var pool = (await aws.CallAsync("create-user-pool", "--pool-name", "Cli", "--auto-verified-attributes", "email"))["UserPool"]!["Id"]!.GetValue<string>();
        var client = (await aws.CallAsync(
            "create-user-pool-client", "--user-pool-id", pool, "--client-name", "cli",
            "--explicit-auth-flows", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        var created = await aws.CallAsync(
            "admin-create-user", "--user-pool-id", pool, "--username", "ann", "--message-action", "SUPPRESS",
            "--user-attributes", "Name=email,Value=ann@example.com", "Name=email_verified,Value=true");
        created["User"]!["UserStatus"]!.GetValue<string>().ShouldBe("FORCE_CHANGE_PASSWORD");
        await aws.CallAsync("admin-set-user-password", "--user-pool-id", pool, "--username", "ann", "--password", "Correct-horse-7", "--permanent");

        var tokens = await aws.CallAsync(
            "initiate-auth", "--client-id", client, "--auth-flow", "USER_PASSWORD_AUTH", "--auth-parameters", "USERNAME=ann,PASSWORD=Correct-horse-7");
        tokens["AuthenticationResult"]!["TokenType"]!.GetValue<string>().ShouldBe("Bearer");
        var byAdministrator = await aws.CallAsync(
            "admin-initiate-auth", "--user-pool-id", pool, "--client-id", client, "--auth-flow", "ADMIN_USER_PASSWORD_AUTH",
            "--auth-parameters", "USERNAME=ann,PASSWORD=Correct-horse-7");
        var self = await aws.CallAsync("get-user", "--access-token", byAdministrator["AuthenticationResult"]!["AccessToken"]!.GetValue<string>());
        self["Username"]!.GetValue<string>().ShouldBe("ann");

        Names(await aws.CallAsync("list-users", "--user-pool-id", pool, "--filter", "email = \"ann@example.com\"")).ShouldBe(["ann"]);
        Names(await aws.CallAsync("list-users", "--user-pool-id", pool, "--filter", "email ^= \"bob\"")).ShouldBeEmpty();
        var seen = await aws.CallAsync("admin-get-user", "--user-pool-id", pool, "--username", "ann");
        seen["UserStatus"]!.GetValue<string>().ShouldBe("CONFIRMED");
        DateTimeOffset.TryParse(seen["UserCreateDate"]!.ToString(), out _).ShouldBeTrue();

        await aws.CallAsync("admin-delete-user", "--user-pool-id", pool, "--username", "ann");
        (await aws.TryAsync("admin-get-user", "--user-pool-id", pool, "--username", "ann")).Error.ShouldContain("(UserNotFoundException)");
        await aws.CallAsync("delete-user-pool", "--user-pool-id", pool);
        (await aws.TryAsync("describe-user-pool", "--user-pool-id", pool)).Error.ShouldContain($"(ResourceNotFoundException) when calling the DescribeUserPool operation: User pool {pool} does not exist.");
    }

    [Fact]
    public async Task It_pages_through_more_users_than_one_answer_holds()
    {
        var server = development.Server;
        var pool = (await server.Cognito.CallAsync("CreateUserPool", new() { ["PoolName"] = "Pages" }))["UserPool"]!["Id"]!.GetValue<string>();
        var names = Enumerable.Range(0, 125).Select(i => $"user-{i:000}").ToList();
        await Parallel.ForEachAsync(names, async (name, _) =>
            await server.Cognito.CallAsync("AdminCreateUser", new() { ["UserPoolId"] = pool, ["Username"] = name, ["MessageAction"] = "SUPPRESS" }));

        var users = await new AwsCli(server).CallAsync("list-users", "--user-pool-id", pool);

        Names(users).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public async Task An_administrative_call_without_credentials_is_refused_even_on_this_machine()
    {
        var aws = new AwsCli(development.Server, accessKey: null, secretKey: null);

        var unsigned = await aws.TryAsync("list-user-pools", "--max-results", "1", "--no-sign-request");
        var unconfigured = await aws.TryAsync("list-user-pools", "--max-results", "1");

        unsigned.Error.ShouldContain("(MissingAuthenticationTokenException) when calling the ListUserPools operation: Missing Authentication Token");
        unconfigured.Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_call_of_a_user_needs_no_credentials()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        var aws = new AwsCli(development.Server, accessKey: null, secretKey: null);

        var answer = await aws.CallAsync(
            "sign-up", "--no-sign-request", "--client-id", RunningServer.ClientId, "--username", email, "--password", "Correct-horse-7",
            "--user-attributes", $"Name=email,Value={email}");

        answer["UserConfirmed"]!.GetValue<bool>().ShouldBeFalse();
        (await development.Server.Mailbox.CodeAsync(email)).Length.ShouldBe(6);
    }

    private static IEnumerable<string> Names(JsonNode users) => users["Users"]!.AsArray().Select(user => user!["Username"]!.GetValue<string>());
}
