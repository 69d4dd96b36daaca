using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Samples;

/// <summary>The sample in front of the server that tests share, and a client of its own that asks for scopes.</summary>
public sealed class ProtectedApiScene(DevelopmentServer development) : IAsyncLifetime
{
    private string _machine = "";
    private string _secret = "";

    /// <summary>The server.</summary>
    public RunningServer Server => development.Server;

    /// <summary>The sample.</summary>
    internal RunningSample Sample { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Server.Cognito.CallAsync("CreateResourceServer", new()
        {
            ["UserPoolId"] = RunningServer.PoolId,
            ["Identifier"] = "reports",
            ["Name"] = "Reports",
            ["Scopes"] = new JsonArray(Scope("read"), Scope("write")),
        });
        var client = (await Server.Cognito.CallAsync("CreateUserPoolClient", new()
        {
            ["UserPoolId"] = RunningServer.PoolId,
            ["ClientName"] = "reporter",
            ["GenerateSecret"] = true,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CLIENT_TOKEN_AUTH"),
            ["AllowedOAuthScopes"] = new JsonArray("reports/read", "reports/write"),
        }))["UserPoolClient"]!;
        (_machine, _secret) = (client["ClientId"]!.GetValue<string>(), client["ClientSecret"]!.GetValue<string>());
        Sample = await RunningSample.StartAsync(Server, _machine);
    }

    public ValueTask DisposeAsync() => Sample.DisposeAsync();

    /// <summary>An access token of the client itself.</summary>
    public async Task<string> MachineTokenAsync(string scope) => (await Server.Cognito.CallAsync("GetClientToken", new()
    {
        ["ClientId"] = _machine,
        ["Secret"] = _secret,
        ["Scopes"] = new JsonArray(scope),
    }))["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>();

    private static JsonObject Scope(string name) => new JsonObject { ["ScopeName"] = name, ["ScopeDescription"] = name };
}

/// <summary><c>samples/ProtectedApi</c> with tokens that a real server made.</summary>
public sealed class ProtectedApiTests(ProtectedApiScene scene) : IClassFixture<ProtectedApiScene>
{
    private const string Password = "Correct-horse-7";

    // A second of delay, half of one for a busy machine.
    private static readonly TimeSpan Felt = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task A_good_token_opens_and_none_does_not()
    {
        var (email, tokens) = await PersonAsync(scene.Server);

        (await scene.Sample.GetAsync("/me", Access(tokens))).Status.ShouldBe(200);
        (await scene.Sample.GetAsync("/me", null)).ShouldBe((401, "Bearer realm=\"api\""));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Access(tokens));
        using var response = await scene.Sample.Http.SendAsync(request);
        var me = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        me["by"]!.GetValue<string>().ShouldBe("Bearer");
        me["id"]!.GetValue<string>().ShouldBe(Claims(Access(tokens))["sub"]!.GetValue<string>());
        me["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).ShouldBe(["aws.cognito.signin.user.admin"]);
        email.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Another_pools_token_an_ID_token_and_a_changed_one_are_refused()
    {
        var (_, tokens) = await PersonAsync(scene.Server);

        (await scene.Sample.GetAsync("/me", await ForeignTokenAsync())).Status.ShouldBe(401);
        (await scene.Sample.GetAsync("/me", tokens["id_token"]!.GetValue<string>())).Challenge.ShouldContain("not for this use");
        var parts = Access(tokens).Split('.');
        var claims = Claims(Access(tokens));
        claims["cognito:groups"] = new JsonArray("admins");
        var changed = string.Join('.', parts[0], Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString())), parts[2]);
        (await scene.Sample.GetAsync("/admin", changed)).Challenge.ShouldContain("signature");
    }

