using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

/// <summary>The local record of a pool's user, and applications.</summary>
public sealed class AccountTests
{
    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task One_of_64_who_want_a_username_gets_it_and_the_others_leave_no_user(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var name = "u" + Guid.NewGuid().ToString("N")[..12];
        var emails = Enumerable.Range(0, 64).Select(_ => TestAccount.NewEmail()).ToList();

        var answers = await Task.WhenAll(emails.Select((email, i) => Task.Run(() =>
        {
            var body = AccountWorld.Registration(email);
            body["username"] = i % 2 == 0 ? name : name.ToUpperInvariant();
            return world.ApiAsync(HttpMethod.Post, "auth/register", body);
        })));

        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text).Distinct()));
        foreach (var loser in answers.Where(a => a.Status != 200)) loser.ShouldBeProblem(409, "USERNAME_TAKEN");
        var users = await Task.WhenAll(emails.Select(async email => (await FindUserAsync(world, email)) is not null));
        users.Count(exists => exists).ShouldBe(1);
        users[Array.FindIndex(answers, a => a.Status == 200)].ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task A_username_signs_in_whatever_its_case(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var name = "u" + Guid.NewGuid().ToString("N")[..12];
        var account = await world.AccountAsync(more: new JsonObject { ["username"] = name });

        Task<ApiAnswer> Login(string username) => world.ApiAsync(
            HttpMethod.Post, "auth/login", new JsonObject { ["username"] = username, ["password"] = TestAccount.Password });

        (await Login(name)).Good();
        (await Login(name.ToUpperInvariant())).Good();
        (await Login(name + "x")).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        account.Email.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("a b")]
    [InlineData(".abc")]
    [InlineData("abc_")]
    [InlineData("аdmin")]
    [InlineData("ad\u200bmin")]
    [InlineData("ad\ud800min")]
    [InlineData("")]
    public async Task What_is_no_username_is_refused_by_its_field(string username)
    {
        var world = await World.OnAsync();
        var body = AccountWorld.Registration(TestAccount.NewEmail());
        body["username"] = username;

        var answer = await world.ApiAsync(HttpMethod.Post, "auth/register", body);

        answer.ShouldBeProblem(400, "VALIDATION_FAILED");
        answer.Json["errors"]!["username"]![0]!["code"]!.GetValue<string>().ShouldBe("USERNAME");
    }

    [Fact]
    public void Full_width_letters_are_plain_ones() => AccountUsername.TryRead("ＡｄｍＩｎ")!.Value.Key.ShouldBe("admin");

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Applications_have_their_own_pools_and_rules(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var email = TestAccount.NewEmail();
        JsonObject Body(string password)
        {
            var body = AccountWorld.Registration(email, "swp");
            body["password"] = password;
            return body;
        }

        (await world.ApiAsync(HttpMethod.Post, "auth/register", Body("Test123456"))).ShouldBeProblem(400, "PASSWORD_NOT_ACCEPTABLE");
        var named = Body(TestAccount.Password);
        named["username"] = "somebody";
        var answer = await world.ApiAsync(HttpMethod.Post, "auth/register", named);
        answer.Json["errors"]!["username"]![0]!["code"]!.GetValue<string>().ShouldBe("NOT_TAKEN");
        var unknown = AccountWorld.Registration(email, "nothing");
        (await world.ApiAsync(HttpMethod.Post, "auth/register", unknown)).Json["errors"]!["application"]![0]!["code"]!.GetValue<string>().ShouldBe("UNKNOWN");

        var account = await world.AccountAsync("swp");
        (await world.ApiAsync(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = account.Email, ["password"] = TestAccount.Password }))
            .ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await account.PostAsync("auth/logout")).Good();
    }

    [Fact]
    public async Task A_user_who_came_another_way_has_an_account_at_the_first_token_and_none_once_gone()
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();
        var sub = Tokens.Claims(account.Access)["sub"]!.GetValue<string>();

        (await account.PostAsync("auth/change-password", new JsonObject { ["previous_password"] = "x", ["new_password"] = "y" })).ShouldBeProblem(400, "PASSWORD_NOT_ACCEPTABLE");
        var stored = await StoredAsync(world, sub);
        await world.DoAsync("AdminDeleteUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = account.Email });

        stored.ShouldNotBeNull();
        (stored.Email, stored.Application).ShouldBe((account.Email, "ltd"));
        stored.ConfirmedAt.ShouldNotBeNull();
        (await StoredAsync(world, sub)).ShouldBeNull();
    }

    [Fact]
    public async Task Limits_are_told_in_headers_and_kept()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--enforce-rate-limits", "true");
        var answers = new List<ApiAnswer>();
        for (var i = 0; i < 11; i++) answers.Add(await world.ApiAsync(HttpMethod.Post, "auth/register", []));

        answers[0].Status.ShouldBe(400);
        answers[0].Headers.GetValues("RateLimit-Policy").ShouldHaveSingleItem().ShouldBe("\"register\";q=10;w=60");
        answers[0].Headers.GetValues("RateLimit").ShouldHaveSingleItem().ShouldStartWith("\"register\";r=9;t=");
        answers[9].Status.ShouldBe(400);
        answers[10].ShouldBeProblem(429, "TOO_MANY_REQUESTS");
        int.Parse(answers[10].RetryAfter!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        (await world.ApiAsync(HttpMethod.Post, "auth/login", [])).Status.ShouldBe(400);
        await world.AdvanceAsync("PT1M");
        (await world.ApiAsync(HttpMethod.Post, "auth/register", [])).Status.ShouldBe(400);
    }

    private static Task<Poolhouse.Core.Accounts.Account?> StoredAsync(World world, string sub) => world.Services.GetRequiredService<IDatabase>()
        .ReadAsync(stores => stores.Accounts.FindByUserAsync("ltd", new PoolId("us-east-1_Poolhouse"), new Sub(sub), CancellationToken.None), CancellationToken.None).AsTask();

    private static async Task<JsonObject?> FindUserAsync(World world, string email)
    {
        var answer = await world.CallAsync("AdminGetUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = email });
        return answer.Status == 200 ? answer.Json : null;
    }
}
