using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Cognito.Passkeys;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Cognito.Threats;
using Poolhouse.Tests.Cognito.UserImports;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>Section E: guessing, telling who exists, and second factors.</summary>
public sealed partial class SectionEGuessingTests
{
    private const string Locked = "Password attempts exceeded";

    /// <summary>Guesses at the same moment were each looked at before any of them was counted.</summary>
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Failure_38_no_guesses_at_once_are_more_than_guesses_one_by_one(Engine engine)
    {
        var bob = await (await (await World.OnAsync(engine)).PoolAsync()).ConfirmedAsync("bob");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => bob.TrySignInAsync($"Wrong-horse-{i}"))));

        answers.Count(a => a.Message == "Incorrect username or password.").ShouldBeLessThanOrEqualTo(5);
        answers.ShouldAllBe(a => a.Status != 200);
    }

    /// <summary>Where one way in was locked, another one was not; codes had no limit at all.</summary>
    [Theory]
    [InlineData("USER_PASSWORD_AUTH")]
    [InlineData("USER_SRP_AUTH")]
    [InlineData("USER_AUTH")]
    [InlineData("ADMIN_USER_PASSWORD_AUTH")]
    [InlineData("ChangePassword")]
    public async Task Failure_39_no_way_in_goes_past_the_lock_of_another(string way)
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");
        var before = await bob.SignInAsync();
        for (var i = 0; i < 6; i++) await bob.TrySignInAsync("Wrong-horse-1");

        var answer = way == "ChangePassword"
            ? await bob.Pool.World.OwnAsync(way, before, new JsonObject { ["PreviousPassword"] = bob.Password, ["ProposedPassword"] = "Another-horse-1" })
            : await bob.TryAsync(way, before);

        answer.Status.ShouldBe(400);
        answer.Message.ShouldBe(Locked);
    }

    /// <summary>The same for codes of an authenticator app: beginning the sign-in anew gains no guesses.</summary>
    [Fact]
    public async Task Failure_39_no_new_sign_in_gains_further_guesses_at_a_code()
    {
        var (bob, app) = await (await World.OnAsync()).WithAppAsync();
        for (var i = 0; i < 6; i++)
        {
            var asked = await bob.TrySignInAsync();
            await bob.Pool.RespondAsync(asked.Json, "bob", ("SOFTWARE_TOKEN_MFA_CODE", FactorCalls.Other(app.Code(1))));
        }

        var last = await bob.TrySignInAsync();

        (await bob.Pool.RespondAsync(last.Json, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1)))).Status.ShouldBe(400);
    }

    /// <summary>The second factor was asked for by one way in and not by the next, least of all after a recovery.</summary>
    [Theory]
    [InlineData("USER_PASSWORD_AUTH")]
    [InlineData("USER_SRP_AUTH")]
    [InlineData("USER_AUTH")]
    [InlineData("ADMIN_USER_PASSWORD_AUTH")]
    public async Task Failure_40_no_way_in_spares_the_second_factor(string way)
    {
        var (bob, _) = await (await World.OnAsync()).WithAppAsync();
        await bob.Pool.AdminAsync("AdminUpdateUserAttributes", "bob", new JsonObject { ["UserAttributes"] = Calls.Attributes(("email_verified", "true")) }).ShouldSucceedAsync();
        await bob.Pool.World.CodeAsync(bob.Email);
        var before = new Testing.Tokens("", "", "");
        (await bob.TryAsync(way, before)).ShouldAskFor("SOFTWARE_TOKEN_MFA");

        await bob.ResetAsync(await bob.ForgottenAsync(2)).ShouldSucceedAsync();

        (await (bob with { Password = "Another-horse-1" }).TryAsync(way, before)).ShouldAskFor("SOFTWARE_TOKEN_MFA");
    }

    /// <summary>Answers told who has an account: by their words, their form, or in the next step.</summary>
    [Fact]
    public async Task Failure_41_no_answer_tells_who_has_an_account()
    {
        var world = await World.OnAsync();
        var (account, nobody) = (await world.AccountAsync(), TestAccount.NewEmail());
        async Task Seen(string path, JsonObject body)
        {
            body["email"] = account.Email;
            var known = await world.ApiAsync(HttpMethod.Post, path, body);
            body["email"] = nobody;
            var unknown = await world.ApiAsync(HttpMethod.Post, path, body);
            unknown.Status.ShouldBe(known.Status, path);
            Shape(unknown).ShouldBe(Shape(known), path);
        }

        await Seen("auth/login", new JsonObject { ["password"] = "Wrong-1234567" });
        await Seen("auth/request-otp", new JsonObject { ["purpose"] = "password_reset" });
        await Seen("auth/request-otp", new JsonObject { ["purpose"] = "email_verification" });
        await Seen("auth/verify-otp", new JsonObject { ["purpose"] = "password_reset", ["code"] = "000000", ["new_password"] = "Another-12345" });
        await Seen("auth/verify-otp", new JsonObject { ["purpose"] = "email_verification", ["code"] = "000000" });
        await Seen("auth/register", AccountWorld.Registration(nobody));
    }

    /// <summary>A header that could not be read made a check fail, and what failed let people in.</summary>
    [Theory]
    [InlineData("X-Forwarded-For", "a")]
    [InlineData("X-Forwarded-For", "999.999.999.999, ::::, \"")]
    [InlineData("X-Real-IP", "'; drop table users; --")]
    [InlineData("Forwarded", "for=")]
    [InlineData("User-Agent", "(((((")]
    [InlineData("Accept-Language", "*;q=NaN, xx-\u0001")]
    [InlineData("Cookie", "=;;;==; __Host-poolhouse=")]
    [InlineData("Origin", "null")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("X-Request-Id", "\u0001\u0002")]
    [InlineData("X-HTTP-Method-Override", "GET")]
    public async Task Failure_42_no_header_that_cannot_be_read_lets_anybody_in(string header, string value)
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();
        JsonObject Login(string? password) => new() { ["email"] = account.Email, ["password"] = password };

        (await world.ApiWithAsync(HttpMethod.Post, "auth/login", Login("Wrong-1234567"), (header, value))).Status.ShouldBeInRange(400, 499);
        (await world.ApiWithAsync(HttpMethod.Post, "auth/login", Login(null), (header, value))).Status.ShouldBeInRange(400, 499);
        (await world.ApiWithAsync(HttpMethod.Post, "auth/login", [], (header, value))).Status.ShouldBeInRange(400, 499);
        (await world.ApiWithAsync(HttpMethod.Post, "auth/challenge", [], (header, value))).Status.ShouldBeInRange(400, 499);
        (await world.ApiWithAsync(HttpMethod.Get, "me", null, (header, value))).Status.ShouldBeInRange(400, 499);
    }

    /// <summary>Whoever wrote addresses into a header seemed to call from there, and so was never limited.</summary>
    [Fact]
    public async Task Failure_43_no_header_of_a_client_says_where_it_calls_from()
    {
        var world = await World.OnAsync();
        var pool = await world.ThreatPoolAsync("AUDIT");
        var bob = await pool.ConfirmedAsync("bob");
        (string, string)[] headers = [("X-Forwarded-For", "203.0.113.9"), ("X-Real-IP", "203.0.113.9"), ("Forwarded", "for=203.0.113.9"), ("True-Client-IP", "203.0.113.9")];

        await world.CallWithAsync(
            "InitiateAuth",
            new JsonObject
            {
                ["ClientId"] = pool.ClientId, ["AuthFlow"] = "USER_PASSWORD_AUTH", ["AuthParameters"] = new JsonObject { ["USERNAME"] = "bob", ["PASSWORD"] = bob.Password },
            },
            headers);

        (await pool.SignInEventsAsync("bob")).ShouldHaveSingleItem().ToJsonString().ShouldNotContain("203.0.113.9");
    }

    /// <summary>And limits of the account API: each call from another invented address is counted for the one that it comes from.</summary>
    [Fact]
    public async Task Failure_43_no_invented_address_evades_a_limit()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--EnforceRateLimits", "true");

        var answers = new List<int>();
        for (var i = 0; i < 80 && !answers.Contains(429); i++)
        {
            answers.Add((await world.ApiWithAsync(
                HttpMethod.Post, "auth/login", new JsonObject { ["email"] = TestAccount.NewEmail(), ["password"] = "Wrong-1234567" }, ("X-Forwarded-For", $"198.51.100.{i}"))).Status);
        }

        answers.ShouldContain(429);
    }

    /// <summary>Checks of a passkey's answer that only the server can make were left out.</summary>
    [Theory]
    [MemberData(nameof(PasskeySignInTests.Lies), MemberType = typeof(PasskeySignInTests))]
    public async Task Failure_44_no_passkey_is_believed_that_signed_something_else(string lie, Action<SoftwarePasskey> tell)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        await pool.SetMfaAsync("OPTIONAL", "totp").ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        (await bob.TryPasskeyAsync(passkey)).ShouldBeSignedIn();
        var tokens = await bob.SignInAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        // Asked for only since the passkey is: what follows on the passkey must not spare any check of it.
        await bob.SetUpAppAsync(tokens);
        tell(passkey);

        (await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException", "The passkey could not be verified.");

        lie.ShouldNotBeEmpty();
    }

    /// <summary>A link that signs in was good for several who used it at the same moment.</summary>
    [Fact]
    public async Task Failure_45_no_mailed_proof_signs_in_twice()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync(firstFactors: ["EMAIL_OTP"]);
        var bob = await pool.ReachableAsync("bob", hasPassword: false);
        var sent = await pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();
        var code = await pool.World.CodeAsync(bob.Email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => pool.RespondAsync(sent, "bob", ("EMAIL_OTP_CODE", code)))));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        (await pool.RespondAsync(sent, "bob", ("EMAIL_OTP_CODE", code))).ShouldBeError("NotAuthorizedException");
    }

    /// <summary>A hash that somebody brought along cost minutes of work at every sign-in; another one looked at the first 72 bytes only.</summary>
    [Fact]
    public async Task Failure_46_no_foreign_hash_costs_without_end_and_no_password_is_cut()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        string[] dear =
        [
            "$argon2id$v=19$m=4194304,t=1000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=65536,t=4000000000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        ];
        var rows = dear.Select((hash, i) => ImportCalls.Person($"ann{i}", ("cognito:password_hash", hash))).ToArray();
        var ended = await pool.ImportAsync(await pool.CsvAsync(rows), "ARGON2ID");
        var password = new string('p', 90) + "-Correct-1";
        var bob = await pool.ConfirmedAsync("bob", password);

        ended.Counts().ShouldBe((0, 0, 2));
        (await bob.TrySignInAsync(password[..^1] + "2")).ShouldBeError("NotAuthorizedException");
        (await bob.TrySignInAsync()).ShouldBeSignedIn();
    }

    // What an answer looks like but for what is random in it: ids and sessions, by their length.
    private static string Shape(ApiAnswer answer) => $"{answer.Status} {Random().Replace(answer.Text, m => $"<{m.Length}>")}";

    [GeneratedRegex("[A-Za-z0-9_-]{16,}", RegexOptions.NonBacktracking)]
    private static partial Regex Random();
}
