using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Poolhouse.Server.Options;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Docs;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>Section H: mail, and what is in no other section.</summary>
public sealed partial class SectionHMailTests
{
    /// <summary>A line end within an address ended the command of SMTP, and what followed was the next one.</summary>
    [Theory]
    [InlineData("bob@example.com\r\nRCPT TO:<eve@evil.example>")]
    [InlineData("bob\r\n@example.com")]
    [InlineData("bob@example.com\u0085Bcc: eve@evil.example")]
    [InlineData("bob@example.com\u2028Bcc: eve@evil.example")]
    [InlineData("bob\u560D\u560Aeve@evil example.com")]
    [InlineData("bob@example.com\0")]
    [InlineData("<bob@example.com>")]
    [InlineData("bob@example.com, eve@evil.example")]
    public async Task Failure_55_no_address_holds_a_line_or_a_second_address(string email)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email))).Status.ShouldBe(400);
        (await world.ApiAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = email, ["purpose"] = "password_reset" })).Status.ShouldBe(400);
        (await world.OwnAsync("UpdateUserAttributes", tokens, new JsonObject { ["UserAttributes"] = Calls.Attributes(("email", email)) })).Status.ShouldBe(400);
    }

    /// <summary>What stood for a sign-in that was half done could be used again for another one.</summary>
    [Fact]
    public async Task Failure_56_no_step_of_a_sign_in_is_taken_twice()
    {
        var (bob, app) = await (await World.OnAsync()).WithAppAsync();
        var asked = (await bob.TrySignInAsync()).Json;
        (await bob.Pool.RespondAsync(asked, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1)))).ShouldBeSignedIn();

        (await bob.Pool.RespondAsync(asked, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1)))).ShouldBeError("NotAuthorizedException");
        (await bob.Pool.RespondAsync(asked, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(2)))).ShouldBeError("NotAuthorizedException");
    }

    /// <summary>Text from outside made a pattern, or a header, take minutes to read.</summary>
    [Fact]
    public async Task Failure_57_no_text_takes_long_to_be_refused()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var clock = Stopwatch.StartNew();

        (await pool.ConfigureAsync("ListUsers", new JsonObject { ["Filter"] = "username = \"" + string.Concat(Enumerable.Repeat("\\\"a", 4000)) })).Status.ShouldBe(400);
        (await pool.PublicAsync("SignUp", new string('a', 100) + "!" + new string(' ', 20), new JsonObject { ["Password"] = new string('a', 200) })).Status.ShouldBe(400);
        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(string.Concat(Enumerable.Repeat("a.", 5000)) + "@" + string.Concat(Enumerable.Repeat("b.", 5000)))))
            .Status.ShouldBe(400);
        foreach (var header in new[] { "Accept-Language", "User-Agent", "Cookie", "Authorization" })
            ((int)(await world.SendWithAsync(HttpMethod.Get, "/api/v1/me", null, (header, string.Concat(Enumerable.Repeat("a-a;q=0.1,", 2500))))).StatusCode).ShouldBeInRange(400, 499, header);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    /// <summary>The rule behind it: no pattern of this server can go back over what it has read, or else it has a time limit.</summary>
    [Fact]
    public void Failure_57_no_pattern_goes_back_over_what_it_has_read()
    {
        var patterns = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Pattern().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetFileName(file), Text: m.Value)))
            .ToList();

        patterns.ShouldNotBeEmpty();
        patterns.Where(p => !p.Text.Contains("NonBacktracking", StringComparison.Ordinal) && !p.Text.Contains("imeout", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Errors and settings showed paths and the environment to who could ask.</summary>
    [Theory]
    [InlineData("/api/v1/me?x=%00")]
    [InlineData("/api/v1/../../../etc/passwd")]
    [InlineData("/imports/us-east-1_Poolhouse/..%2f..%2fmaster.key")]
    [InlineData("/config.json")]
    [InlineData("/health/ready")]
    [InlineData("/mailbox/assets/..%2f..%2fappsettings.json")]
    [InlineData("/us-east-1_Poolhouse/.well-known/openid-configuration")]
    public async Task Failure_58_no_answer_shows_a_path_or_the_environment(string path)
    {
        var world = await World.OnAsync();
        var data = Path.GetFullPath(world.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Data);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Post })
        {
            using var answer = await world.SendWithAsync(method, path, method == HttpMethod.Get ? null : new JsonObject { ["x"] = "${env:PATH} %PATH% {{7*7}}" });
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            text.ShouldNotContain(data);
            text.ShouldNotContain(Environment.GetEnvironmentVariable("PATH")!);
            text.ShouldNotContain("   at ");
            text.ShouldNotContain("Exception:");
            ((int)answer.StatusCode).ShouldBeLessThan(500);
        }
    }

    /// <summary>When many asked at once, somebody got the token of somebody else.</summary>
    [Fact]
    public async Task Failure_60_nobody_gets_the_answer_of_somebody_else()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i => await pool.ConfirmedAsync($"person{i}")));
        var signedIn = await Task.WhenAll(people.Select(p => p.SignInAsync()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Task.Run(async () =>
        {
            var (person, tokens) = (people[i % people.Length], signedIn[i % people.Length]);
            var refreshed = Testing.Tokens.Of(await pool.RefreshAsync(tokens.Refresh).ShouldSucceedAsync());
            var seen = await world.GetUserAsync(refreshed.Access);
            return (Expected: person.Name, Claimed: Testing.Tokens.Claims(refreshed.Id)["cognito:username"]!.GetValue<string>(), Seen: seen.Json.Text("Username"));
        })));

        answers.ShouldAllBe(a => a.Claimed == a.Expected && a.Seen == a.Expected);
    }

    [GeneratedRegex(@"\[GeneratedRegex\([^\n]*\)\]|new Regex\([^;]*;", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
