using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Realtime;

/// <summary>The WebSocket API as a client uses it: source 000's story, and every bad way in.</summary>
public sealed class RealtimeTests
{
    private static readonly PoolId Pool = new("us-east-1_Poolhouse");

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task A_user_signs_up_logs_in_and_logs_out_in_the_words_of_the_contract(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var ann = await Speaker.NewAsync(world);
        await using var socket = await TestSocket.ConnectAsync(world);

        var signup = await socket.AskAsync("user-signup", ann.Signup());
        var login = await socket.AskAsync("user-login", ann.Tokens());
        var stored = await StoredAsync(world, ann);
        var logout = await socket.AskAsync("user-logout", ann.Tokens());

        var sender = signup["sender"]!.GetValue<string>();
        Guid.TryParse(sender, out _).ShouldBeTrue();
        signup.ToJsonString().ShouldBe(Success(sender, "user-signup", "user created", ann, true));
        login.ToJsonString().ShouldBe(Success(sender, "user-login", "user logged in", ann, true));
        logout.ToJsonString().ShouldBe(Success(sender, "user-logout", "user logged out", ann, false));
        Encoding.Latin1.GetString(stored!.SealedTokens).ShouldNotContain(ann.Access[..40]);
        var tokens = world.Services.GetRequiredService<RealtimeTokens>();
        tokens.Open(stored).ShouldBe(new ToldTokens(ann.Access, ann.Id, ann.Refresh));
        tokens.Open(stored with { AccountId = new AccountId("another") }).ShouldBeNull();
        (await StoredAsync(world, ann)).ShouldBeNull();
    }

    [Fact]
    public async Task A_repeated_signup_succeeds_and_changes_nothing()
    {
        var world = await World.OnAsync();
        var ann = await Speaker.NewAsync(world);
        await using var socket = await TestSocket.ConnectAsync(world);
        var name = "n" + Guid.NewGuid().ToString("N")[..12];

        var first = await socket.AskAsync("user-signup", ann.Signup(name));
        var stored = await StoredAsync(world, ann);
        var again = await socket.AskAsync("user-signup", ann.Signup("somebody-else"));

        first["message"]!["user"]!["username"]!.GetValue<string>().ShouldBe(name);
        again.ToJsonString().ShouldBe(first.ToJsonString());
        (await StoredAsync(world, ann)).ShouldBeEquivalentTo(stored);
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task Of_64_signups_of_one_identity_at_once_all_succeed_and_one_user_is_made(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var ann = await Speaker.NewAsync(world);
        var sockets = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => TestSocket.ConnectAsync(world)));

        var replies = await Task.WhenAll(sockets.Select(socket => Task.Run(() => socket.AskAsync("user-signup", ann.Signup()))));

