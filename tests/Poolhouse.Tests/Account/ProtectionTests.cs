using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

/// <summary>Passwords looked at while they are typed; security questions and the matrix that asks them.</summary>
public sealed class ProtectionTests
{
    [Theory]
    [InlineData("password", false, 0, true)]
    [InlineData("Test123456", true, null, false)]
    [InlineData("c0rrect-Horse battery%staple", true, 4, false)]
    [InlineData("short", false, null, false)]
    public async Task A_password_is_looked_at_without_being_kept(string password, bool isAcceptable, int? score, bool isBreached)
    {
        var world = await World.OnAsync();

        var answer = (await world.ApiAsync(HttpMethod.Post, "auth/password-check", new JsonObject { ["password"] = password })).Good().Json;

        answer["acceptable"]!.GetValue<bool>().ShouldBe(isAcceptable);
        answer["breached"]!.GetValue<bool>().ShouldBe(isBreached);
        if (score is { } expected) answer["score"]!.GetValue<int>().ShouldBe(expected);
        answer["rules"]!.AsArray().Select(r => r!["code"]!.GetValue<string>()).ShouldBe(["MINIMUM_LENGTH", "LOWERCASE", "UPPERCASE", "NUMBER"]);
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task The_check_knows_the_applications_rules_and_the_persons_address(Engine engine)
    {
        var world = await World.OnAsync(engine);
        async Task<JsonObject> CheckAsync(JsonObject body) => (await world.ApiAsync(HttpMethod.Post, "auth/password-check", body)).Good().Json;

        var other = await CheckAsync(new JsonObject { ["password"] = "Test123456", ["application"] = "swp" });
        var own = await CheckAsync(new JsonObject { ["password"] = "Somebody1", ["email"] = "somebody1@example.com" });

        other["acceptable"]!.GetValue<bool>().ShouldBeFalse();
        other["rules"]!.AsArray().Single(r => r!["code"]!.GetValue<string>() == "MINIMUM_LENGTH")!["detail"]!.GetValue<string>().ShouldContain("12");
        own["rules"]!.AsArray().Single(r => r!["code"]!.GetValue<string>() == "NOT_EMAIL")!["satisfied"]!.GetValue<bool>().ShouldBeFalse();
        (await world.ApiAsync(HttpMethod.Post, "auth/password-check", new JsonObject { ["password"] = new string('x', 257) })).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await world.ApiAsync(HttpMethod.Post, "auth/password-check", [])).ShouldBeProblem(400, "VALIDATION_FAILED");
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task Questions_prove_for_a_quarter_of_an_hour_to_one_sign_in(Engine engine)
    {
        await using var world = await World.StartAsync(engine, "--SecurityMatrix:ExportData:0", "SecurityQuestions");
        var account = await world.AccountAsync();
        var elsewhere = await world.SignInAsync(account.Email);

        (await account.GetAsync("security-matrix")).Good().Json["actions"]!["export_data"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldBe(["security_questions"]);
        (await account.GetAsync("me/export")).ShouldBeProblem(403, "SECURITY_QUESTIONS_REQUIRED");
        (await account.PostAsync("security-questions/answers", Answers("Anna", "Berlin", "Carl"))).ShouldBeProblem(403, "ANSWERS_WRONG");
        (await account.SendAsync(HttpMethod.Put, "security-questions", Answers("Anna", "Berlin", "Carl"))).Good(204);
        (await account.PostAsync("security-questions/answers", Answers("Anna", "Berlin", "Dora"))).ShouldBeProblem(403, "ANSWERS_WRONG");
        (await account.PostAsync("security-questions/answers", Answers(" ANNA ", "berlin.", "carl"))).Good(204);

        (await account.GetAsync("me/export")).Good();
        (await elsewhere.GetAsync("me/export")).ShouldBeProblem(403, "SECURITY_QUESTIONS_REQUIRED");
        await world.AdvanceAsync("PT16M");
        (await account.GetAsync("me/export")).ShouldBeProblem(403, "SECURITY_QUESTIONS_REQUIRED");
        (await account.SendAsync(HttpMethod.Put, "security-questions", Answers("Xaver", "Yokohama", "Zoe"))).ShouldBeProblem(403, "REAUTHENTICATION_REQUIRED");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Guesses_of_answers_are_counted_however_many_come_at_once(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var account = await world.AccountAsync();
        (await account.SendAsync(HttpMethod.Put, "security-questions", Answers("Anna", "Berlin", "Carl"))).Good(204);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => account.PostAsync("security-questions/answers", Answers("Anna", "Berlin", $"Guess{i}"))));

        guesses.Count(g => g.Status == 403).ShouldBe(5);
        guesses.Count(g => g.Status == 429).ShouldBe(59);
        (await account.PostAsync("security-questions/answers", Answers("Anna", "Berlin", "Carl"))).ShouldBeProblem(429, "TOO_MANY_REQUESTS");
    }

    [Theory]
    [InlineData("""{"answers":[]}""")]
    [InlineData("""{"answers":[null,null,null]}""")]
    [InlineData("""{"answers":[{"question":"first_teacher","answer":"Anna"},{"question":"first_teacher","answer":"Bert"},{"question":"worst_job","answer":"Carl"}]}""")]
    [InlineData("""{"answers":[{"question":"first_teacher","answer":"Anna"},{"question":"first_concert","answer":"anna!"},{"question":"worst_job","answer":"Carl"}]}""")]
    [InlineData("""{"answers":[{"question":"first_teacher","answer":"..."},{"question":"first_concert","answer":"Bert"},{"question":"worst_job","answer":"Carl"}]}""")]
    [InlineData("""{"answers":[{"question":"none","answer":"Anna"},{"question":"first_concert","answer":"Bert"},{"question":"worst_job","answer":"Carl"}]}""")]
    public async Task Answers_that_protect_nothing_are_refused(string body)
    {
        var account = await (await World.OnAsync()).AccountAsync();

        (await account.SendAsync(HttpMethod.Put, "security-questions", JsonNode.Parse(body)!.AsObject())).ShouldBeProblem(400, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_sign_in_says_which_features_are_on_and_that_questions_are_wanted()
    {
        await using var world = await World.StartAsync(
            Engine.Sqlite,
            "--Applications:shop:UserPoolId", "us-east-1_Poolhouse", "--Applications:shop:ClientId", "poolhouseaccountapi0000000", "--Applications:shop:RequireSecurityQuestions", "true",
            "--Features:all:Everybody", "true", "--Features:none:Percentage", "0", "--Features:testers:Groups:operators", "100", "--Features:named:Users:0", "Named@example.com");
        var account = await world.AccountAsync();
        var member = await world.OperatorAsync();
        var login = new JsonObject { ["email"] = account.Email, ["password"] = TestAccount.Password };

        var answer = (await world.ApiAsync(HttpMethod.Post, "auth/login", login)).Good().Json;

        answer["features"]!.ToJsonString().ShouldBe("""{"all":true,"named":false,"none":false,"testers":false}""");
        (await member.GetAsync("features")).Good().Json["features"]!["testers"]!.GetValue<bool>().ShouldBeTrue();
        answer["security_question_required"]!.GetValue<bool>().ShouldBeTrue();
        (await account.SendAsync(HttpMethod.Put, "security-questions", Answers("Anna", "Berlin", "Carl"))).Good(204);
        (await world.ApiAsync(HttpMethod.Post, "auth/login", login)).Json["security_question_required"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_share_of_accounts_is_always_the_same_share()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--Features:half:Percentage", "50");
        var accounts = new List<TestAccount>();
        for (var i = 0; i < 16; i++) accounts.Add(await world.AccountAsync());

        async Task<bool> IsOnAsync(TestAccount account) => (await account.GetAsync("features")).Json["features"]!["half"]!.GetValue<bool>();
        var first = new List<bool>();
        foreach (var account in accounts) first.Add(await IsOnAsync(account));
        var second = new List<bool>();
        foreach (var account in accounts) second.Add(await IsOnAsync(account));

        second.ShouldBe(first);
        first.Distinct().Count().ShouldBe(2, "Of 16 accounts neither all nor none are in a half, but once in 32,768 runs.");
    }

    private static JsonObject Answers(params string[] answers) => new()
    {
        ["answers"] = new JsonArray(
            new JsonObject { ["question"] = "first_teacher", ["answer"] = answers[0] },
            new JsonObject { ["question"] = "first_concert", ["answer"] = answers[1] },
            new JsonObject { ["question"] = "worst_job", ["answer"] = answers[2] }),
    };
}
