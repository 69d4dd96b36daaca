using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Accounts;
using Poolhouse.Server.Account;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

/// <summary><c>/api/v1/auth</c>. All on the pool of the first start, so each test has addresses of its own.</summary>
public sealed class AuthenticationTests
{
    private const string Password = "Test123456";

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task An_account_is_registered_verified_used_and_left(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var email = NewEmail();

        var registered = await RegisterAsync(world, email);
        registered.Json["message"]!.GetValue<string>().ShouldBe("OTP sent");
        (await LoginAsync(world, email)).ShouldBeProblem(403, "USER_NOT_CONFIRMED");
        (await VerifyAsync(world, email, "000000")).ShouldBeProblem(400, "CODE_MISMATCH");
        (await VerifyAsync(world, email, await world.CodeAsync(email))).Text.ShouldBe("""{"message":"Signup complete"}""");

        var tokens = (await LoginAsync(world, email)).Json;
        tokens.Select(p => p.Key).ShouldBe(["access_token", "refresh_token", "id_token", "token_type", "expires_in", "features", "security_question_required"], ignoreOrder: true);
        tokens["token_type"]!.GetValue<string>().ShouldBe("Bearer");
        tokens["expires_in"]!.GetValue<int>().ShouldBe(3600);
        var claims = Tokens.Claims(tokens["id_token"]!.GetValue<string>());
        (claims["given_name"]!.GetValue<string>(), claims["family_name"]!.GetValue<string>(), claims["email"]!.GetValue<string>()).ShouldBe(("Test", "User", email));

        var refreshed = (await PostAsync(world, "refresh", new JsonObject { ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>() })).Json;
        refreshed.ContainsKey("refresh_token").ShouldBeFalse();
        var access = refreshed["access_token"]!.GetValue<string>();
        (await PostAsync(world, "logout", null, access)).Text.ShouldBe("""{"message":"Logged out"}""");
        (await PostAsync(world, "logout", null, access)).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await PostAsync(world, "refresh", new JsonObject { ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>() })).ShouldBeProblem(401, "TOKEN_REVOKED");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Who_registered_is_signed_in_by_the_code_and_nobody_else_by_a_session_that_is_none(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (email, other) = (NewEmail(), NewEmail());
        var session = (await RegisterAsync(world, email)).Json["session"]!.GetValue<string>();
        var foreign = (await RegisterAsync(world, other)).Json["session"]!.GetValue<string>();

        var signedIn = await VerifyAsync(world, email, await world.CodeAsync(email), session);
        var confirmed = await VerifyAsync(world, other, await world.CodeAsync(other), session);

        signedIn.Json["message"]!.GetValue<string>().ShouldBe("Signup complete");
        signedIn.Json["access_token"]!.GetValue<string>().ShouldNotBeEmpty();
        confirmed.Text.ShouldBe("""{"message":"Signup complete"}""");
        foreign.Length.ShouldBe(session.Length);
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task An_address_that_has_an_account_is_answered_alike_and_its_owner_gets_a_mail(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (email, fresh) = (NewEmail(), NewEmail());
        await RegisterAsync(world, email);
        await VerifyAsync(world, email, await world.CodeAsync(email));

        var again = await RegisterAsync(world, email, "Another123456");
        var first = await RegisterAsync(world, fresh);

        again.Status.ShouldBe(first.Status);
        again.Json.Select(p => p.Key).ShouldBe(first.Json.Select(p => p.Key));
        again.Text.Length.ShouldBe(first.Text.Length);
        var reset = await world.CodeAsync(email, atLeast: 2);
        (await LoginAsync(world, email)).Status.ShouldBe(200);
        (await PostAsync(world, "verify-otp", new JsonObject { ["email"] = email, ["code"] = reset, ["purpose"] = "password_reset", ["new_password"] = "Another123456" }))
            .Text.ShouldBe("""{"message":"Password reset"}""");
        (await LoginAsync(world, email)).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await LoginAsync(world, email, "Another123456")).Status.ShouldBe(200);
        // A code for a new account of that address was never made, and that looks like a wrong one.
        (await VerifyAsync(world, email, "123456")).ShouldBeProblem(400, "CODE_MISMATCH");
        (await VerifyAsync(world, NewEmail(), "123456")).ShouldBeProblem(400, "CODE_MISMATCH");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_code_is_asked_for_without_telling_whether_there_is_an_account(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (confirmed, unconfirmed) = (NewEmail(), NewEmail());
        await RegisterAsync(world, confirmed);
        await VerifyAsync(world, confirmed, await world.CodeAsync(confirmed));
        await RegisterAsync(world, unconfirmed);

        foreach (var purpose in new[] { "email_verification", "password_reset" })
        foreach (var email in new[] { confirmed, unconfirmed, NewEmail() })
        {
            var answer = await PostAsync(world, "request-otp", new JsonObject { ["email"] = email, ["purpose"] = purpose });
            (answer.Status, answer.Text).ShouldBe((200, """{"message":"OTP sent"}"""), $"{purpose} {email}");
        }

        (await world.CodeAsync(unconfirmed, atLeast: 2)).ShouldNotBeEmpty();
        (await LoginAsync(world, NewEmail())).ShouldBeProblem(401, "INVALID_CREDENTIALS");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_password_is_changed_by_who_knows_it_and_every_session_ended(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var email = NewEmail();
        await RegisterAsync(world, email);
        await VerifyAsync(world, email, await world.CodeAsync(email));
        var here = (await LoginAsync(world, email)).Json["access_token"]!.GetValue<string>();
        var there = (await LoginAsync(world, email)).Json["access_token"]!.GetValue<string>();
        JsonObject Change(string from, string to) => new() { ["previous_password"] = from, ["new_password"] = to };

        (await PostAsync(world, "change-password", Change("Wrong123456", "Better123456"), here)).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await PostAsync(world, "change-password", Change(Password, "short"), here)).ShouldBeProblem(400, "PASSWORD_NOT_ACCEPTABLE");
        (await PostAsync(world, "change-password", Change(Password, "Better123456"), here)).Status.ShouldBe(200);
        (await LoginAsync(world, email, "Better123456")).Status.ShouldBe(200);

        (await PostAsync(world, "logout", new JsonObject { ["everywhere"] = true }, here)).Status.ShouldBe(200);
        (await PostAsync(world, "logout", null, there)).ShouldBeProblem(401, "TOKEN_REVOKED");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task What_is_wrong_is_told_by_field_all_at_once(Engine engine)
    {
        var world = await World.OnAsync(engine);

        var answer = await PostAsync(world, "register", new JsonObject { ["email"] = "nobody", ["password"] = "", ["phone_number"] = "\0", ["accept_terms"] = true });

        answer.ShouldBeProblem(400, "VALIDATION_FAILED");
        var errors = answer.Json["errors"]!.AsObject();
        errors.Select(e => e.Key).ShouldBe(["email", "password", "first_name", "last_name", "phone_number"], ignoreOrder: true);
        errors["email"]![0]!["code"]!.GetValue<string>().ShouldBe("EMAIL");
        errors["password"]![0]!["code"]!.GetValue<string>().ShouldBe("REQUIRED");
        errors["phone_number"]![0]!["code"]!.GetValue<string>().ShouldBe("CHARACTER");
        (await PostAsync(world, "register", Registration(NewEmail(), Password, accepts: false))).ShouldBeProblem(400, "TERMS_NOT_ACCEPTED");
        (await PostAsync(world, "register", Registration(NewEmail(), "short"))).ShouldBeProblem(400, "PASSWORD_NOT_ACCEPTABLE");
        (await PostAsync(world, "verify-otp", new JsonObject { ["email"] = NewEmail(), ["code"] = "1", ["purpose"] = "x" })).ShouldBeProblem(400, "VALIDATION_FAILED");
    }

    [Theory]
    [InlineData("register")]
    [InlineData("verify-otp")]
    [InlineData("login")]
    [InlineData("challenge")]
    [InlineData("request-otp")]
    [InlineData("refresh")]
    public async Task Bodies_that_are_none_are_refused(string route)
    {
        var world = await World.OnAsync();
        string[] bodies = ["", "{", "[]", "null", "1", "\"x\"", """{"email":{}}""", """{"email":1,"password":[]}""", "{}", """{"email":"\u0000@example.com","code":"\u0000"}""", new string('[', 2000)];

        foreach (var body in bodies)
        {
            var answer = await SendAsync(world, route, body, "application/json");
            answer.ShouldBeProblem(400, "VALIDATION_FAILED");
        }

        (await SendAsync(world, route, "{}", "text/plain")).ShouldBeProblem(415, "VALIDATION_FAILED");
        (await SendAsync(world, route, "{\"email\":\"" + new string('x', 70_000) + "\"}", "application/json")).ShouldBeProblem(413, "VALIDATION_FAILED");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_token_that_is_none_and_one_of_another_pool_are_refused(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var elsewhere = await (await (await world.PoolAsync()).ConfirmedAsync("bob")).SignInAsync();

        (await PostAsync(world, "logout", null)).ShouldBeProblem(401, "TOKEN_INVALID");
        (await PostAsync(world, "logout", null, "a.b.c")).ShouldBeProblem(401, "TOKEN_INVALID");
        (await PostAsync(world, "logout", null, elsewhere.Access)).ShouldBeProblem(401, "TOKEN_INVALID");
        (await world.OwnAsync("GetUser", elsewhere)).Status.ShouldBe(200);
        (await PostAsync(world, "refresh", new JsonObject { ["refresh_token"] = elsewhere.Refresh })).ShouldBeProblem(401, "TOKEN_INVALID");
        (await PostAsync(world, "refresh", new JsonObject { ["refresh_token"] = "x" })).ShouldBeProblem(401, "TOKEN_INVALID");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Too_many_wrong_passwords_are_told_to_wait(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var email = NewEmail();
        await RegisterAsync(world, email);
        await VerifyAsync(world, email, await world.CodeAsync(email));

        var answers = new List<ApiAnswer>();
        for (var i = 0; i < 7; i++) answers.Add(await LoginAsync(world, email, "Wrong123456"));

        answers[0].ShouldBeProblem(401, "INVALID_CREDENTIALS");
        answers[^1].ShouldBeProblem(429, "TOO_MANY_REQUESTS");
        answers[^1].RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Request_quotas_bound_this_way_in_too()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--enforce-request-quotas", "true", "--RequestQuotas:UserAuthentication", "2");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => LoginAsync(world, "nobody@example.com"))));

        var refused = answers.Where(a => a.Status == 429).ToList();
        refused.ShouldNotBeEmpty();
        refused[0].ShouldBeProblem(429, "TOO_MANY_REQUESTS");
        refused[0].RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_breaks_inside_is_told_as_a_problem_without_its_text()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, services => services.AddSingleton<IUserPools, BrokenPools>());

        var answer = await LoginAsync(world, "nobody@example.com");

        answer.ShouldBeProblem(500, "INTERNAL_ERROR");
        answer.Text.ShouldNotContain("the secret inside");
        answer.Text.ShouldNotContain("Exception");
    }

    [Theory]
    [InlineData("abc-123", true)]
    [InlineData("with space", false)]
    [InlineData("", false)]
    public async Task A_request_has_an_id_that_is_the_callers_where_it_is_one(string given, bool isEchoed)
    {
        var world = await World.OnAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("X-Request-Id", given);

        using var response = await world.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var id = response.Headers.GetValues("X-Request-Id").ShouldHaveSingleItem();
        id.ShouldNotBeEmpty();
        (id == given).ShouldBe(isEchoed);
    }

    private static string NewEmail() => $"{Guid.NewGuid():N}@example.com";

    private static JsonObject Registration(string email, string password, bool accepts = true) => new()
    {
        ["email"] = email, ["password"] = password, ["first_name"] = "Test", ["last_name"] = "User", ["accept_terms"] = accepts,
    };

    private static Task<ApiAnswer> RegisterAsync(World world, string email, string password = Password) => PostAsync(world, "register", Registration(email, password));

    private static Task<ApiAnswer> LoginAsync(World world, string email, string password = Password) =>
        PostAsync(world, "login", new JsonObject { ["email"] = email, ["password"] = password });

    private static Task<ApiAnswer> VerifyAsync(World world, string email, string code, string? session = null)
    {
        var body = new JsonObject { ["email"] = email, ["code"] = code, ["purpose"] = "email_verification" };
        if (session is not null) body["session"] = session;
        return PostAsync(world, "verify-otp", body);
    }

    private static Task<ApiAnswer> PostAsync(World world, string route, JsonObject? body, string? token = null) =>
        SendAsync(world, route, body?.ToJsonString() ?? "", body is null ? null : "application/json", token);

    private static async Task<ApiAnswer> SendAsync(World world, string route, string body, string? type, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/" + route);
        if (type is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await world.Http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    private sealed class BrokenPools : IUserPools
    {
        public IUserPoolGateway Of(Application application) => throw new InvalidOperationException("the secret inside");
    }
}
