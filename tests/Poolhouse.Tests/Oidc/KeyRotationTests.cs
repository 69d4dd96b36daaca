using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Commands;
using Poolhouse.Server.Options;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Oidc;

public sealed class KeyRotationTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_key_is_published_then_signs_then_replaces_the_one_before_it(Engine engine)
    {
        await using var world = await World.StartAsync(engine, "--signing-key-days", "0");
        var pool = await world.PoolAsync(client: Lasting());
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var first = await KeysAsync(pool);

        await world.AdvanceAsync("P9D");
        (await RotateAsync(world)).ShouldBe(0);
        (await KeysAsync(pool)).ShouldBe(first);

        await world.AdvanceAsync("PT23H30M");
        (await RotateAsync(world)).ShouldBeGreaterThanOrEqualTo(1);
        (await RotateAsync(world)).ShouldBe(0);
        var both = await KeysAsync(pool);
        both.Count.ShouldBe(4);
        first.ShouldBeSubsetOf(both);
        var old = Tokens.Of((await pool.RefreshAsync(tokens.Refresh)).Json);
        first.ShouldContain(KeyOf(old.Access));

        await world.AdvanceAsync("PT62M");
        var fresh = Tokens.Of((await pool.RefreshAsync(tokens.Refresh)).Json);
        both.Except(first).ShouldContain(KeyOf(fresh.Access));
        both.Except(first).ShouldContain(KeyOf(fresh.Id));
        (await world.OwnAsync("GetUser", old)).Status.ShouldBe(200);
        (await world.OwnAsync("GetUser", fresh)).Status.ShouldBe(200);

        await world.AdvanceAsync("PT25H");
        await RotateAsync(world);
        (await KeysAsync(pool)).ShouldBe(both.Except(first), ignoreOrder: true);
        (await pool.RefreshAsync(tokens.Refresh)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Keys_stay_for_ever_where_that_is_asked()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--signing-key-days", "0");
        var pool = await world.PoolAsync();
        var first = await KeysAsync(pool);

        await world.AdvanceAsync("P5000D");

        (await world.Services.GetRequiredService<KeyRotation>().RunAsync(lifetime: null, TestContext.Current.CancellationToken)).ShouldBe(0);
        (await KeysAsync(pool)).ShouldBe(first);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Four_nodes_that_rotate_at_once_agree_on_one_generation(Engine engine)
    {
        await using var world = await World.StartAsync(engine, "--signing-key-days", "0");
        var pool = await world.PoolAsync();
        await KeysAsync(pool);
        var keys = world.Services.GetRequiredService<PoolKeys>();
        var now = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();

        var won = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => keys.RotateAsync(new(pool.Id), now, TestContext.Current.CancellationToken).AsTask())));

        // Whoever read after the first had written makes one more generation; never two keys of one generation.
        var published = await KeysAsync(pool);
        published.Count.ShouldBe(2 * (1 + won.Count(w => w)));
        published.ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_key_that_somebody_stole_is_retired_beside_a_running_server(Engine engine)
    {
        await using var world = await World.StartAsync(engine, "--signing-key-days", "0");
        var pool = await world.PoolAsync(client: Lasting());
        var other = await world.PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        (await world.OwnAsync("GetUser", tokens)).Status.ShouldBe(200);
        var untouched = await KeysAsync(other);
        var options = world.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        string[] same = ["--data", options.Data, .. options.Database is { } database ? ["--database", database] : Array.Empty<string>()];

        (await RotateKeys.RunAsync(["--pool", pool.Id, "--retire", .. same], "Development")).ShouldBe(0);
        (await RotateKeys.RunAsync(["--pool", "us-east-1_Nowhere00", .. same], "Development")).ShouldBe(2);
        await world.AdvanceAsync("PT1S");

        (await world.OwnAsync("GetUser", tokens)).ShouldBeError("NotAuthorizedException", "Invalid Access Token");
        var fresh = Tokens.Of((await pool.RefreshAsync(tokens.Refresh)).Json);
        (await world.OwnAsync("GetUser", fresh)).Status.ShouldBe(200);
        (await KeysAsync(pool)).Count.ShouldBe(2);
        (await KeysAsync(other)).ShouldBe(untouched);
    }

    private static JsonObject Lasting() => new()
    {
        ["ExplicitAuthFlows"] = new JsonArray("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"),
        ["AccessTokenValidity"] = 24,
        ["IdTokenValidity"] = 24,
        ["RefreshTokenValidity"] = 365,
    };

    private static async Task<int> RotateAsync(World world) =>
        await world.Services.GetRequiredService<KeyRotation>().RunAsync(TimeSpan.FromDays(10), TestContext.Current.CancellationToken);

    private static async Task<List<string>> KeysAsync(TestPool pool)
    {
        var text = await pool.World.Http.GetStringAsync($"/{pool.Id}/.well-known/jwks.json", TestContext.Current.CancellationToken);
        return [.. JsonNode.Parse(text)!["keys"]!.AsArray().Select(k => k!["kid"]!.GetValue<string>())];
    }

    private static string KeyOf(string token)
    {
        using var header = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0]));
        return header.RootElement.GetProperty("kid").GetString()!;
    }
}
