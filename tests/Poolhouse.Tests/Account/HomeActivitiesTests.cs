using System.Net;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

public sealed class HomeActivitiesTests
{
    private const string Path = "/api/v1/activities/home";

    [Fact]
    public async Task A_stranger_sees_announcements_only()
    {
        var (response, feed) = await GetAsync(await World.OnAsync(), null);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        feed["signed_in"]!.GetValue<bool>().ShouldBeFalse();
        feed["activities"]!.AsArray().ShouldNotBeEmpty();
        feed["activities"]!.AsArray().ShouldAllBe(a => a!["kind"]!.GetValue<string>() == "announcement");
    }

    [Fact]
    public async Task A_user_also_sees_what_happened_to_the_account_and_nobody_elses()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await (await pool.ConfirmedAsync("alice")).SignInAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();

        var (_, feed) = await GetAsync(pool.World, "Bearer " + tokens.Access);

        feed["signed_in"]!.GetValue<bool>().ShouldBeTrue();
        var kinds = feed["activities"]!.AsArray().Select(a => a!["kind"]!.GetValue<string>()).ToList();
        kinds.Count(k => k == "signed_up").ShouldBe(1);
        kinds.Count(k => k == "signed_in").ShouldBe(1);
        kinds.ShouldContain("announcement");
        var times = feed["activities"]!.AsArray().Select(a => a!["created_at"]!.GetValue<DateTimeOffset>()).ToList();
        times.ShouldBe(times.OrderDescending());
    }

    [Theory]
    [InlineData("Bearer garbage")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Basic Og==")]
    [InlineData("garbage")]
    public async Task A_token_that_is_none_is_an_error_and_not_a_stranger(string authorization)
    {
        var (response, problem) = await GetAsync(await World.OnAsync(), authorization);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        response.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
        problem["code"]!.GetValue<string>().ShouldBe("TOKEN_INVALID");
        problem["instance"]!.GetValue<string>().ShouldBe(Path);
    }

    [Fact]
    public async Task An_id_token_is_not_an_access_token()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var (response, problem) = await GetAsync(pool.World, "Bearer " + tokens.Id);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        problem["code"]!.GetValue<string>().ShouldBe("TOKEN_INVALID");
    }

    [Theory]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminDeleteUser")]
    public async Task A_session_that_ended_is_told(string operation)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.ManageAsync(operation, "bob");

        var (response, problem) = await GetAsync(pool.World, "Bearer " + tokens.Access);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        problem["code"]!.GetValue<string>().ShouldBe("TOKEN_REVOKED");
    }

    [Fact]
    public async Task An_expired_token_is_told()
    {
        await using var world = await World.StartAsync();
        var tokens = await (await (await world.PoolAsync()).ConfirmedAsync("bob")).SignInAsync();
        await world.AdvanceAsync("PT61M");

        var (response, problem) = await GetAsync(world, "Bearer " + tokens.Access);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        problem["code"]!.GetValue<string>().ShouldBe("TOKEN_EXPIRED");
    }

    [Fact]
    public async Task Nobody_between_keeps_the_answer()
    {
        var (response, _) = await GetAsync(await World.OnAsync(), null);

        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Vary.ShouldContain("Authorization");
    }

    [Fact]
    public async Task A_browser_of_another_origin_may_ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, Path);
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");

        using var response = await (await World.OnAsync()).Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.Headers.GetValues("Access-Control-Allow-Origin").Single().ShouldBe("*");
        response.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization", Case.Insensitive);
        response.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    private static async Task<(HttpResponseMessage Response, JsonObject Body)> GetAsync(World world, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        var response = await world.Http.SendAsync(request);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }
}
