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
    public async Task Groups_are_made_and_users_put_into_them()
    {
        var aws = new AwsCli(development.Server);
        var pool = (await aws.CallAsync("create-user-pool", "--pool-name", "Groups"))["UserPool"]!["Id"]!.GetValue<string>();
        await aws.CallAsync("admin-create-user", "--user-pool-id", pool, "--username", "ann", "--message-action", "SUPPRESS");

        var group = await aws.CallAsync(
            "create-group", "--user-pool-id", pool, "--group-name", "admins", "--precedence", "1", "--role-arn", "arn:aws:iam::000000000000:role/Admins");
        group["Group"]!["Precedence"]!.GetValue<int>().ShouldBe(1);
        await aws.CallAsync("admin-add-user-to-group", "--user-pool-id", pool, "--username", "ann", "--group-name", "admins");

        Names(await aws.CallAsync("list-users-in-group", "--user-pool-id", pool, "--group-name", "admins")).ShouldBe(["ann"]);
        (await aws.CallAsync("admin-list-groups-for-user", "--user-pool-id", pool, "--username", "ann"))["Groups"]!.AsArray()
            .ShouldHaveSingleItem()!["GroupName"]!.GetValue<string>().ShouldBe("admins");
        await aws.CallAsync("admin-remove-user-from-group", "--user-pool-id", pool, "--username", "ann", "--group-name", "admins");
        Names(await aws.CallAsync("list-users-in-group", "--user-pool-id", pool, "--group-name", "admins")).ShouldBeEmpty();
        (await aws.TryAsync("get-group", "--user-pool-id", pool, "--group-name", "nobody")).Error.ShouldContain("(ResourceNotFoundException)");
    }

    [Fact]
    public async Task A_second_factor_is_required_and_set_up_from_the_command_line()
    {
        var aws = new AwsCli(development.Server);
        var pool = (await aws.CallAsync("create-user-pool", "--pool-name", "Mfa"))["UserPool"]!["Id"]!.GetValue<string>();
        var client = (await aws.CallAsync(
            "create-user-pool-client", "--user-pool-id", pool, "--client-name", "cli", "--explicit-auth-flows", "ALLOW_ADMIN_USER_PASSWORD_AUTH"))
            ["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        await aws.CallAsync("admin-create-user", "--user-pool-id", pool, "--username", "ann", "--message-action", "SUPPRESS");
        await aws.CallAsync("admin-set-user-password", "--user-pool-id", pool, "--username", "ann", "--password", "Correct-horse-7", "--permanent");
        var config = await aws.CallAsync(
            "set-user-pool-mfa-config", "--user-pool-id", pool, "--mfa-configuration", "ON", "--software-token-mfa-configuration", "Enabled=true");
        config["MfaConfiguration"]!.GetValue<string>().ShouldBe("ON");

        var asked = await aws.CallAsync(
            "admin-initiate-auth", "--user-pool-id", pool, "--client-id", client, "--auth-flow", "ADMIN_USER_PASSWORD_AUTH",
            "--auth-parameters", "USERNAME=ann,PASSWORD=Correct-horse-7");
        asked["ChallengeName"]!.GetValue<string>().ShouldBe("MFA_SETUP");
        var associated = await aws.CallAsync("associate-software-token", "--session", asked["Session"]!.GetValue<string>());
        associated["SecretCode"]!.GetValue<string>().Length.ShouldBeGreaterThanOrEqualTo(16);
        (await aws.TryAsync("verify-software-token", "--session", associated["Session"]!.GetValue<string>(), "--user-code", "000000"))
            .Error.ShouldContain("(EnableSoftwareTokenMFAException) when calling the VerifySoftwareToken operation: Code mismatch and fail enable Software Token MFA");
        (await aws.TryAsync("admin-set-user-mfa-preference", "--user-pool-id", pool, "--username", "ann", "--software-token-mfa-settings", "Enabled=true"))
            .Error.ShouldContain("(InvalidParameterException)");
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
