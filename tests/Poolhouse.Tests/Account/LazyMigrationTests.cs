using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

/// <summary>Users taken over by a signed webhook when they first come: through the account API and through InitiateAuth.</summary>
public sealed class LazyMigrationTests
{
    private const string Secret = "a secret of sixteen or more";
    private const string PoolId = "us-east-1_Poolhouse";
    private const string ClientId = "poolhousewebclient00000000";
    private const string Old = "Old-password-1";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Who_signs_in_for_the_first_time_is_taken_over_by_the_signed_webhook(Engine engine)
    {
        await using var scene = await Scene.StartAsync(engine, Honest);

        (await scene.LoginAsync("ann@example.com", "Wrong-password-1")).ShouldBe((401, "INVALID_CREDENTIALS"));
        (await scene.CountAsync()).ShouldBe(0);
        (await scene.LoginAsync("ann@example.com", Old)).ShouldBe((200, null));
        (await scene.InitiateAsync("bob@example.com", Old)).Status.ShouldBe(200);
        var calls = scene.Calls;

        // Here from now on: the webhook hears no more of them.
        (await scene.LoginAsync("ann@example.com", Old)).ShouldBe((200, null));
        (await scene.LoginAsync("bob@example.com", Old)).ShouldBe((200, null));
        scene.Calls.ShouldBe(calls);
        scene.Forged.ShouldBe(0);
        var ann = await scene.World.DoAsync("AdminGetUser", new JsonObject { ["UserPoolId"] = PoolId, ["Username"] = "ann@example.com" });
        ann["UserStatus"]!.GetValue<string>().ShouldBe("CONFIRMED");
    }