    [Fact]
    public async Task A_group_is_a_role()
    {
        var (email, tokens) = await PersonAsync(scene.Server);
        (await scene.Sample.GetAsync("/admin", Access(tokens))).Status.ShouldBe(403);

        await scene.Server.Cognito.SendAsync("CreateGroup", new() { ["UserPoolId"] = RunningServer.PoolId, ["GroupName"] = "admins" });
        await scene.Server.Cognito.CallAsync(
            "AdminAddUserToGroup", new() { ["UserPoolId"] = RunningServer.PoolId, ["GroupName"] = "admins", ["Username"] = email });

        (await scene.Sample.GetAsync("/admin", Access(await LoginAsync(scene.Server, email)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_scope_opens_and_another_does_not()
    {
        var (_, tokens) = await PersonAsync(scene.Server);

        (await scene.Sample.GetAsync("/reports", await scene.MachineTokenAsync("reports/read"))).Status.ShouldBe(200);
        var other = await scene.Sample.GetAsync("/reports", await scene.MachineTokenAsync("reports/write"));
        other.ShouldBe((403, "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"reports/read\""));
        (await scene.Sample.GetAsync("/reports", Access(tokens))).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("logout")]
    [InlineData("GlobalSignOut")]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminDeleteUser")]
    public async Task The_end_of_a_sign_in_is_felt_within_a_second(string how)
    {
        var (email, tokens) = await PersonAsync(scene.Server);
        var token = Access(tokens);
        (await scene.Sample.GetAsync("/me", token)).Status.ShouldBe(200);

        await EndAsync(how, email, token);

        var answer = await BecomesAsync(scene.Sample, token, 401, Felt, 200);
        answer.Challenge.ShouldContain("revoked");
    }

    [Fact]
    public async Task Pages_may_send_the_token_from_a_browser()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/me");
        request.Headers.Add("Origin", "http://localhost:8001");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");

        using var response = await scene.Sample.Http.SendAsync(request);

        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["http://localhost:8001"]);
        response.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");
    }

    [Fact]
    public async Task New_keys_need_no_restart_and_without_the_server_nobody_is_let_in()
    {
        await using var server = await RunningServer.StartAsync();
        await using var sample = await RunningSample.StartAsync(server);
        var (email, tokens) = await PersonAsync(server);
        (await sample.GetAsync("/me", Access(tokens))).Status.ShouldBe(200);

        await server.StopAsync();
        await BecomesAsync(sample, Access(tokens), 503, Felt, 200);

        await server.RunCommandAsync("rotate-keys", "--pool", RunningServer.PoolId);
        await server.StartAgainAsync();
        var fresh = Access(await LoginAsync(server, email));
        KeyOf(fresh).ShouldNotBe(KeyOf(Access(tokens)));

        // Keys that were fetched a moment ago are not fetched again at once.
        await BecomesAsync(sample, fresh, 200, TimeSpan.FromSeconds(10), 401, 503);
        (await sample.GetAsync("/me", Access(tokens))).Status.ShouldBe(200);
    }

    private async Task EndAsync(string how, string email, string token)
    {
        if (how == "logout")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/logout");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await scene.Server.Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return;
        }

        await scene.Server.Cognito.CallAsync(how, how == "GlobalSignOut"
            ? new() { ["AccessToken"] = token }
            : new() { ["UserPoolId"] = RunningServer.PoolId, ["Username"] = email });
    }

    private async Task<string> ForeignTokenAsync()
    {
        var cognito = scene.Server.Cognito;
        var pool = (await cognito.CallAsync("CreateUserPool", new() { ["PoolName"] = "Foreign" }))["UserPool"]!["Id"]!.GetValue<string>();
        var client = (await cognito.CallAsync("CreateUserPoolClient", new()
        {
            ["UserPoolId"] = pool,
            ["ClientName"] = "foreign",
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        }))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        await cognito.CallAsync("AdminCreateUser", new() { ["UserPoolId"] = pool, ["Username"] = "eve", ["MessageAction"] = "SUPPRESS" });
        await cognito.CallAsync("AdminSetUserPassword", new() { ["UserPoolId"] = pool, ["Username"] = "eve", ["Password"] = Password, ["Permanent"] = true });
        return (await cognito.CallAsync("InitiateAuth", new()
        {
            ["ClientId"] = client,
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = "eve", ["PASSWORD"] = Password },
        }))["AuthenticationResult"]!["AccessToken"]!.GetValue<string>();
    }

    // Until then it is what it was before, and nothing else.
    private static async Task<(int Status, string Challenge)> BecomesAsync(
        RunningSample sample, string token, int status, TimeSpan within, params int[] before)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await sample.GetAsync("/me", token);
            if (answer.Status == status) return answer;
            answer.Status.ShouldBeOneOf(before);
            if (clock.Elapsed > within) throw new InvalidOperationException($"Still {answer.Status} after {clock.Elapsed.TotalSeconds:0.0} s, not {status}.\n{sample.Output}");
            await Task.Delay(50);
        }
    }

    private static async Task<(string Email, JsonNode Tokens)> PersonAsync(RunningServer server)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await server.Cognito.CreateUserAsync(email, Password);
        return (email, await LoginAsync(server, email));
    }

    private static async Task<JsonNode> LoginAsync(RunningServer server, string email)
    {
        using var body = new StringContent(new JsonObject { ["email"] = email, ["password"] = Password }.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await server.Http.PostAsync("/api/v1/auth/login", body);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static string Access(JsonNode tokens) => tokens["access_token"]!.GetValue<string>();

    private static JsonNode Claims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;

    private static string KeyOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!["kid"]!.GetValue<string>();
}
