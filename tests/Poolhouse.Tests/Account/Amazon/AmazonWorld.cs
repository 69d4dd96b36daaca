using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>A server in front of one in Amazon's place, with something between that can break calls; all of one test.</summary>
internal sealed class AmazonWorld : IAsyncDisposable
{
    private AmazonWorld(World remote, Between between, World front) => (Remote, Between, Front) = (remote, between, front);

    /// <summary>In Amazon's place.</summary>
    public World Remote { get; }

    /// <summary>Between.</summary>
    public Between Between { get; }

    /// <summary>Whom people call.</summary>
    public World Front { get; }

    /// <summary>Starts one with the application <c>ltd</c>; rules are its own options.</summary>
    public static Task<AmazonWorld> StartAsync(params (string Name, string Value)[] rules) => StartAsync(AmazonScene.ClientId, static _ => { }, rules);

    /// <summary>The same with another client or parts of the test's own.</summary>
    public static async Task<AmazonWorld> StartAsync(string clientId, Action<IServiceCollection> adjust, params (string Name, string Value)[] rules) =>
        await StartAsync(_ => Task.FromResult((clientId, (string?)null)), adjust, rules);

    /// <summary>The same with a client that is made in the remote pool first.</summary>
    public static async Task<AmazonWorld> StartAsync(
        Func<World, Task<(string Id, string? Secret)>> client, Action<IServiceCollection> adjust, params (string Name, string Value)[] rules)
    {
        var remote = await AmazonScene.StartRemoteAsync();
        var between = await Between.StartAsync(remote.Url);
        var (id, secret) = await client(remote);
        List<string> arguments =
        [
            .. Rule("Pool", "Amazon"), .. Rule("Endpoint", between.Url), .. Rule("Issuer", remote.Url), .. Rule("UserPoolId", AmazonScene.PoolId),
            .. Rule("ClientId", id), .. secret is null ? [] : Rule("ClientSecret", secret), .. rules.Prepend((Name: "TimeoutSeconds", Value: "60")).SelectMany(r => Rule(r.Name, r.Value)),
        ];
        var front = await World.StartAsync(
            Engine.Sqlite,
            services =>
            {
                AmazonScene.GiveKeys(services);
                adjust(services);
            },
            [.. arguments]);
        return new AmazonWorld(remote, between, front);
    }

    /// <summary>A call of the account API.</summary>
    public Task<ApiAnswer> PostAsync(string path, JsonObject? body = null, string? token = null) => Front.ApiAsync(HttpMethod.Post, path, body, token);

    /// <summary>Registers.</summary>
    public Task<ApiAnswer> RegisterAsync(string email, JsonObject? more = null)
    {
        var body = AccountWorld.Registration(email);
        foreach (var (name, value) in more ?? []) body[name] = value?.DeepClone();
        return PostAsync("auth/register", body);
    }

    /// <summary>Enters the code that the pool mailed.</summary>
    public async Task<ApiAnswer> VerifyAsync(string email, string? session = null)
    {
        var body = new JsonObject { ["email"] = email, ["code"] = await Remote.CodeAsync(email), ["purpose"] = "email_verification" };
        if (session is not null) body["session"] = session;
        return await PostAsync("auth/verify-otp", body);
    }

    /// <summary>Signs in.</summary>
    public Task<ApiAnswer> LoginAsync(string email, string password = TestAccount.Password) =>
        PostAsync("auth/login", new JsonObject { ["email"] = email, ["password"] = password });

    /// <summary>Somebody with an account, signed in.</summary>
    public async Task<TestAccount> AccountAsync()
    {
        var email = TestAccount.NewEmail();
        (await RegisterAsync(email)).Good();
        (await VerifyAsync(email)).Good();
        var tokens = (await LoginAsync(email)).Good().Json;
        return new TestAccount(Front, email, tokens["access_token"]!.GetValue<string>(), tokens["refresh_token"]!.GetValue<string>());
    }

    /// <summary>An operation at the pool.</summary>
    public Task<JsonObject> DoAsync(string operation, string username, JsonObject? more = null)
    {
        var request = more ?? [];
        request["UserPoolId"] = AmazonScene.PoolId;
        request["Username"] = username;
        return Remote.DoAsync(operation, request);
    }

    /// <summary>A user at the pool; null where there is none.</summary>
    public async Task<JsonObject?> UserAsync(string username)
    {
        var answer = await Remote.CallAsync("AdminGetUser", new JsonObject { ["UserPoolId"] = AmazonScene.PoolId, ["Username"] = username });
        return answer.Status == 200 ? answer.Json : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Front.DisposeAsync();
        await Between.DisposeAsync();
        await Remote.DisposeAsync();
    }

    private static string[] Rule(string name, string value) => ["--Applications:ltd:" + name, value];
}
