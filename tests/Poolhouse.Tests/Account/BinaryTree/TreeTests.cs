using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.BinaryTree;

/// <summary>Sponsor and referral codes at register, places, and what an account sees of its tree.</summary>
public sealed class TreeTests
{
    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task Who_registers_with_a_sponsor_code_is_placed_below_the_sponsor_once_confirmed(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var sponsor = await world.AccountAsync(more: new JsonObject { ["username"] = NewName() });
        var code = await CodeAsync(sponsor);
        var before = await TreeAsync(sponsor);

        var pending = AccountWorld.Registration(TestAccount.NewEmail());
        pending["sponsor_code"] = code;
        (await world.ApiAsync(HttpMethod.Post, "auth/register", pending)).Good();
        var unconfirmed = await TreeAsync(sponsor);
        var left = await world.AccountAsync(more: new JsonObject { ["sponsor_code"] = $" {code[..4].ToLowerInvariant()}-{code[4..]}" });
        var own = await TreeAsync(left);
        var right = await world.AccountAsync(more: new JsonObject { ["sponsor_code"] = code, ["username"] = NewName() });
        await TreeAsync(right);
        var after = await TreeAsync(sponsor);

        (Count(before, "left_count"), Count(before, "right_count")).ShouldBe((0, 0));
        unconfirmed.ToJsonString().ShouldBe(before.ToJsonString());
        (Count(after, "left_count"), Count(after, "right_count")).ShouldBe((1, 1));
        after["left"]!["name"]!.GetValue<string>().ShouldBe(char.ToUpperInvariant(left.Email[0]).ToString());
        after["left"]!["level"]!.GetValue<int>().ShouldBe(1);
        after["right"]!["name"]!.GetValue<string>().Length.ShouldBeGreaterThan(3);
        own["sponsor"]!["name"]!.GetValue<string>().ShouldBe(after["node"]!["name"]!.GetValue<string>());
        after.ToJsonString().ShouldNotContain("@");
        (await ReferralsAsync(sponsor))["credits"]!.GetValue<long>().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_preference_sends_whom_one_invites_to_the_end_of_that_leg(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var sponsor = await world.AccountAsync();
        var code = await CodeAsync(sponsor);

        var preferred = (await sponsor.SendAsync(HttpMethod.Patch, "binary-tree", new JsonObject { ["preference"] = "right" })).Good().Json;
        for (var i = 0; i < 3; i++) await TreeAsync(await world.AccountAsync(more: new JsonObject { ["sponsor_code"] = code }));
        var tree = await TreeAsync(sponsor, "?depth=2");

        preferred["preference"]!.GetValue<string>().ShouldBe("right");
        (Count(tree, "left_count"), Count(tree, "right_count"), tree["left"]).ShouldBe((0, 3, null));
        tree["right"]!["right"]!["right_count"]!.GetValue<long>().ShouldBe(1);
        tree["right"]!["right"]!["right"].ShouldBeNull();
        (await sponsor.SendAsync(HttpMethod.Patch, "binary-tree", new JsonObject { ["preference"] = "up" })).ShouldBeProblem(400, "VALIDATION_FAILED");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_referral_code_credits_and_does_not_place(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var referrer = await world.AccountAsync();
        var code = await CodeAsync(referrer);

        var brought = await world.AccountAsync(more: new JsonObject { ["referral_code"] = code });
        var tree = await TreeAsync(brought);
        await TreeAsync(brought);

        tree.ContainsKey("sponsor").ShouldBeFalse();
        (await ReferralsAsync(referrer))["credits"]!.GetValue<long>().ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task One_who_is_sponsor_and_referrer_is_credited_once(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var sponsor = await world.AccountAsync();
        var code = await CodeAsync(sponsor);

        await TreeAsync(await world.AccountAsync(more: new JsonObject { ["sponsor_code"] = code, ["referral_code"] = code }));

        (await ReferralsAsync(sponsor))["credits"]!.GetValue<long>().ShouldBe(1);
    }

    [Theory]
    [InlineData("sponsor_code", "23456789", "SPONSOR_CODE_UNKNOWN")]
    [InlineData("sponsor_code", "", "SPONSOR_CODE_UNKNOWN")]
    [InlineData("sponsor_code", "OOOOOOOO", "SPONSOR_CODE_UNKNOWN")]
    [InlineData("referral_code", "23456789", "VALIDATION_FAILED")]
    public async Task A_code_that_is_nobodys_registers_nobody(string field, string value, string problem)
    {
        var world = await World.OnAsync();
        var body = AccountWorld.Registration(TestAccount.NewEmail());
        body[field] = value;

        var answer = await world.ApiAsync(HttpMethod.Post, "auth/register", body);

        answer.ShouldBeProblem(400, problem);
        (await world.CallAsync("AdminGetUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = body["email"]!.GetValue<string>() }))
            .Status.ShouldBe(400);
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task An_application_says_whether_it_takes_sponsors(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var elsewhere = await CodeAsync(await world.AccountAsync());
        var body = AccountWorld.Registration(TestAccount.NewEmail(), "swp");
        body["sponsor_code"] = elsewhere;

        (await world.ApiAsync(HttpMethod.Post, "auth/register", body)).Json["errors"]!["sponsor_code"]![0]!["code"]!.GetValue<string>().ShouldBe("NOT_TAKEN");
        var account = await world.AccountAsync("swp");

        (await account.GetAsync("binary-tree")).ShouldBeProblem(404, "NOT_FOUND");
        (await CodeAsync(account)).Length.ShouldBe(8);
        body.Remove("sponsor_code");
        body["referral_code"] = elsewhere;
        (await world.ApiAsync(HttpMethod.Post, "auth/register", body)).ShouldBeProblem(400, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task An_application_can_insist_on_a_sponsor()
    {
        await using var world = await World.StartAsync(
            Engine.Sqlite,
            "--applications:only:userPoolId", "us-east-1_Poolhouse",
            "--applications:only:clientId", Poolhouse.Server.Bootstrap.WebClientId.Value,
            "--applications:only:sponsorCode", "Required");

        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(TestAccount.NewEmail()))).ShouldBeProblem(400, "SPONSOR_CODE_REQUIRED");
    }

    [Theory]
    [InlineData("?depth=11")]
    [InlineData("?depth=-1")]
    [InlineData("?depth=x")]
    [InlineData("?depth=1&depth=2")]
    [InlineData("?depth=")]
    [InlineData("?depth=99999999999")]
    public async Task A_depth_that_is_none_is_refused(string query)
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();

        var answer = await account.GetAsync("binary-tree" + query);

        answer.ShouldBeProblem(400, "VALIDATION_FAILED");
        answer.Json["errors"]!["depth"]![0]!["code"]!.GetValue<string>().ShouldBe("RANGE");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_stranger_hears_INVALID_CREDENTIALS(Engine engine)
    {
        var world = await World.OnAsync(engine);

        (await world.ApiAsync(HttpMethod.Get, "binary-tree")).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await world.ApiAsync(HttpMethod.Get, "binary-tree", null, "x.y.z")).ShouldBeProblem(401, "TOKEN_INVALID");
        (await world.ApiAsync(HttpMethod.Get, "referrals")).ShouldBeProblem(401, "TOKEN_INVALID");
    }

    [Fact]
    public async Task A_first_request_sixty_four_times_at_once_places_once()
    {
        var world = await World.OnAsync(Engine.Postgres);
        var sponsor = await world.AccountAsync();
        var brought = await world.AccountAsync(more: new JsonObject { ["sponsor_code"] = await CodeAsync(sponsor) });

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => brought.GetAsync("binary-tree"))));

        answers.Select(a => a.Good().Text).Distinct().Count().ShouldBe(1);
        (await TreeAsync(sponsor))["node"]!["left_count"]!.GetValue<long>().ShouldBe(1);
        (await ReferralsAsync(sponsor))["credits"]!.GetValue<long>().ShouldBe(1);
    }

    private static string NewName() => "u" + Guid.NewGuid().ToString("N")[..12];

    private static long Count(JsonObject tree, string which) => tree["node"]![which]!.GetValue<long>();

    private static async Task<JsonObject> TreeAsync(TestAccount account, string query = "") => (await account.GetAsync("binary-tree" + query)).Good().Json;

    private static async Task<JsonObject> ReferralsAsync(TestAccount account) => (await account.GetAsync("referrals")).Good().Json;

    private static async Task<string> CodeAsync(TestAccount account) => (await ReferralsAsync(account))["code"]!.GetValue<string>();
}