        replies.ShouldAllBe(reply => reply["action"]!.GetValue<string>() == "user-signup-success");
        replies.Select(reply => reply["message"]!.ToJsonString()).Distinct().Count().ShouldBe(1);
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task One_of_many_who_want_a_username_gets_it(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Speaker.NewAsync(world)));
        var name = "n" + Guid.NewGuid().ToString("N")[..12];

        var replies = await Task.WhenAll(people.Select(person => Task.Run(async () =>
        {
            await using var socket = await TestSocket.ConnectAsync(world);
            return await socket.AskAsync("user-signup", person.Signup(name));
        })));

        replies.Count(reply => reply["action"]!.GetValue<string>() == "user-signup-success").ShouldBe(1, string.Join('\n', replies.Select(r => r.ToJsonString())));
        replies.Count(reply => Code(reply) == "USERNAME_TAKEN").ShouldBe(7);
    }

    [Theory]
    [InlineData("email", "TOKEN_MISMATCH")]
    [InlineData("accessToken", "TOKEN_MISMATCH")]
    [InlineData("idToken", "TOKEN_MISMATCH")]
    [InlineData("refreshToken", "TOKEN_MISMATCH")]
    [InlineData("cogId", "TOKEN_MISMATCH")]
    public async Task Group_D_What_is_somebody_elses_is_refused_and_nothing_is_written(string member, string code)
    {
        var world = await World.OnAsync();
        var (ann, eve) = (await Speaker.NewAsync(world), await Speaker.NewAsync(world));
        await using var socket = await TestSocket.ConnectAsync(world);
        var message = eve.Signup();
        message[member] = ann.Signup()[member]!.DeepClone();
        if (member == "email") message["username"] = ann.Email;

        var reply = await socket.AskAsync("user-signup", message);

        Code(reply).ShouldBe(code, reply.ToJsonString());
        reply["action"]!.GetValue<string>().ShouldBe("user-signup-error");
        reply["message"]!["message"]!.GetValue<string>().ShouldBe("user not created");
        (await StoredAsync(world, ann)).ShouldBeNull();
        (await StoredAsync(world, eve)).ShouldBeNull();
        // Refused, and not used up.
        foreach (var person in (Speaker[])[ann, eve])
            (await world.ApiAsync(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = person.Refresh })).Good();
    }

    [Theory]
    [InlineData("accessToken", "idToken")]
    [InlineData("idToken", "accessToken")]
    [InlineData("refreshToken", "accessToken")]
    [InlineData("accessToken", null)]
    [InlineData("idToken", null)]
    [InlineData("refreshToken", null)]
    public async Task Group_D_A_token_of_another_kind_or_that_was_touched_is_refused(string member, string? from)
    {
        var world = await World.OnAsync();
        var ann = await Speaker.NewAsync(world);
        await using var socket = await TestSocket.ConnectAsync(world);
        var message = ann.Tokens();
        var token = message[member]!.GetValue<string>();
        message[member] = from is null ? token[..^10] + (token[^10] == 'A' ? 'B' : 'A') + token[^9..] : message[from]!.DeepClone();

        var reply = await socket.AskAsync("user-login", message);

        Code(reply).ShouldBe("TOKEN_INVALID", reply.ToJsonString());
        (await StoredAsync(world, ann)).ShouldBeNull();
    }

    [Fact]
    public async Task Tokens_of_two_sign_ins_of_one_user_are_not_one_sign_in()
    {
        var world = await World.OnAsync();
        var first = await Speaker.NewAsync(world);
        var second = await Speaker.SignInAsync(world, first.Email);
        await using var socket = await TestSocket.ConnectAsync(world);
        var message = first.Tokens();
        message["refreshToken"] = second.Refresh;

        Code(await socket.AskAsync("user-login", message)).ShouldBe("TOKEN_MISMATCH");
    }

    [Fact]
    public async Task Expired_tokens_are_refused()
    {
        await using var world = await World.StartAsync();
        var ann = await Speaker.NewAsync(world);
        await world.AdvanceAsync("PT2H");
        await using var socket = await TestSocket.ConnectAsync(world);

        Code(await socket.AskAsync("user-login", ann.Tokens())).ShouldBe("TOKEN_EXPIRED");
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task Who_has_signed_out_can_only_say_goodbye(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var ann = await Speaker.NewAsync(world);
        await using var socket = await TestSocket.ConnectAsync(world);
        await socket.AskAsync("user-login", ann.Tokens());
        (await world.ApiAsync(HttpMethod.Post, "auth/logout", token: ann.Access)).Good();
        (await socket.HearAsync())["action"]!.GetValue<string>().ShouldBe("user-session-ended");

        var login = await socket.AskAsync("user-login", ann.Tokens());
        var logout = await socket.AskAsync("user-logout", ann.Tokens());

        Code(login).ShouldBe("TOKEN_REVOKED");
        logout["action"]!.GetValue<string>().ShouldBe("user-logout-success");
        (await StoredAsync(world, ann)).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_that_changed_hands_is_its_new_owners()
    {
        var world = await World.OnAsync();
        var ann = await Speaker.NewAsync(world);
        await using var socket = await TestSocket.ConnectAsync(world);
        await socket.AskAsync("user-signup", ann.Signup());
        var other = TestAccount.NewEmail();
        await world.DoAsync("AdminUpdateUserAttributes", new JsonObject
        {
            ["UserPoolId"] = Pool.Value, ["Username"] = ann.Email,
            ["UserAttributes"] = new JsonArray(
                new JsonObject { ["Name"] = "email", ["Value"] = other }, new JsonObject { ["Name"] = "email_verified", ["Value"] = "true" }),
        });
        var body = AccountWorld.Registration(ann.Email);
        (await world.ApiAsync(HttpMethod.Post, "auth/register", body)).Good();
        var code = await world.CodeAsync(ann.Email, 2);
        (await world.ApiAsync(HttpMethod.Post, "auth/verify-otp", new JsonObject { ["email"] = ann.Email, ["code"] = code, ["purpose"] = "email_verification" })).Good();
        var bob = await Speaker.SignInAsync(world, ann.Email);

        var stale = await socket.AskAsync("user-login", ann.Tokens());
        var taken = await socket.AskAsync("user-signup", bob.Signup());
        var moved = await Speaker.SignInAsync(world, other);
        var back = await socket.AskAsync("user-login", moved.Tokens());

        Code(stale).ShouldBe("TOKEN_MISMATCH");
        taken["message"]!["user"]!["cogId"]!.GetValue<string>().ShouldBe(bob.Sub);
        back["message"]!["user"]!["cogId"]!.GetValue<string>().ShouldBe(ann.Sub, back.ToJsonString());
        back["message"]!["user"]!["email"]!.GetValue<string>().ShouldBe(other);
    }

    [Theory]
    [InlineData("""{"action":"user-login","message":{}}""", "user-login-error", "VALIDATION_FAILED")]
    [InlineData("""{"action":"user-login","message":{"email":5}}""", "user-login-error", "VALIDATION_FAILED")]
    [InlineData("""{"action":"user-signup","message":{"email":["a"],"username":{}}}""", "user-signup-error", "VALIDATION_FAILED")]
    [InlineData("""{"action":"user-verify","message":{"email":"a@example.com","code":null}}""", "user-verify-error", "VALIDATION_FAILED")]
    [InlineData("""{"action":"user-verify","message":{"email":"a@example.com","code":"1","application":"none"}}""", "user-verify-error", "VALIDATION_FAILED")]
    [InlineData("""{"action":"user-verification-resend","message":{"email":"\ud800"}}""", "user-verification-resend-error", "VALIDATION_FAILED")]
    [InlineData("""{"action":"\ud800","message":{}}""", "error", "UNKNOWN_ACTION")]
    [InlineData("""{"action":"user-delete","message":{}}""", "error", "UNKNOWN_ACTION")]
    [InlineData("""{"action":"","message":{}}""", "error", "UNKNOWN_ACTION")]
    [InlineData("""{"action":"user-login"}""", "error", "MALFORMED_MESSAGE")]
    [InlineData("""{"action":"user-login","message":"text"}""", "error", "MALFORMED_MESSAGE")]
    [InlineData("""{"action":7,"message":{}}""", "error", "MALFORMED_MESSAGE")]
    [InlineData("[1]", "error", "MALFORMED_MESSAGE")]
    [InlineData("null", "error", "MALFORMED_MESSAGE")]
    [InlineData("hello", "error", "MALFORMED_MESSAGE")]
    [InlineData("", "error", "MALFORMED_MESSAGE")]
    public async Task What_is_no_message_is_told_so_and_the_connection_stays(string text, string action, string code)
    {
        var world = await World.OnAsync();
        await using var socket = await TestSocket.ConnectAsync(world);

        await socket.SayAsync(text);
        var reply = await socket.HearAsync();
        await socket.SayAsync("still there?");
        var next = await socket.HearAsync();

        reply["action"]!.GetValue<string>().ShouldBe(action, reply.ToJsonString());
        Code(reply).ShouldBe(code, reply.ToJsonString());
        Code(next).ShouldBe("MALFORMED_MESSAGE");
    }

    [Fact]
    public async Task A_code_that_was_mailed_verifies_and_another_one_does_not()
    {
        var world = await World.OnAsync();
        var email = TestAccount.NewEmail();
        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email))).Good();
        await world.CodeAsync(email);
        await using var socket = await TestSocket.ConnectAsync(world);

        var resent = await socket.AskAsync("user-verification-resend", new JsonObject { ["email"] = email });
        var unknown = await socket.AskAsync("user-verification-resend", new JsonObject { ["email"] = "nobody@example.com" });
        var code = await world.CodeAsync(email, 2);
        var wrong = await socket.AskAsync("user-verify", new JsonObject { ["email"] = email, ["code"] = code == "000000" ? "000001" : "000000" });
        var stranger = await socket.AskAsync("user-verify", new JsonObject { ["email"] = "nobody@example.com", ["code"] = "000000" });
        var right = await socket.AskAsync("user-verify", new JsonObject { ["email"] = email, ["code"] = code });
        var again = await socket.AskAsync("user-verify", new JsonObject { ["email"] = email, ["code"] = code });

        resent["action"]!.GetValue<string>().ShouldBe("user-verification-resend-success");
        resent["message"]!["message"]!.GetValue<string>().ShouldBe("user resent verification");
        resent.ToJsonString().ShouldBe(unknown.ToJsonString().Replace("nobody@example.com", email, StringComparison.Ordinal));
        Code(wrong).ShouldBe("CODE_MISMATCH");
        wrong["message"]!["user"]!.ToJsonString().ShouldBe($$"""{"cogId":null,"username":"{{email}}","email":"{{email}}","loggedIn":false}""");
        wrong.ToJsonString().ShouldBe(stranger.ToJsonString().Replace("nobody@example.com", email, StringComparison.Ordinal));
        right["action"]!.GetValue<string>().ShouldBe("user-verify-success");
        right["message"]!["message"]!.GetValue<string>().ShouldBe("user verified");
        right["message"]!["user"]!["cogId"]!.GetValue<string>().ShouldNotBeEmpty();
        right["message"]!["user"]!["loggedIn"]!.GetValue<bool>().ShouldBeFalse();
        Code(again).ShouldBe("CODE_MISMATCH");
    }

    [Fact]
    public async Task An_identity_of_an_identity_pool_is_a_cogId_only_for_its_own_user()
    {
        var world = await World.OnAsync();
        var (ann, eve) = (await Speaker.NewAsync(world), await Speaker.NewAsync(world));
        var database = world.Services.GetRequiredService<IDatabase>();
        var id = new Poolhouse.Core.Identities.IdentityId($"us-east-1:{Guid.NewGuid()}");
        await database.WriteAsync(
            async unit =>
            {
                var now = DateTimeOffset.UnixEpoch;
                var pool = new Poolhouse.Core.Identities.IdentityPool { Id = new($"us-east-1:{Guid.NewGuid()}"), Name = "i", Settings = new(), CreatedAt = now, ModifiedAt = now };
                await unit.IdentityPools.CreateAsync(pool, CancellationToken.None);
                await unit.Identities.CreateAsync(new() { Id = id, PoolId = pool.Id, IsGuest = false, CreatedAt = now, ModifiedAt = now }, CancellationToken.None);
                return await unit.Identities.LinkAsync(
                    pool.Id, id, new($"cognito-idp.us-east-1.amazonaws.com/{Pool}", ann.Sub, false), CancellationToken.None);
            },
            CancellationToken.None);
        await using var socket = await TestSocket.ConnectAsync(world);
        var (right, wrong) = (ann.Signup(), eve.Signup());
        right["cogId"] = id.Value;
        wrong["cogId"] = id.Value;

        var other = await socket.AskAsync("user-signup", wrong);
        var own = await socket.AskAsync("user-signup", right);

        Code(other).ShouldBe("TOKEN_MISMATCH");
        own["message"]!["user"]!["cogId"]!.GetValue<string>().ShouldBe(id.Value, own.ToJsonString());
    }

    internal static string? Code(JsonObject reply) => reply["message"]!["code"]?.GetValue<string>();

    private static string Success(string sender, string action, string text, Speaker user, bool loggedIn) => new JsonObject
    {
        ["sender"] = sender,
        ["action"] = action + "-success",
        ["message"] = new JsonObject
        {
            ["message"] = text,
            ["user"] = new JsonObject { ["cogId"] = user.Sub, ["username"] = user.Email, ["email"] = user.Email, ["loggedIn"] = loggedIn },
        },
    }.ToJsonString();

    // A pool of this server names a sign-in by its family, one at Amazon by what its tokens say.
    private static async Task<StoredSignIn?> StoredAsync(World world, Speaker person) => await world.Services.GetRequiredService<IDatabase>()
        .ReadAsync(stores => stores.Realtime.FindSignInAsync(world.Remote is null ? person.Family : OriginOf(person), CancellationToken.None), CancellationToken.None);

    private static string OriginOf(Speaker person) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(person.Access.Split('.')[1]))!["origin_jti"]!.GetValue<string>();
}
