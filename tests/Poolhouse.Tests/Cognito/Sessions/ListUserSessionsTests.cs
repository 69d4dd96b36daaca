using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Sessions;

public sealed partial class ListUserSessionsTests
{
    [Fact]
    public async Task Each_sign_in_is_a_session()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (first, second) = (await bob.SignInAsync(), await bob.SignInAsync());

        var sessions = await pool.World.OwnSessionsAsync(second);

        sessions.Count.ShouldBe(2);
        sessions.ShouldAllBe(s => SessionId().IsMatch(s!["SessionId"]!.GetValue<string>()));
        sessions.Count(s => s!["IsCurrentSession"]!.GetValue<bool>()).ShouldBe(1);
        (await pool.World.SessionIdAsync(first)).ShouldNotBe(await pool.World.SessionIdAsync(second));
        var session = sessions[0]!.AsObject();
        session["SessionType"]!.GetValue<string>().ShouldBe("TOKEN");
        session["ClientId"]!.GetValue<string>().ShouldBe(pool.ClientId);
        session["LastIPAddress"]!.GetValue<string>().ShouldBe("127.0.0.1");
        session["DeviceType"]!.GetValue<string>().ShouldBe("unknown");
        session["CreateDate"]!.GetValue<double>().ShouldBe(session["LastActiveDate"]!.GetValue<double>());
        session.ContainsKey("LastLocation").ShouldBeFalse();
    }

    [Fact]
    public async Task An_administrator_sees_the_same_and_none_is_current()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var sessions = await pool.SessionsAsync("bob");

        sessions.Single()!["SessionId"]!.GetValue<string>().ShouldBe(await pool.World.SessionIdAsync(tokens));
        sessions.Single()!["IsCurrentSession"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_elses_sessions_are_listed()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        await (await pool.ConfirmedAsync("eve")).SignInAsync();
        var bob = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.World.OwnSessionsAsync(bob)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refresh_is_an_activity()
    {
        await using var world = await World.StartAsync();
        var pool = await world.SessionPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();
        await world.AdvanceAsync("PT10M");

        (await pool.RefreshAsync(tokens.Refresh)).Status.ShouldBe(200);

        var session = (await pool.SessionsAsync("bob")).Single()!;
        (session["LastActiveDate"]!.GetValue<double>() - session["CreateDate"]!.GetValue<double>()).ShouldBeInRange(600, 660);
    }

    [Fact]
    public async Task A_rotation_is_an_activity()
    {
        await using var world = await World.StartAsync();
        var pool = await world.SessionPoolAsync(client: new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH"),
            ["RefreshTokenRotation"] = new JsonObject { ["Feature"] = "ENABLED", ["RetryGracePeriodSeconds"] = 0 },
        });
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await world.AdvanceAsync("PT10M");

        (await pool.RefreshAsync(tokens.Refresh)).Status.ShouldBe(200);

        var session = (await pool.SessionsAsync("bob")).Single()!;
        (session["LastActiveDate"]!.GetValue<double>() - session["CreateDate"]!.GetValue<double>()).ShouldBeInRange(600, 660);
    }

    [Fact]
    public async Task What_ended_is_not_listed()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (ended, kept) = (await bob.SignInAsync(), await bob.SignInAsync());
        await pool.World.DoAsync("RevokeToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = ended.Refresh });

        (await pool.World.OwnSessionsAsync(kept)).Count.ShouldBe(1);
        (await pool.World.OwnAsync("GlobalSignOut", kept)).Status.ShouldBe(200);
        (await pool.SessionsAsync("bob")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sign_ins_from_before_tracking_are_no_sessions()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var before = await bob.SignInAsync();
        await pool.TrackAsync("ENABLED", 1);

        (await pool.World.OwnSessionsAsync(before)).ShouldBeEmpty();
        await bob.SignInAsync();
        (await pool.World.OwnAsync("GetUser", before)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Without_tracking_there_is_nothing_to_list()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.World.OwnAsync("ListUserSessions", tokens)).ShouldBeError("OperationNotEnabledException");
        (await pool.AdminAsync("AdminListUserSessions", "bob")).ShouldBeError("OperationNotEnabledException");
        (await pool.AdminAsync("AdminRevokeUserSession", "bob", new JsonObject { ["SessionId"] = "tkn" })).ShouldBeError("OperationNotEnabledException");
    }

    [Fact]
    public async Task A_page_token_is_refused_because_none_is_given()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.World.OwnAsync("ListUserSessions", tokens, new JsonObject { ["NextToken"] = "a" })).ShouldBeError("InvalidParameterException");
        (await pool.AdminAsync("AdminListUserSessions", "bob", new JsonObject { ["NextToken"] = "a" })).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Nobody_is_listed_who_is_not_there()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();

        (await pool.AdminAsync("AdminListUserSessions", "nobody")).ShouldBeError("UserNotFoundException");
        (await pool.World.CallAsync("AdminListUserSessions", new JsonObject { ["UserPoolId"] = "us-east-1_none", ["Username"] = "bob" }))
            .ShouldBeError("ResourceNotFoundException");
    }

    [GeneratedRegex("^tkn[0-9a-z]{25}$", RegexOptions.NonBacktracking)]
    private static partial Regex SessionId();
}
