using System.Diagnostics;
using System.Security.Cryptography;

namespace Poolhouse.Tests.AspNetCore;

/// <summary>What an API knows of tokens that were revoked, and of a pool that can't be asked.</summary>
public sealed class RevocationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_revoked_token_is_refused_within_the_delay()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        var (token, other) = (pool.Token(), pool.Token(claims => claims["jti"] = "2"));
        (await app.GetAsync("/me", token)).Status.ShouldBe(200);
        (await app.GetAsync("/me", other)).Status.ShouldBe(200);

        pool.Revoke(token);
        pool.Time.Advance(Second);

        var answer = await app.GetAsync("/me", token);
        (answer.Status, answer.Challenge).ShouldBe((401, "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The token has been revoked.\""));
        (await app.GetAsync("/me", other)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task With_no_delay_it_is_refused_at_once()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool, options => options.RevocationDelay = TimeSpan.Zero);
        var token = pool.Token();
        (await app.GetAsync("/me", token)).Status.ShouldBe(200);

        pool.Revoke(token);

        (await app.GetAsync("/me", token)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Many_requests_with_one_token_are_one_question_a_second_and_one_fetch_of_keys()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        var token = pool.Token();
        var gate = new TaskCompletionSource();
        pool.Gate = gate.Task;

        var first = Enumerable.Range(0, 64).Select(_ => app.GetAsync("/me", token)).ToList();
        while (pool.UserCalls == 0) await Task.Yield();
        gate.SetResult();
        (await Task.WhenAll(first)).ShouldAllBe(answer => answer.Status == 200);
        for (var i = 0; i < 100; i++) (await app.GetAsync("/me", token)).Status.ShouldBe(200);

        (pool.KeyFetches, pool.UserCalls).ShouldBe((1, 1));
        pool.Time.Advance(Second);
        (await app.GetAsync("/me", token)).Status.ShouldBe(200);
        (pool.KeyFetches, pool.UserCalls).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Where_revocation_is_not_checked_the_pool_is_asked_for_its_keys_only()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool, options => options.CheckRevocation = false);

        (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(200);

        (pool.KeyFetches, pool.UserCalls).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(400, """{"__type":"NotAuthorizedException","message":"Access Token has been revoked"}""", 401)]
    [InlineData(400, """{"__type":"com.amazonaws.cognito.identity.idp.model#NotAuthorizedException"}""", 401)]
    [InlineData(400, """{"__type":"UserNotFoundException"}""", 401)]
    [InlineData(400, """{"__type":"UserNotConfirmedException"}""", 401)]
    [InlineData(400, """{"__type":"PasswordResetRequiredException"}""", 401)]
    [InlineData(400, """{"__type":"ResourceNotFoundException"}""", 401)]
    [InlineData(400, """{"__type":"TooManyRequestsException"}""", 503)]
    [InlineData(400, """{"__type":"InvalidParameterException"}""", 503)]
    [InlineData(400, "not JSON", 503)]
    [InlineData(403, """{"__type":"ForbiddenException"}""", 503)]
    [InlineData(404, "", 503)]
    [InlineData(500, """{"__type":"InternalErrorException"}""", 503)]
    [InlineData(301, "", 503)]
    [InlineData(200, "<html></html>", 503)]
    [InlineData(200, "{}", 503)]
    [InlineData(200, "[]", 503)]
    [InlineData(200, """{"Username":"bob"}""", 503)]
    public async Task Only_the_pools_own_yes_is_a_yes_and_only_its_own_no_is_a_no(int poolStatus, string body, int status)
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        pool.UserAnswer = (poolStatus, body);

        (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(status);
    }

    [Fact]
    public async Task While_the_pool_is_away_it_is_neither_yes_nor_no_and_afterwards_as_before()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        var token = pool.Token();
        (await app.GetAsync("/me", token)).Status.ShouldBe(200);
        pool.IsBroken = true;
        pool.Time.Advance(Second);

        var answer = await app.GetAsync("/me", token);

        (answer.Status, answer.RetryAfter, answer.Challenge).ShouldBe((503, "1", ""));
        (await app.GetAsync("/admins", token)).Status.ShouldBe(503);
        pool.IsBroken = false;
        pool.Time.Advance(Second);
        (await app.GetAsync("/me", token)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_pool_that_is_silent_is_not_waited_for_longer_than_allowed()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        pool.Gate = new TaskCompletionSource().Task;

        var asking = app.GetAsync("/me", pool.Token());
        while (pool.UserCalls == 0) await Task.Yield();
        pool.Time.Advance(TimeSpan.FromSeconds(2));

        (await asking).Status.ShouldBe(503);
    }

    [Fact]
    public async Task Whoever_came_first_may_leave_without_the_others()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        var (token, gate) = (pool.Token(), new TaskCompletionSource());
        pool.Gate = gate.Task;
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        var first = app.Http.SendAsync(request, leaving.Token);
        while (pool.UserCalls == 0) await Task.Yield();

        var second = app.GetAsync("/me", token);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        (await second).Status.ShouldBe(200);
        pool.UserCalls.ShouldBe(1);
    }

    [Fact]
    public async Task New_keys_are_fetched_when_a_token_names_one_but_not_for_every_token_that_does()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(200);
        pool.Time.Advance(TimeSpan.FromSeconds(5));

        for (var i = 0; i < 20; i++) (await app.GetAsync("/me", pool.Token(keyId: $"guess{i}"))).Challenge.ShouldContain("unknown key");
        pool.KeyFetches.ShouldBe(2);

        pool.Keys = new Dictionary<string, RSA> { ["first"] = StandInPool.First, ["second"] = StandInPool.Second };
        pool.Time.Advance(TimeSpan.FromSeconds(5));
        var fresh = pool.Token(keyId: "second", key: StandInPool.Second);
        (await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => app.GetAsync("/me", fresh)))).ShouldAllBe(answer => answer.Status == 200);
        (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(200);
        pool.KeyFetches.ShouldBe(3);
    }

    [Fact]
    public async Task Keys_at_hand_stay_good_when_they_cannot_be_fetched_again()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool, options => options.CheckRevocation = false);
        (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(200);
        pool.IsBroken = true;
        pool.Time.Advance(TimeSpan.FromMinutes(30));

        (await app.GetAsync("/me", pool.Token(claims => claims["jti"] = "2"))).Status.ShouldBe(200);

        // Of a key that isn't at hand nothing can be said.
        (await app.GetAsync("/me", pool.Token(keyId: "second", key: StandInPool.Second))).Status.ShouldBe(503);
        (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_that_the_pool_takes_away_takes_its_tokens_along_also_those_seen_before()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool, options => options.CheckRevocation = false);
        var token = pool.Token();
        (await app.GetAsync("/me", token)).Status.ShouldBe(200);
        pool.Keys = new Dictionary<string, RSA> { ["second"] = StandInPool.Second };

        pool.Time.Advance(TimeSpan.FromMinutes(5));
        await app.GetAsync("/me", token);

        // Nobody waits for that fetch, so it is seen a moment later.
        var (answer, clock) = (await app.GetAsync("/me", token), Stopwatch.StartNew());
        while (answer.Status == 200 && clock.Elapsed < TimeSpan.FromSeconds(30)) answer = await app.GetAsync("/me", token);
        answer.Challenge.ShouldContain("unknown key");
        pool.KeyFetches.ShouldBe(2);
    }

    [Fact]
    public async Task Before_the_keys_were_ever_fetched_nothing_can_be_said()
    {
        await using var pool = await StandInPool.StartAsync();
        await using var app = await ProtectedApp.OfAsync(pool);
        pool.IsBroken = true;

        (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(503);
        (await app.GetAsync("/me", "x")).Status.ShouldBe(401);
        pool.KeyFetches.ShouldBe(1);

        pool.IsBroken = false;
        pool.Time.Advance(Second);
        (await app.GetAsync("/me", pool.Token())).Status.ShouldBe(200);
    }
}
