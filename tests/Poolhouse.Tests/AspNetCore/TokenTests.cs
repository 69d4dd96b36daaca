using System.Security.Claims;
using System.Text.Json.Nodes;
using Poolhouse.AspNetCore;

namespace Poolhouse.Tests.AspNetCore;

/// <summary>An API that takes tokens of a user pool.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task A_good_token_makes_a_principal_with_its_claims()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);

        var answer = await app.GetAsync("/me", pool.Token(claims =>
        {
            claims["email_verified"] = true;
            claims["level"] = 3;
            claims["address"] = new JsonObject { ["formatted"] = "Here" };
            claims["nothing"] = null;
            claims[ClaimTypes.NameIdentifier] = "somebody else";
        }));

        answer.Status.ShouldBe(200);
        answer.Json["id"]!.GetValue<string>().ShouldBe("5e1f8a52-0000-4000-8000-000000000001");
        answer.Json["name"]!.GetValue<string>().ShouldBe("ann");
        var claims = answer.Json["claims"]!.AsArray().Select(claim => claim!.GetValue<string>()).ToList();
        claims.ShouldContain("scope=reports/read");
        claims.ShouldContain("scope=aws.cognito.signin.user.admin");
        claims.ShouldContain("cognito:groups=admins");
        claims.ShouldContain("cognito:groups=staff");
        claims.ShouldContain("sub=5e1f8a52-0000-4000-8000-000000000001");
        claims.ShouldContain("email_verified=true");
        claims.ShouldContain("level=3");
        claims.ShouldContain("""address={"formatted":"Here"}""");
        claims.ShouldNotContain(claim => claim.StartsWith("nothing") || claim.Contains("somebody else"));
    }

    [Fact]
    public async Task What_an_application_adds_to_a_principal_is_gone_with_the_request()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        var token = pool.Token();
        await app.GetAsync("/me", token);

        (await app.GetAsync("/me", token)).Body.ShouldNotContain("by the application");
    }

    [Fact]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool, options => options.Realm = "shop");

        var answer = await app.SendAsync("/me");
        var other = await app.SendAsync("/me", request => request.Headers.TryAddWithoutValidation("Authorization", "Basic YTpi"));

        (answer.Status, answer.Challenge).ShouldBe((401, "Bearer realm=\"shop\""));
        (other.Status, other.Challenge).ShouldBe((401, "Bearer realm=\"shop\""));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer x")]
    [InlineData("Bearer a b")]
    public async Task A_header_without_a_token_is_an_invalid_token(string header)
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);

        var answer = await app.SendAsync("/me", request => request.Headers.TryAddWithoutValidation("Authorization", header));

        (answer.Status, answer.Challenge).ShouldBe((401, "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The token is malformed.\""));
    }

    [Fact]
    public async Task Two_headers_are_refused_though_both_be_good()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        var token = pool.Token();
        var socket = await RawAsync(app.Url, $"GET /me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");

        socket.ShouldStartWith("HTTP/1.1 401");
        socket.ShouldContain("invalid_token");
    }

    [Fact]
    public async Task The_scheme_of_the_header_may_be_in_any_case()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);

        (await app.SendAsync("/me", request => request.Headers.TryAddWithoutValidation("Authorization", "bEARER " + pool.Token()))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Groups_are_roles()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);

        (await app.GetAsync("/admins", pool.Token())).Status.ShouldBe(200);
        var refused = await app.GetAsync("/owners", pool.Token());
        (refused.Status, refused.Challenge).ShouldBe((403, "Bearer realm=\"api\", error=\"insufficient_scope\""));
        (await app.GetAsync("/admins", pool.Token(claims => claims.Remove("cognito:groups")))).Status.ShouldBe(403);
        (await app.GetAsync("/admins", pool.Token(claims => claims["cognito:groups"] = "administrators admins"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task One_of_the_scopes_that_are_asked_for_does_and_the_missing_are_told()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);

        (await app.GetAsync("/read", pool.Token())).Status.ShouldBe(200);
        var refused = await app.GetAsync("/write", pool.Token());
        (refused.Status, refused.Challenge).ShouldBe((403, "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"reports/write\""));
        (await app.GetAsync("/read", pool.Token(claims => claims["scope"] = StandInPool.UserScope + " reports/read-all"))).Status.ShouldBe(403);
        (await app.SendAsync("/read")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_token_ends_with_its_time_whether_it_was_seen_before_or_not()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        var seen = pool.Token();
        var unseen = pool.Token(claims => claims["jti"] = "2");
        (await app.GetAsync("/me", seen)).Status.ShouldBe(200);

        pool.Time.Advance(TimeSpan.FromSeconds(3609));
        (await app.GetAsync("/me", seen)).Status.ShouldBe(200);
        pool.Time.Advance(TimeSpan.FromSeconds(1));

        foreach (var token in (string[])[seen, unseen, seen])
        {
            var answer = await app.GetAsync("/me", token);
            (answer.Status, answer.Challenge).ShouldBe((401, "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The token has expired.\""));
        }
    }

    [Fact]
    public async Task A_token_of_a_moment_ahead_of_our_clock_is_taken()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);

        (await app.GetAsync("/me", pool.Token(claims => claims["iat"] = claims["iat"]!.GetValue<long>() + 9))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_API_for_ID_tokens_takes_those_and_no_access_tokens()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool, options =>
        {
            options.TokenUse = CognitoTokenUse.Id;
            options.CheckRevocation = false;
        });

        var answer = await app.GetAsync("/admins", IdToken(pool));

        answer.Status.ShouldBe(200);
        answer.Json["name"]!.GetValue<string>().ShouldBe("ann");
        (await app.GetAsync("/me", pool.Token())).Challenge.ShouldContain("not for this use");
        (await app.GetAsync("/me", IdToken(pool, claims => claims["aud"] = "another"))).Challenge.ShouldContain("another client");
        (await app.GetAsync("/me", IdToken(pool, claims => claims["aud"] = new JsonArray(StandInPool.Client, "another")))).Status.ShouldBe(401);
        pool.UserCalls.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_is_bound_to_this_API_is_taken()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool, options => options.Audiences.Add("https://api.example"));

        (await app.GetAsync("/me", pool.Token(claims => claims["aud"] = "https://api.example"))).Status.ShouldBe(200);
        (await app.GetAsync("/me", pool.Token(claims => claims["aud"] = StandInPool.Client))).Status.ShouldBe(200);
        (await app.GetAsync("/me", pool.Token(claims => claims["aud"] = "https://other.example"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_token_of_a_client_itself_is_taken_without_asking_for_a_user()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);

        var answer = await app.GetAsync("/read", pool.Token(claims =>
        {
            claims.Remove("username");
            claims["sub"] = StandInPool.Client;
            claims["scope"] = "reports/read";
        }));

        answer.Status.ShouldBe(200);
        pool.UserCalls.ShouldBe(0);
    }

    [Theory]
    [InlineData(false, 401)]
    [InlineData(true, 200)]
    public async Task A_users_token_that_the_pool_does_not_answer_for_is_taken_only_where_that_is_allowed(bool isAllowed, int status)
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool, options => options.AcceptUncheckableTokens = isAllowed);

        (await app.GetAsync("/me", pool.Token(claims => claims["scope"] = "openid reports/read"))).Status.ShouldBe(status);
        (await app.GetAsync("/me", pool.Token(claims => claims.Remove("username")))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Where_nobody_has_to_be_signed_in_a_bad_token_is_nobody()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);

        var answer = await app.GetAsync("/open", "x");

        answer.Status.ShouldBe(200);
        answer.Json["id"].ShouldBeNull();
    }

    [Fact]
    public async Task Two_pools_are_two_schemes()
    {
        await using var one = await StandInPool.StartAsync();
        await using var two = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.StartAsync(
            authentication => authentication.AddCognitoTokens("one", one.Configure).AddCognitoTokens("two", two.Configure), "one", "two");

        (await app.GetAsync("/me", one.Token())).Status.ShouldBe(200);
        (await app.GetAsync("/me", two.Token())).Status.ShouldBe(200);
        (await app.GetAsync("/me", one.Token(claims => claims["iss"] = "https://evil.example/p"))).Status.ShouldBe(401);

        // One doesn't want it, the other can't say: not known is the answer, whichever is asked first.
        one.IsBroken = true;
        one.Time.Advance(TimeSpan.FromSeconds(2));
        (await app.GetAsync("/me", one.Token())).Status.ShouldBe(503);
        one.IsBroken = false;
        two.IsBroken = true;
        one.Time.Advance(TimeSpan.FromSeconds(2));
        two.Time.Advance(TimeSpan.FromSeconds(2));
        (await app.GetAsync("/me", two.Token())).Status.ShouldBe(503);
    }

    private static string IdToken(StandInPool pool, Action<JsonObject>? change = null) => pool.Token(claims =>
    {
        foreach (var name in (string[])["client_id", "scope", "username"]) claims.Remove(name);
        claims["token_use"] = "id";
        claims["aud"] = StandInPool.Client;
        claims["cognito:username"] = "ann";
        change?.Invoke(claims);
    });

    private static async Task<string> RawAsync(string url, string request)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(url).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
