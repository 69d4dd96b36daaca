using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Remote;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>A server in front of another one in Amazon's place, with a line between them that can be cut.</summary>
internal sealed class RemoteScene(World remote, World front, CutLine line) : IAsyncDisposable
{
    public World Remote => remote;

    public World Front => front;

    public CutLine Line => line;

    public IDatabase Database => front.Services.GetRequiredService<IDatabase>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<RemoteScene> StartAsync(Engine engine = Engine.Sqlite, params string[] arguments)
    {
        var remote = await AmazonScene.StartRemoteAsync();
        var line = new CutLine(remote.Url);
        string[] options = [.. AmazonScene.Options(line.Url), "--Applications:ltd:Issuer", remote.Url, "--Applications:swp:Issuer", remote.Url, "--Applications:ltd:TimeoutSeconds", "2"];
        return new RemoteScene(remote, await World.StartAsync(engine, AmazonScene.GiveKeys, [.. options, .. arguments]), line);
    }

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        await line.DisposeAsync();
        await remote.DisposeAsync();
    }

    /// <summary>Somebody who is confirmed at the pool.</summary>
    public async Task<string> PersonAsync()
    {
        var email = TestAccount.NewEmail();
        await DoAsync("AdminCreateUser", email, new JsonObject
        {
            ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = email }, new JsonObject { ["Name"] = "email_verified", ["Value"] = "true" }),
        });
        await DoAsync("AdminSetUserPassword", email, new JsonObject { ["Password"] = TestAccount.Password, ["Permanent"] = true });
        return email;
    }

    /// <summary>Their browser, signed in.</summary>
    public async Task<Browser> BrowserAsync(string email)
    {
        var browser = new Browser(front);
        (await browser.SignInAsync(email)).Good();
        return browser;
    }

    /// <summary>An administrator's call to the pool about somebody.</summary>
    public Task<JsonObject> DoAsync(string operation, string email, JsonObject? more = null)
    {
        var request = more ?? [];
        request["UserPoolId"] = AmazonScene.PoolId;
        request["Username"] = email;
        return remote.DoAsync(operation, request);
    }

    /// <summary>Whether the pool has a user of that name.</summary>
    public async Task<bool> IsAtPoolAsync(string email) =>
        (await remote.CallAsync("AdminGetUser", new JsonObject { ["UserPoolId"] = AmazonScene.PoolId, ["Username"] = email })).Status == 200;

    public ValueTask<Poolhouse.Core.Accounts.Account?> AccountAsync(string email) => Database.ReadAsync(stores => stores.Accounts.FindByEmailAsync("ltd", email, Ct), Ct);

    /// <summary>The sign-in that a browser's session comes from; null where there is none stored.</summary>
    public async Task<RemoteSignIn?> SignInAsync(Browser browser)
    {
        var key = (await browser.GetAsync("session")).Good().Json["id"]!.GetValue<string>();
        return await Database.ReadAsync(
            async stores => await stores.AccountSessions.FindAsync(new(key), DateTimeOffset.UtcNow, Ct) is { } session ? await stores.RemoteSignIns.FindAsync(session.FamilyId, Ct) : null, Ct);
    }

    public RemoteTokens Open(RemoteSignIn signIn) => front.Services.GetRequiredService<RemoteTokenSeal>().Open(signIn)!;

    /// <summary>What the pool says to a refresh token: null for yes.</summary>
    public async Task<string?> RefuseAsync(string refreshToken)
    {
        var answer = await remote.CallAsync("GetTokensFromRefreshToken", new JsonObject { ["ClientId"] = AmazonScene.ClientId, ["RefreshToken"] = refreshToken });
        return answer.Status == 200 ? null : answer.Type;
    }

    /// <summary>Does what upkeep would do next.</summary>
    public Task UpkeepAsync() => front.Services.GetServices<IHostedService>().OfType<RemoteUpkeep>().Single().DoAllAsync(Ct);
}