    [Fact]
    public async Task Who_forgot_the_password_is_taken_over_and_resets_it()
    {
        await using var scene = await Scene.StartAsync(Engine.Sqlite, Honest);

        (await scene.PostAsync("request-otp", new JsonObject { ["email"] = "ann@example.com", ["purpose"] = "password_reset" })).Status.ShouldBe(200);
        var code = await scene.World.CodeAsync("ann@example.com");
        (await scene.PostAsync("verify-otp", new JsonObject { ["email"] = "ann@example.com", ["code"] = code, ["purpose"] = "password_reset", ["new_password"] = "New-password-1" }))
            .ShouldBe((200, null));

        (await scene.LoginAsync("ann@example.com", "New-password-1")).ShouldBe((200, null));
        (await scene.LoginAsync("ann@example.com", Old)).ShouldBe((401, "INVALID_CREDENTIALS"));
        (await scene.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"response":{"userAttributes":null}}""")]
    [InlineData("""{"response":{"userAttributes":{}}}""")]
    [InlineData("""{"response":{"userAttributes":{"name":"Ann"}}}""")]
    [InlineData("""{"response":{"userAttributes":{"email":""}}}""")]
    [InlineData("""{"response":{"userAttributes":{"email":"not an address"}}}""")]
    [InlineData("""{"response":{"userAttributes":{"email":"victim@example.com","email_verified":"true"}}}""")]
    [InlineData("""{"response":{"userAttributes":{"email":"ann@example.com","custom:unknown":"x"}}}""")]
    [InlineData("""{"response":{"userAttributes":{"email":"ann@example.com","identities":"[]"}}}""")]
    [InlineData("""{"response":{"userAttributes":["email"]}}""")]
    [InlineData("""{"response":{"userAttributes":{"email":"ann@example.com"},"finalUserStatus":"ARCHIVED"}}""")]
    [InlineData("""{}""")]
    [InlineData("not JSON")]
    [InlineData("")]
    [InlineData("422")]
    [InlineData("404")]
    [InlineData("500")]
    public async Task A_webhook_that_lies_or_fails_leaves_nothing_and_says_what_any_stranger_hears(string answer)
    {
        await using var scene = await Scene.StartAsync(Engine.Sqlite, http => Lie(http, answer));

        (await scene.LoginAsync("ann@example.com", Old)).ShouldBe((401, "INVALID_CREDENTIALS"));
        (await scene.InitiateAsync("ann@example.com", Old)).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await scene.PostAsync("request-otp", new JsonObject { ["email"] = "ann@example.com", ["purpose"] = "password_reset" })).Status.ShouldBe(200);

        (await scene.CountAsync()).ShouldBe(0);
        scene.Calls.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_webhook_names_nobody_but_who_was_typed()
    {
        await using var scene = await Scene.StartAsync(Engine.Sqlite, http => Lie(http, """{"response":{"userAttributes":{"username":"carl","email":"carl@example.com","email_verified":"true"}}}"""));
        var pool = await scene.World.PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email"), ["LambdaConfig"] = new JsonObject { ["UserMigration"] = scene.Arn } });

        (await new TestUser(pool, "ann", Old, "").TrySignInAsync()).ShouldBeError("UserNotFoundException");
        (await pool.AdminAsync("AdminGetUser", "carl")).ShouldBeError("UserNotFoundException");
        // By an alias that the user then has, it is the one who was meant.
        (await new TestUser(pool, "carl@example.com", Old, "").TrySignInAsync()).Status.ShouldBe(200);
        (await new TestUser(pool, "carl", Old, "").TrySignInAsync()).Status.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task First_sign_ins_at_once_make_one_user(Engine engine)
    {
        await using var scene = await Scene.StartAsync(engine, Honest);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => scene.LoginAsync("ann@example.com", Old))));

        // Sign-ins at once look like guesses until the first of them is through, so some may be told to wait; nobody hears anything else.
        answers.ShouldAllBe(a => a.Status == 200 || a.Code == "TOO_MANY_REQUESTS");
        answers.ShouldContain(a => a.Status == 200);
        (await scene.CountAsync()).ShouldBe(1);
        (await scene.LoginUntilAdmittedAsync("ann@example.com", Old)).ShouldBe((200, null));
    }

    // What the old system knows: everybody, by one password.
    private static async Task Honest(HttpContext http, JsonObject e)
    {
        var password = e["request"]!["password"]?.GetValue<string>();
        if (password is not (null or Old))
        {
            http.Response.StatusCode = 422;
            await http.Response.WriteAsync("""{"errorMessage":"Bad password"}""");
            return;
        }

        e["response"] = new JsonObject { ["userAttributes"] = new JsonObject { ["email"] = e["userName"]!.GetValue<string>(), ["email_verified"] = "true" } };
        await http.Response.WriteAsync(e.ToJsonString());
    }

    private static async Task Lie(HttpContext http, string answer)
    {
        if (int.TryParse(answer, out var status)) http.Response.StatusCode = status;
        await http.Response.WriteAsync(answer);
    }

    private sealed class Scene : IAsyncDisposable
    {
        private int _calls;
        private int _forged;

        public required World World { get; init; }

        public required FunctionServer Functions { get; init; }

        public required string Arn { get; init; }

        public int Calls => _calls;

        public int Forged => _forged;

        public static Task<Scene> StartAsync(Engine engine, Func<HttpContext, Task> answer) => StartAsync(engine, (http, _) => answer(http));

        public static async Task<Scene> StartAsync(Engine engine, Func<HttpContext, JsonObject, Task> answer)
        {
            var functions = await FunctionServer.StartAsync();
            Scene? scene = null;
            var arn = functions.AddRaw(async (http, body) =>
            {
                Interlocked.Increment(ref scene!._calls);
                if (!IsSigned(http, body)) Interlocked.Increment(ref scene._forged);
                await answer(http, JsonNode.Parse(body)!.AsObject());
            });
            var name = arn.Split(':')[6];
            var world = await World.StartAsync(
                engine, $"--Functions:{name}:Kind=webhook", $"--Functions:{name}:Url={functions.Url}/{name}", $"--Functions:{name}:Secret={Secret}", "--function-timeout-seconds", "2");
            scene = new Scene { World = world, Functions = functions, Arn = arn };
            await world.DoAsync("UpdateUserPool", new JsonObject
            {
                ["UserPoolId"] = PoolId, ["LambdaConfig"] = new JsonObject { ["UserMigration"] = arn }, ["AutoVerifiedAttributes"] = new JsonArray("email"),
                ["AccountRecoverySetting"] = new JsonObject { ["RecoveryMechanisms"] = new JsonArray(new JsonObject { ["Name"] = "verified_email", ["Priority"] = 1 }) },
            });
            return scene;
        }

        public async Task<(int Status, string? Code)> PostAsync(string route, JsonObject body)
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await World.Http.PostAsync("/api/v1/auth/" + route, content);
            var text = await response.Content.ReadAsStringAsync();
            return ((int)response.StatusCode, JsonNode.Parse(text)?["code"]?.GetValue<string>());
        }

        public Task<(int Status, string? Code)> LoginAsync(string email, string password) => PostAsync("login", new JsonObject { ["email"] = email, ["password"] = password });

        public async Task<(int Status, string? Code)> LoginUntilAdmittedAsync(string email, string password)
        {
            await World.AdvanceAsync("PT1H");
            return await LoginAsync(email, password);
        }

        public Task<Answer> InitiateAsync(string name, string password) => World.CallAsync("InitiateAuth", new JsonObject
        {
            ["ClientId"] = ClientId, ["AuthFlow"] = "USER_PASSWORD_AUTH", ["AuthParameters"] = new JsonObject { ["USERNAME"] = name, ["PASSWORD"] = password },
        });

        public async Task<int> CountAsync() =>
            (await World.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = PoolId }))["UserPool"]!["EstimatedNumberOfUsers"]!.GetValue<int>();

        public async ValueTask DisposeAsync()
        {
            await World.DisposeAsync();
            await Functions.DisposeAsync();
        }

        // As docs/triggers.md has it.
        private static bool IsSigned(HttpContext http, string body)
        {
            var expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{http.Request.Headers["Poolhouse-Timestamp"]}.{body}")));
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes($"{http.Request.Headers["Poolhouse-Signature"]}"));
        }
    }
}
