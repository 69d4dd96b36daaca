using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Server.Account;
using Poolhouse.Tests.Account.Invites;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>What the account API does otherwise in front of a pool at Amazon. What it does alike is tested by the tests of each route, on both.</summary>
public sealed class AmazonGatewayTests
{
    [Fact]
    public async Task A_client_with_a_secret_registers_confirms_signs_in_refreshes_and_leaves()
    {
        await using var world = await AmazonWorld.StartAsync(ClientWithSecretAsync, static _ => { }, ("RevocationSeconds", "0"));
        var email = TestAccount.NewEmail();

        var session = (await world.RegisterAsync(email)).Good().Json["session"]!.GetValue<string>();
        (await world.PostAsync("auth/request-otp", new JsonObject { ["email"] = email, ["purpose"] = "email_verification" })).Good();
        await world.Remote.CodeAsync(email, atLeast: 2);
        var signedIn = (await world.VerifyAsync(email, session)).Good().Json;
        var login = (await world.LoginAsync(email)).Good().Json;
        var refreshed = (await world.PostAsync("auth/refresh", new JsonObject { ["refresh_token"] = login["refresh_token"]!.GetValue<string>() })).Good().Json;
        var body = new JsonObject { ["refresh_token"] = login["refresh_token"]!.GetValue<string>() };
        (await world.PostAsync("auth/logout", body, refreshed["access_token"]!.GetValue<string>())).Good();

        signedIn["access_token"]!.GetValue<string>().ShouldNotBeEmpty();
        (await world.Front.ApiAsync(HttpMethod.Get, "features", null, login["access_token"]!.GetValue<string>())).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await world.Front.ApiAsync(HttpMethod.Get, "features", null, signedIn["access_token"]!.GetValue<string>())).Good();
        // The secret itself goes along only where the protocol wants it, and the person's address so that Amazon can judge it.
        world.Between.Passed.First(p => p.Operation == "SignUp").Json["UserContextData"]!["IpAddress"]!.GetValue<string>().ShouldBe("127.0.0.1");
        world.Between.Passed.Where(p => p.Body.Contains("ClientSecret", StringComparison.Ordinal)).Select(p => p.Operation).Distinct()
            .ShouldBe(["GetTokensFromRefreshToken", "RevokeToken"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_by_a_code_of_the_pools()
    {
        await using var world = await AmazonWorld.StartAsync(ClientWithSecretAsync, static _ => { });
        var account = await world.AccountAsync();

        (await world.PostAsync("auth/request-otp", new JsonObject { ["email"] = account.Email, ["purpose"] = "password_reset" })).Good();
        var code = await world.Remote.CodeAsync(account.Email, atLeast: 2);
        var reset = new JsonObject { ["email"] = account.Email, ["code"] = code, ["purpose"] = "password_reset", ["new_password"] = "Another-123456" };

        (await world.PostAsync("auth/verify-otp", reset)).Text.ShouldBe("""{"message":"Password reset"}""");
        (await world.LoginAsync(account.Email)).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await world.LoginAsync(account.Email, "Another-123456")).Good();
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_answered()
    {
        await using var world = await AmazonWorld.StartAsync(ClientWithSecretAsync, static _ => { });
        var email = TestAccount.NewEmail();
        await world.DoAsync("AdminCreateUser", email, new JsonObject
        {
            ["TemporaryPassword"] = "Temporary-123456", ["MessageAction"] = "SUPPRESS", ["UserAttributes"] = Calls.Attributes(("email", email), ("email_verified", "true")),
        });

        var asked = (await world.LoginAsync(email, "Temporary-123456")).Good().Json;
        var answer = new JsonObject
        {
            ["challenge"] = asked["challenge"]!.GetValue<string>(), ["session"] = asked["session"]!.GetValue<string>(), ["email"] = email,
            // A hash of one's own is not taken for the client's.
            ["responses"] = new JsonObject { ["NEW_PASSWORD"] = TestAccount.Password, ["SECRET_HASH"] = "forged" },
        };
        var tokens = (await world.PostAsync("auth/challenge", answer)).Good().Json;

        asked["challenge"]!.GetValue<string>().ShouldBe("NEW_PASSWORD_REQUIRED");
        tokens["access_token"]!.GetValue<string>().ShouldNotBeEmpty();
        (await world.LoginAsync(email)).Good();
    }

    [Fact]
    public async Task A_wrong_secret_is_the_operators_fault_and_told_as_that()
    {
        await using var world = await AmazonWorld.StartAsync(async remote => ((await ClientWithSecretAsync(remote)).Id, "another-secret"), static _ => { });

        (await world.LoginAsync("somebody@example.com")).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        (await world.RegisterAsync(TestAccount.NewEmail())).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
    }

    [Fact]
    public async Task A_token_that_the_front_end_got_from_the_pool_itself_is_known_here()
    {
        await using var world = await AmazonWorld.StartAsync(("OtherClientIds:0", "poolhousewebclient00000000"));
        var email = TestAccount.NewEmail();
        await world.DoAsync("AdminCreateUser", email, new JsonObject { ["MessageAction"] = "SUPPRESS", ["UserAttributes"] = Calls.Attributes(("email", email), ("email_verified", "true")) });
        await world.DoAsync("AdminSetUserPassword", email, new JsonObject { ["Password"] = TestAccount.Password, ["Permanent"] = true });
        var auth = await world.Remote.DoAsync("InitiateAuth", new JsonObject
        {
            ["ClientId"] = "poolhousewebclient00000000", ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = email, ["PASSWORD"] = TestAccount.Password },
        });
        var access = auth["AuthenticationResult"]!["AccessToken"]!.GetValue<string>();

        var me = (await world.Front.ApiAsync(HttpMethod.Get, "me", null, access)).Good().Json;
        var home = (await world.Front.ApiAsync(HttpMethod.Get, "activities/home", null, access)).Good().Json;
        var tree = await world.Front.ApiAsync(HttpMethod.Get, "binary-tree", null, access);

        me["email"]!.GetValue<string>().ShouldBe(email);
        home["signed_in"]!.GetValue<bool>().ShouldBeTrue();
        tree.Good();
    }

    [Fact]
    public async Task The_web_client_is_told_of_the_pool_at_Amazon()
    {
        await using var open = await AmazonWorld.StartAsync();
        await using var secret = await AmazonWorld.StartAsync(ClientWithSecretAsync, static _ => { });

        var settings = JsonNode.Parse(await open.Front.Http.GetStringAsync("/config.json", TestContext.Current.CancellationToken))!;

        settings["userPoolId"]!.GetValue<string>().ShouldBe(AmazonScene.PoolId);
        settings["userPoolClientId"]!.GetValue<string>().ShouldBe(AmazonScene.ClientId);
        settings["endpoint"]!.GetValue<string>().ShouldBe(open.Between.Url + "/");
        settings["passwordPolicy"]!["requireSymbols"]!.GetValue<bool>().ShouldBeFalse();
        // A browser keeps no secret.
        (await secret.Front.Http.GetAsync("/config.json", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Links_are_not_mailed_beside_codes()
    {
        await using var world = await AmazonWorld.StartAsync(("ConfirmBy", "Link"));
        var email = TestAccount.NewEmail();

        (await world.RegisterAsync(email)).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");

        (await world.UserAsync(email)).ShouldBeNull();
        (await world.Remote.MailAsync(email)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_invited_is_made_without_a_mail_of_the_pools_and_signs_in()
    {
        await using var world = await AmazonWorld.StartAsync(("UsersMayInvite", "true"));
        var (inviter, email) = (await world.AccountAsync(), TestAccount.NewEmail());
        await inviter.InviteAsync(email);
        var token = await world.Front.TokenAsync(email);

        (await world.RegisterAsync(email, new JsonObject { ["invite_token"] = token, ["password"] = "short" })).ShouldBeProblem(400, "PASSWORD_NOT_ACCEPTABLE");
        (await world.UserAsync(email)).ShouldBeNull();
        (await world.RegisterAsync(email, new JsonObject { ["invite_token"] = token })).Text.ShouldBe("""{"message":"Signup complete"}""");

        (await world.LoginAsync(email)).Good();
        (await world.Remote.MailAsync(email)).ShouldBeEmpty();
        (await world.UserAsync(email))!["UserStatus"]!.GetValue<string>().ShouldBe("CONFIRMED");
    }

    [Fact]
    public async Task An_application_for_invited_people_lets_in_operators_and_who_has_an_invitation_to_the_address_they_proved()
    {
        await using var world = await AmazonWorld.StartAsync(("Invitation", "Required"), ("RevocationSeconds", "0"));
        var (op, invited, stranger) = (TestAccount.NewEmail(), TestAccount.NewEmail(), TestAccount.NewEmail());
        foreach (var email in new[] { op, invited, stranger })
        {
            await world.DoAsync("AdminCreateUser", email, new JsonObject { ["MessageAction"] = "SUPPRESS", ["UserAttributes"] = Calls.Attributes(("email", email), ("email_verified", "true")) });
            await world.DoAsync("AdminSetUserPassword", email, new JsonObject { ["Password"] = TestAccount.Password, ["Permanent"] = true });
        }

        await world.Remote.DoAsync("CreateGroup", new JsonObject { ["UserPoolId"] = AmazonScene.PoolId, ["GroupName"] = "operators" });
        await world.DoAsync("AdminAddUserToGroup", op, new JsonObject { ["GroupName"] = "operators" });

        (await world.LoginAsync(invited)).ShouldBeProblem(400, "INVITE_REQUIRED");
        var first = await world.Front.SignInAsync(op);
        await first.InviteAsync(invited);
        (await world.LoginAsync(invited)).Good();
        (await world.LoginAsync(invited)).Good();
        (await world.LoginAsync(stranger)).ShouldBeProblem(400, "INVITE_REQUIRED");

        var page = (await first.GetAsync("invites")).Good().Json;
        page["invites"]![0]!["state"]!.GetValue<string>().ShouldBe("claimed");
    }

    [Fact]
    public async Task Three_tokens_are_of_one_sign_in_or_none()
    {
        await using var world = await AmazonWorld.StartAsync(("RevocationSeconds", "0"));
        var account = await world.AccountAsync();
        var one = (await world.LoginAsync(account.Email)).Good().Json;
        var two = (await world.LoginAsync(account.Email)).Good().Json;
        var pool = world.Front.Services.GetRequiredService<IUserPools>().Of(world.Front.Services.GetRequiredService<Applications>().Default);
        async Task<string> FindAsync(JsonNode access, JsonNode id, string refresh, bool mayHaveEnded = false)
        {
            var (signIn, problem) = await pool.FindSignInAsync(
                access["access_token"]!.GetValue<string>(), id["id_token"]!.GetValue<string>(), refresh, mayHaveEnded, TestContext.Current.CancellationToken);
            return signIn?.User.VerifiedEmail ?? problem.ToString();
        }

        var (refreshOfOne, refreshOfTwo) = (one["refresh_token"]!.GetValue<string>(), two["refresh_token"]!.GetValue<string>());

        (await FindAsync(one, one, refreshOfOne)).ShouldBe(account.Email);
        (await FindAsync(one, one, refreshOfOne)).ShouldBe(account.Email);
        (await FindAsync(one, two, refreshOfOne)).ShouldBe("Mismatch");
        (await FindAsync(one, one, refreshOfTwo)).ShouldBe("Mismatch");
        (await FindAsync(one, one, "none")).ShouldBe("Invalid");
        await world.DoAsync("AdminUserGlobalSignOut", account.Email);
        (await FindAsync(one, one, refreshOfOne)).ShouldBe("Revoked");
        (await FindAsync(one, one, refreshOfOne, mayHaveEnded: true)).ShouldBe(account.Email);
    }

    [Fact]
    public async Task Sixty_four_who_confirm_by_one_link_at_once_are_one()
    {
        await using var world = await AmazonWorld.StartAsync(("ConfirmBy", "Link"));
        await world.Remote.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = AmazonScene.PoolId, ["AutoVerifiedAttributes"] = new JsonArray() });
        var email = TestAccount.NewEmail();
        (await world.RegisterAsync(email)).Good();
        var token = await world.Front.TokenAsync(email);
        world.Between.Mishap = o => o == "AdminConfirmSignUp" ? Mishap.InternalError : Mishap.None;
        (await world.Front.ConfirmAsync(token)).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        world.Between.Mishap = _ => Mishap.None;

        // What the pool didn't do has spent nothing.
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => world.Front.ConfirmAsync(token))));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 200)) late.ShouldBeProblem(400, "INVITE_INVALID");
        (await world.Remote.MailAsync(email)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Accounts_are_one_a_user_whoever_sees_the_first_token()
    {
        await using var world = await AmazonWorld.StartAsync();
        var email = TestAccount.NewEmail();
        await world.DoAsync("AdminCreateUser", email, new JsonObject { ["MessageAction"] = "SUPPRESS", ["UserAttributes"] = Calls.Attributes(("email", email), ("email_verified", "true")) });
        await world.DoAsync("AdminSetUserPassword", email, new JsonObject { ["Password"] = TestAccount.Password, ["Permanent"] = true });

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => world.LoginAsync(email))));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in answers)
            ids.Add((await world.Front.ApiAsync(HttpMethod.Get, "me", null, answer.Good().Json["access_token"]!.GetValue<string>())).Good().Json["id"]!.GetValue<string>());

        ids.ShouldHaveSingleItem();
    }

    internal static async Task<(string Id, string? Secret)> ClientWithSecretAsync(World remote)
    {
        var client = (await remote.DoAsync("CreateUserPoolClient", new JsonObject
        {
            ["UserPoolId"] = AmazonScene.PoolId, ["ClientName"] = "Server", ["GenerateSecret"] = true, ["PreventUserExistenceErrors"] = "ENABLED",
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        }))["UserPoolClient"]!;
        return (client["ClientId"]!.GetValue<string>(), client["ClientSecret"]!.GetValue<string>());
    }
}
