using System.Diagnostics;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito;

/// <summary>Sixty-four at once with one thing that serves once: one wins, and the others hear why not.</summary>
public sealed class RaceTests
{
    private const int Runners = 64;

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_confirmation_code(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var bob = await pool.SignedUpAsync("bob");
        var code = await pool.World.CodeAsync(bob.Email);

        var answers = await RunAsync(_ => pool.World.CallAsync(
            "ConfirmSignUp", new JsonObject { ["ClientId"] = pool.ClientId, ["Username"] = "bob", ["ConfirmationCode"] = code }));

        var losers = OneWinner(answers);
        // Who was already waiting for the row finds the code gone; who comes later finds the user confirmed.
        losers.ShouldAllBe(a => a.Message == "User cannot be confirmed. Current status is CONFIRMED"
            || a.Message == "Invalid code provided, please request a code again." || a.Type == "LimitExceededException");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_rotating_refresh_token(Engine engine)
    {
        var pool = await RotationTests.RotatingAsync(await World.OnAsync(engine), graceSeconds: 0);
        var refresh = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;

        var answers = await RunAsync(_ => pool.GetTokensAsync(refresh));

        OneWinner(answers).ShouldAllBe(a => a.Type == "RefreshTokenReuseException");
        var next = Testing.Tokens.Of(answers.Single(a => a.Status == 200).Json).Refresh!;
        (await pool.GetTokensAsync(next)).ShouldBeSignedIn();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_username(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();

        var answers = await RunAsync(i => SignUpAsync(pool, i % 2 == 0 ? "bob" : "BOB", $"bob{i}@example.com"));

        OneWinner(answers).ShouldAllBe(a => a.Type == "UsernameExistsException" && a.Message == "User already exists");
        var listed = await pool.World.DoAsync("ListUsers", new JsonObject { ["UserPoolId"] = pool.Id });
        listed["Users"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task An_address_that_is_the_username(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync(new JsonObject { ["UsernameAttributes"] = new JsonArray("email") });

        var answers = await RunAsync(i => SignUpAsync(pool, i % 2 == 0 ? "bob@example.com" : "Bob@Example.com", null));

        OneWinner(answers).ShouldAllBe(a => a.Type == "UsernameExistsException");
        var listed = await pool.World.DoAsync("ListUsers", new JsonObject { ["UserPoolId"] = pool.Id });
        listed["Users"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task An_address_that_becomes_an_alias(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        for (var i = 0; i < Runners; i++) (await SignUpAsync(pool, $"bob{i}", "bob@example.com")).Status.ShouldBe(200);

        var answers = await RunAsync(i => pool.World.CallAsync("AdminUpdateUserAttributes", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["Username"] = $"bob{i}",
            ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email_verified", "true")),
        }));

        // Each moves the alias, is refused, or is asked to come back by an error that client libraries retry; one user holds it in the end.
        answers.ShouldAllBe(a => a.Status == 200 || a.Type == "AliasExistsException" || a.Type == "TooManyRequestsException");
        answers.ShouldContain(a => a.Status == 200);
        var found = await pool.ManageAsync("AdminGetUser", "bob@example.com");
        found["Username"]!.GetValue<string>().ShouldStartWith("bob");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_new_password_session(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var bob = await pool.InvitedAsync("bob");
        var session = (await bob.TrySignInAsync()).Session();

        var answers = await RunAsync(i => pool.RespondAsync(
            "NEW_PASSWORD_REQUIRED", session, new JsonObject { ["USERNAME"] = "bob", ["NEW_PASSWORD"] = $"Another-horse-{i}" }));

        OneWinner(answers).ShouldAllBe(a => a.Message == "Invalid session for the user, session can only be used once.");
        var winner = Array.FindIndex(answers, a => a.Status == 200);
        (await bob.TrySignInAsync($"Another-horse-{winner}")).ShouldBeSignedIn();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task An_automatic_sign_in(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var session = await AutoSignInTests.ConfirmAsync(pool, "bob");

        var answers = await RunAsync(_ => AutoSignInTests.ResumeAsync(pool, "bob", session));

        OneWinner(answers).ShouldAllBe(a => a.Message == "Invalid session for the user, session can only be used once.");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_secret_block(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);
        var proof = person.Proof(await person.StartAsync("bob"));

        var answers = await RunAsync(_ => pool.RespondAsync("PASSWORD_VERIFIER", null, proof.DeepClone().AsObject()));

        OneWinner(answers).ShouldAllBe(a => a.Type == "NotAuthorizedException");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_code_that_resets_the_password(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var bob = await pool.SignedUpAsync("bob");
        await pool.World.DoAsync("ConfirmSignUp", new JsonObject
        {
            ["ClientId"] = pool.ClientId, ["Username"] = "bob", ["ConfirmationCode"] = await pool.World.CodeAsync(bob.Email),
        });
        await pool.World.DoAsync("ForgotPassword", new JsonObject { ["ClientId"] = pool.ClientId, ["Username"] = "bob" });
        var code = await pool.World.CodeAsync(bob.Email, atLeast: 2);

        var answers = await RunAsync(i => pool.World.CallAsync("ConfirmForgotPassword", new JsonObject
        {
            ["ClientId"] = pool.ClientId, ["Username"] = "bob", ["ConfirmationCode"] = code, ["Password"] = $"Another-horse-{i}",
        }));

        OneWinner(answers).ShouldAllBe(a => a.Type == "ExpiredCodeException" || a.Type == "LimitExceededException");
        var winner = Array.FindIndex(answers, a => a.Status == 200);
        (await bob.TrySignInAsync($"Another-horse-{winner}")).ShouldBeSignedIn();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_registration_of_a_passkey(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var options = await pool.World.CreationOptionsAsync(tokens);

        var answers = await RunAsync(async _ =>
        {
            using var passkey = new SoftwarePasskey();
            return await pool.World.CompleteAsync(tokens, passkey.Create(options));
        });

        OneWinner(answers).ShouldAllBe(a => a.Type == "WebAuthnChallengeNotFoundException");
        var listed = await pool.World.OwnAsync("ListWebAuthnCredentials", tokens).ShouldSucceedAsync();
        listed["Credentials"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task The_last_passkeys_that_a_user_may_have(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PasskeyPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answers = await RunAsync(async _ =>
        {
            using var passkey = new SoftwarePasskey();
            var options = await pool.World.OwnAsync("StartWebAuthnRegistration", tokens);
            return options.Status == 200 ? await pool.World.CompleteAsync(tokens, passkey.Create(options.Json["CredentialCreationOptions"]!.AsObject())) : options;
        });

        // Some may be told to try again; nobody gets past the limit.
        answers.Count(a => a.Status == 200).ShouldBeInRange(1, 20);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "LimitExceededException" || a.Type == "TooManyRequestsException");
        var listed = await pool.World.OwnAsync("ListWebAuthnCredentials", tokens).ShouldSucceedAsync();
        listed["Credentials"]!.AsArray().Count.ShouldBe(answers.Count(a => a.Status == 200));
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_signature_of_a_passkey(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        var credential = passkey.Get(asked.RequestOptions());

        var answers = await RunAsync(_ => bob.AnswerAsync(asked, credential));

        OneWinner(answers).ShouldAllBe(a => a.Message == "Invalid session for the user, session can only be used once.");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Guesses_at_a_password(Engine engine)
    {
        var bob = await (await (await World.OnAsync(engine)).PoolAsync()).ConfirmedAsync("bob");
        var watch = Stopwatch.StartNew();

        var answers = await RunAsync(i => bob.TrySignInAsync($"Wrong-horse-{i}"));

        var judged = answers.Count(a => a.Message == "Incorrect username or password.");
        // The fifth locks for a second, each further one for twice as long; a slow machine may see the lock end.
        var mostAllowed = 5 + (int)Math.Log2(watch.Elapsed.TotalSeconds + 1);
        judged.ShouldBeInRange(5, mostAllowed);
        answers.Count(a => a.Message == "Password attempts exceeded").ShouldBe(Runners - judged);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Guesses_at_a_code(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var bob = await pool.SignedUpAsync("bob");
        var code = await pool.World.CodeAsync(bob.Email);

        var answers = await RunAsync(i => pool.World.CallAsync("ConfirmSignUp", new JsonObject
        {
            ["ClientId"] = pool.ClientId, ["Username"] = "bob", ["ConfirmationCode"] = ((int.Parse(code) + 1 + i) % 1_000_000).ToString("000000"),
        }));

        answers.Count(a => a.Type == "CodeMismatchException").ShouldBe(15);
        answers.Count(a => a.Type == "LimitExceededException").ShouldBe(Runners - 15);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Changes_of_one_configuration_all_happen(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        await pool.ConfigureAsync("CreateResourceServer", new JsonObject { ["Identifier"] = "api", ["Name"] = "n" }).ShouldSucceedAsync();

        var servers = await RunAsync(i => pool.ConfigureAsync("UpdateResourceServer", new JsonObject { ["Identifier"] = "api", ["Name"] = $"n{i}" }));
        var tags = await RunAsync(i => pool.World.CallAsync("TagResource", new JsonObject
        {
            ["ResourceArn"] = $"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{pool.Id}",
            ["Tags"] = new JsonObject { [$"t{i % 40}"] = "x" },
        }));

        servers.ShouldAllBe(a => a.Status == 200);
        tags.ShouldAllBe(a => a.Status == 200);
        var described = await pool.World.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id });
        described["UserPool"]!["UserPoolTags"]!.AsObject().Count.ShouldBe(40);
    }

    private static Task<Answer[]> RunAsync(Func<int, Task<Answer>> run) => Task.WhenAll(Enumerable.Range(0, Runners).Select(i => Task.Run(() => run(i))));

    private static List<Answer> OneWinner(Answer[] answers)
    {
        answers.ShouldAllBe(a => a.Status == 200 || a.Status == 400);
        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text).Distinct()));
        return [.. answers.Where(a => a.Status != 200)];
    }

    private static Task<Answer> SignUpAsync(TestPool pool, string name, string? email) => pool.World.CallAsync("SignUp", new JsonObject
    {
        ["ClientId"] = pool.ClientId,
        ["Username"] = name,
        ["Password"] = TestPool.Password,
        ["UserAttributes"] = email is null ? [] : new JsonArray(SignInCalls.Attribute("email", email)),
    });
}
