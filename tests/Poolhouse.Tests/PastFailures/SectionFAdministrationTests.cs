using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Server;
using Poolhouse.Tests.Account.Invites;
using Poolhouse.Tests.Account.Kyc;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>Section F: invitations, applications side by side, and administration.</summary>
public sealed class SectionFAdministrationTests
{
    /// <summary>An invitation was forged, was good for another organisation or address, for another purpose, or after its time.</summary>
    [Fact]
    public async Task Failure_47_no_invitation_serves_another_address_application_or_time()
    {
        await using var world = await World.StartAsync();
        var (inviter, email) = (await world.OperatorAsync(), TestAccount.NewEmail());
        await inviter.InviteAsync(email);
        var token = await world.TokenAsync(email);
        var elsewhere = AccountWorld.Registration(email, "swp");
        elsewhere["invite_token"] = token;

        (await world.RegisterAsync(TestAccount.NewEmail(), token)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.RegisterAsync(email, token[..^1] + (token[^1] == 'A' ? 'B' : 'A'))).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ApiAsync(HttpMethod.Post, "auth/register", elsewhere)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ConfirmAsync(token)).ShouldBeProblem(400, "INVITE_INVALID");
        // Its time is looked at when it is used, not when somebody cleans up.
        await world.AdvanceAsync("P31D");
        (await world.RegisterAsync(email, token)).Status.ShouldBe(400);
        (await world.UserAsync(email)).ShouldBeNull();
    }

    /// <summary>Members and their particulars were seen from the next organisation, and a group's administrator became everybody's.</summary>
    [Fact]
    public async Task Failure_48_nobody_joins_a_group_or_acts_elsewhere_by_an_own_token()
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();
        var tokens = new Testing.Tokens("", account.Access, account.Refresh);
        (string Operation, JsonObject Members)[] calls =
        [
            ("AdminAddUserToGroup", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = account.Email, ["GroupName"] = "operators" }),
            ("ListUsers", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse" }),
            ("AdminGetUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = account.Email }),
        ];

        foreach (var (operation, members) in calls)
        {
            members["AccessToken"] = account.Access;
            (await world.CallWithAsync(operation, members, ("Authorization", "Bearer " + account.Access))).Status.ShouldBe(400, operation);
        }

        foreach (var name in new[] { "cognito:groups", "custom:operators", "sub" })
            (await world.OwnAsync("UpdateUserAttributes", tokens, new JsonObject { ["UserAttributes"] = Calls.Attributes((name, "operators")) })).Status.ShouldBe(400, name);
        Testing.Tokens.Claims((await world.SignInAsync(account.Email)).Access).ContainsKey("cognito:groups").ShouldBeFalse();
    }

    /// <summary>The same for what one person may see of another: documents of identity are read by operators of that application only.</summary>
    [Fact]
    public async Task Failure_48_nobody_reads_a_document_of_another_person_or_application()
    {
        var world = await World.OnAsync();
        var (owner, other) = (await world.AccountAsync(), await world.AccountAsync());
        var id = await owner.DocumentAsync();

        foreach (var stranger in new[] { other, await world.OperatorAsync("swp") })
        {
            ((int)(await stranger.ContentAsync(id)).Response.StatusCode).ShouldBeOneOf(403, 404);
            (await stranger.ReviewAsync(id, "approved")).Status.ShouldBeOneOf(403, 404);
            (await stranger.SendAsync(HttpMethod.Delete, "kyc/documents/" + id)).Status.ShouldBeOneOf(403, 404);
            (await stranger.GetAsync("kyc")).Good().Text.ShouldNotContain(id);
        }

        (await owner.StatusAsync()).Status.ShouldBe("pending");
    }

    /// <summary>A page for finding faults was open to everybody, and what the surface no longer showed still worked beneath.</summary>
    [Theory]
    [InlineData("GET", "/dev/snapshot")]
    [InlineData("PUT", "/dev/snapshot")]
    [InlineData("POST", "/dev/reset")]
    [InlineData("POST", "/dev/clock")]
    [InlineData("GET", "/DEV/mailbox")]
    [InlineData("GET", "/mailbox")]
    [InlineData("GET", "/debug")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/swagger/index.html")]
    public async Task Failure_49_nothing_for_finding_faults_is_there_in_earnest(string method, string path)
    {
        var (app, http, folder) = await InEarnestAsync();
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : new StringContent("{}") };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

            // A built web client answers every path that is nobody's with its one page, which says that there is no such page.
            using var nothing = await http.GetAsync("/nothing", TestContext.Current.CancellationToken);
            if (answer.IsSuccessStatusCode && nothing.IsSuccessStatusCode)
                (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(await nothing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            else
                ((int)answer.StatusCode).ShouldBeOneOf(404, 405);
        }
        finally
        {
            await EndAsync(app, http, folder);
        }
    }

    /// <summary>The page that sets a server up could be opened again, and made its visitor the administrator.</summary>
    [Fact]
    public async Task Failure_50_no_further_start_sets_up_again()
    {
        var data = Directory.CreateTempSubdirectory("poolhouse-again-").FullName;
        string email;
        await using (var world = await World.StartAsync(Engine.Sqlite, "--data", data))
        {
            email = (await world.AccountAsync()).Email;
            (await world.DoAsync("AdminGetUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = email })).ShouldNotBeNull();
            await world.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = "us-east-1_PoolhouseSwp", ["AdminCreateUserConfig"] = new JsonObject { ["AllowAdminCreateUserOnly"] = true } });
            await world.DoAsync("DeleteUserPoolClient", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["ClientId"] = "poolhousewebclient00000000" });
        }

        await using (var again = await World.StartAsync(Engine.Sqlite, "--data", data))
        {
            (await again.LoginAsync(email)).Good();
            (await again.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = "us-east-1_PoolhouseSwp" }))["UserPool"]!["AdminCreateUserConfig"]!["AllowAdminCreateUserOnly"]!
                .GetValue<bool>().ShouldBeTrue();
            (await again.CallAsync("DescribeUserPoolClient", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["ClientId"] = "poolhousewebclient00000000" }))
                .ShouldBeError("ResourceNotFoundException");
            (await again.DoAsync("ListUsers", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse" }))["Users"]!.AsArray().Count.ShouldBe(1);
            foreach (var path in new[] { "/setup", "/if/flow/initial-setup/", "/install", "/admin" })
            {
                using var answer = await again.SendWithAsync(HttpMethod.Post, path, new JsonObject { ["password"] = "Intruder-12345" });
                ((int)answer.StatusCode).ShouldBeOneOf((int)HttpStatusCode.NotFound, (int)HttpStatusCode.MethodNotAllowed);
            }
        }

        Directory.Delete(data, recursive: true);
    }

    private static async Task<(Microsoft.AspNetCore.Builder.WebApplication App, HttpClient Http, string Folder)> InEarnestAsync()
    {
        var folder = Directory.CreateTempSubdirectory("poolhouse-earnest-").FullName;
        var app = await ServerBuilder.BuildAsync(
            ["--urls", "http://127.0.0.1:0", "--data", folder, "--master-key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), "--public-url", "https://id.example"],
            "Production");
        await app.StartAsync();
        return (app, new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) }, folder);
    }

    private static async Task EndAsync(Microsoft.AspNetCore.Builder.WebApplication app, HttpClient http, string folder)
    {
        http.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
