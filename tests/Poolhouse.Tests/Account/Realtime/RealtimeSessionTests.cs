using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Realtime;

/// <summary>Who signs out, is signed out, disabled or deleted is told.</summary>
[Collection(Alone.Name)]
public sealed class RealtimeSessionTests
{
    [Theory]
    [InlineData(Engine.Sqlite, "auth/logout")]
    [InlineData(Engine.Postgres, "auth/logout")]
    [InlineData(Engine.Sqlite, "AdminUserGlobalSignOut")]
    [InlineData(Engine.Sqlite, "AdminDisableUser")]
    [InlineData(Engine.Sqlite, "AdminDeleteUser")]
    [InlineData(Engine.Postgres, "AdminDeleteUser")]
    [InlineData(Engine.Amazon, "auth/logout")]
    [InlineData(Engine.Amazon, "AdminUserGlobalSignOut")]
    [InlineData(Engine.Amazon, "AdminDisableUser")]
    [InlineData(Engine.Amazon, "AdminDeleteUser")]
    public async Task Whoever_ends_a_sign_in_the_connection_is_told_within_a_second(Engine engine, string by)
    {
        var world = await World.OnAsync(engine);
        var ann = await Speaker.NewAsync(world);
        await using var socket = await TestSocket.ConnectAsync(world);
        (await socket.AskAsync("user-login", ann.Tokens()))["action"]!.GetValue<string>().ShouldBe("user-login-success");

        if (by == "auth/logout") (await world.ApiAsync(HttpMethod.Post, by, token: ann.Access)).Good();
        else await world.DoAsync(by, new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = ann.Email });
        var since = System.Diagnostics.Stopwatch.StartNew();
        var told = await socket.HearAsync();

        // Twice the time, for a machine that does other things too.
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        told["action"]!.GetValue<string>().ShouldBe("user-session-ended");
        RealtimeTests.Code(told).ShouldBe("SESSION_ENDED");
        told["message"]!["user"]!["email"]!.GetValue<string>().ShouldBe(ann.Email);
        told["message"]!["user"]!["loggedIn"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_logout_in_one_window_is_told_to_the_others_of_that_sign_in_and_to_no_other_device()
    {
        var world = await World.OnAsync();
        var laptop = await Speaker.NewAsync(world);
        var phone = await Speaker.SignInAsync(world, laptop.Email);
        await using var first = await TestSocket.ConnectAsync(world);
        await using var second = await TestSocket.ConnectAsync(world);
        await using var third = await TestSocket.ConnectAsync(world);
        await first.AskAsync("user-login", laptop.Tokens());
        await second.AskAsync("user-login", laptop.Tokens());
        await third.AskAsync("user-login", phone.Tokens());

        var reply = await first.AskAsync("user-logout", laptop.Tokens());
        var told = await second.HearAsync();
        await third.SayAsync("anything");

        reply["action"]!.GetValue<string>().ShouldBe("user-logout-success");
        told["action"]!.GetValue<string>().ShouldBe("user-session-ended");
        (await third.HearAsync())["action"]!.GetValue<string>().ShouldBe("error");
    }

    [Fact]
    public async Task Another_node_tells_too()
    {
        var folder = Directory.CreateTempSubdirectory("poolhouse-nodes-").FullName;
        string[] shared =
        [
            "--database", $"Data Source={Path.Combine(folder, "shared.db")}", "--public-url", "http://poolhouse.test",
            "--MasterKey", Convert.ToBase64String(new byte[32]),
        ];
        try
        {
            await using var here = await World.StartAsync(Engine.Sqlite, shared);
            await using var there = await World.StartAsync(Engine.Sqlite, shared);
            var ann = await Speaker.NewAsync(here);
            await using var socket = await TestSocket.ConnectAsync(here);
            await socket.AskAsync("user-login", ann.Tokens());
            await using var other = await TestSocket.ConnectAsync(there);
            (await other.AskAsync("user-login", ann.Tokens()))["action"]!.GetValue<string>().ShouldBe("user-login-success");

            (await other.AskAsync("user-logout", ann.Tokens()))["action"]!.GetValue<string>().ShouldBe("user-logout-success");

            (await socket.HearAsync())["action"]!.GetValue<string>().ShouldBe("user-session-ended");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
