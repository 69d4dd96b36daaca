using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Development;

public sealed class DevelopmentEndpointsTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_reset_leaves_a_server_as_at_its_first_start(Engine engine)
    {
        await using var world = await World.StartAsync(engine);
        var pool = await world.PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await world.AdvanceAsync("P1D");

        using var response = await world.Http.PostAsync("/dev/reset", null, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var pools = await world.DoAsync("ListUserPools", new JsonObject { ["MaxResults"] = 60 });
        pools["UserPools"]!.AsArray().Select(p => p!["Id"]!.GetValue<string>()).ShouldBe(["us-east-1_Poolhouse", "us-east-1_PoolhouseSwp"]);
        (await world.GetUserAsync(tokens.Access)).Status.ShouldBe(400);
        (await ClockAsync(world))["offset"]!.GetValue<string>().ShouldBe("PT0S");
        (await (await (await world.PoolAsync()).ConfirmedAsync("bob")).TrySignInAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_clock_moves_forth_and_back_and_survives_a_look()
    {
        await using var world = await World.StartAsync();

        await world.AdvanceAsync("P1DT2H");
        await world.AdvanceAsync("-PT2H");

        var clock = await ClockAsync(world);
        clock["offset"]!.GetValue<string>().ShouldBe("P1D");
        (clock["now"]!.GetValue<DateTimeOffset>() - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromHours(23.9), TimeSpan.FromHours(24.1));
    }

    [Theory]
    [InlineData("""{"advance":"tomorrow"}""")]
    [InlineData("""{"advance":""}""")]
    [InlineData("""{"advance":null}""")]
    [InlineData("""{"advance":1}""")]
    [InlineData("""{"advance":"P101Y"}""")]
    [InlineData("""{"advance":"-P99999Y"}""")]
    [InlineData("""{"advance":"P99999999999999D"}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task A_duration_that_is_none_moves_nothing(string body)
    {
        await using var world = await World.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await world.Http.PostAsync("/dev/clock", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ClockAsync(world))["offset"]!.GetValue<string>().ShouldBe("PT0S");
    }

    [Fact]
    public async Task A_clock_moved_in_another_media_type_is_refused()
    {
        await using var world = await World.StartAsync();
        using var content = new StringContent("""{"advance":"P1D"}""", Encoding.UTF8, "text/plain");

        using var response = await world.Http.PostAsync("/dev/clock", content, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBeInRange(400, 499);
    }

    [Fact]
    public async Task A_snapshot_brings_everything_back()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync(client: SignInCalls.Client(hasSecret: true));
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();
        await world.AdvanceAsync("PT5M");
        var snapshot = await world.Http.GetByteArrayAsync("/dev/snapshot", TestContext.Current.CancellationToken);
        await pool.ManageAsync("AdminDeleteUser", "bob");
        await world.Http.PostAsync("/dev/reset", null, TestContext.Current.CancellationToken);

        (await PutAsync(world, snapshot)).ShouldBe(HttpStatusCode.NoContent);

        (await world.GetUserAsync(tokens.Access)).Status.ShouldBe(200);
        (await bob.TrySignInAsync()).ShouldBeSignedIn();
        (await new SrpPerson(pool).SignInAsync("bob")).ShouldBeSignedIn();
        (await pool.RefreshOldAsync(tokens.Refresh!, pool.HashOf("bob"))).ShouldBeSignedIn();
        (await ClockAsync(world))["offset"]!.GetValue<string>().ShouldBe("PT5M");
    }

    [Fact]
    public async Task A_snapshot_of_a_restored_server_is_the_same()
    {
        await using var world = await World.StartAsync();
        await (await world.PoolAsync()).SignedUpAsync("bob");
        await world.CodeAsync((await (await world.PoolAsync()).SignedUpAsync("alice")).Email);
        var first = await world.Http.GetStringAsync("/dev/snapshot", TestContext.Current.CancellationToken);

        (await PutAsync(world, Encoding.UTF8.GetBytes(first))).ShouldBe(HttpStatusCode.NoContent);

        var second = await world.Http.GetStringAsync("/dev/snapshot", TestContext.Current.CancellationToken);
        second.Length.ShouldBe(first.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"version":99999,"tables":{}}""")]
    public async Task What_is_no_snapshot_changes_nothing(string body)
    {
        await using var world = await World.StartAsync();
        var bob = await (await world.PoolAsync()).ConfirmedAsync("bob");

        var status = await PutAsync(world, Encoding.UTF8.GetBytes(body));

        status.ShouldBe(HttpStatusCode.BadRequest);
        (await bob.TrySignInAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Half_a_snapshot_changes_nothing()
    {
        await using var world = await World.StartAsync();
        var bob = await (await world.PoolAsync()).ConfirmedAsync("bob");
        var snapshot = await world.Http.GetByteArrayAsync("/dev/snapshot", TestContext.Current.CancellationToken);

        var status = await PutAsync(world, snapshot[..(snapshot.Length * 2 / 3)]);

        status.ShouldBe(HttpStatusCode.BadRequest);
        (await bob.TrySignInAsync()).ShouldBeSignedIn();
    }

    private static async Task<JsonNode> ClockAsync(World world) => JsonNode.Parse(await world.Http.GetStringAsync("/dev/clock"))!;

    private static async Task<HttpStatusCode> PutAsync(World world, byte[] snapshot)
    {
        using var content = new ByteArrayContent(snapshot);
        content.Headers.ContentType = new("application/json");
        using var response = await world.Http.PutAsync("/dev/snapshot", content);
        return response.StatusCode;
    }
}
