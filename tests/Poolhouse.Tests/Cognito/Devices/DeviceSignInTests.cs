using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Devices;

/// <summary>DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: when a device is asked, and what its proof is worth.</summary>
public sealed class DeviceSignInTests
{
    private const string NoDevice = "us-east-1_5f1c2b9e-0000-4000-8000-000000000000";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_remembered_device_proves_itself_and_is_given_no_other_key(bool sendsSession)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();

        var asked = await bob.SignInOnAsync(device.Key);
        var answer = await device.ProveAsync(asked, sendsSession);

        asked.Parameter("DEVICE_KEY").ShouldBe(device.Key);
        var tokens = answer.ShouldBeSignedIn();
        answer.Json["AuthenticationResult"]!.AsObject().ContainsKey("NewDeviceMetadata").ShouldBeFalse();
        Testing.Tokens.Claims(tokens.Access)["device_key"]!.GetValue<string>().ShouldBe(device.Key);
        (await pool.RefreshOnAsync(tokens.Refresh!, device.Key)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_device_proves_itself_after_srp_too()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var person = new SrpPerson(pool);

        // Named in the second step, as aws-amplify does, and in the first only, as API_InitiateAuth allows.
        var proof = person.Proof(await person.StartAsync("bob"));
        proof["DEVICE_KEY"] = device.Key;
        var second = await pool.RespondAsync("PASSWORD_VERIFIER", null, proof);
        var started = await pool.StartAsync("USER_SRP_AUTH", new JsonObject { ["USERNAME"] = "bob", ["SRP_A"] = person.A, ["DEVICE_KEY"] = device.Key });
        var first = await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(started));

        (await device.ProveAsync(second)).ShouldBeSignedIn();
        (await device.ProveAsync(first)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_client_with_a_secret_proves_it_in_every_step()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync(client: SignInCalls.Client(hasSecret: true));
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var asked = await bob.SignInOnAsync(device.Key);

        var without = await pool.World.CallAsync("RespondToAuthChallenge", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["ChallengeName"] = "DEVICE_SRP_AUTH",
            ["Session"] = asked.Session(),
            ["ChallengeResponses"] = new JsonObject { ["USERNAME"] = "bob", ["DEVICE_KEY"] = device.Key, ["SRP_A"] = device.A },
        });

        without.ShouldBeError("NotAuthorizedException", $"Client {pool.ClientId} is configured with secret but SECRET_HASH was not received");
        (await device.ProveAsync(asked)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_remembered_device_stands_for_the_second_factor()
    {
        var (pool, bob, app) = await WithAppAsync(replacesFactor: true);
        var device = await RegisterAsync(bob, app);

        var answer = await device.ProveAsync(await bob.SignInOnAsync(device.Key));

        answer.ShouldBeSignedIn();
        (await bob.SignInOnAsync(null)).ShouldAskFor("SOFTWARE_TOKEN_MFA");
        await pool.AdminAsync("AdminUpdateDeviceStatus", "bob", new JsonObject { ["DeviceKey"] = device.Key, ["DeviceRememberedStatus"] = "not_remembered" })
            .ShouldSucceedAsync();
        (await bob.SignInOnAsync(device.Key)).ShouldAskFor("SOFTWARE_TOKEN_MFA");
    }

    [Fact]
    public async Task Where_it_stands_for_nothing_a_remembered_device_proves_itself_after_the_second_factor()
    {
        var (pool, bob, app) = await WithAppAsync(replacesFactor: false);
        var device = await RegisterAsync(bob, app);

        var factor = (await bob.SignInOnAsync(device.Key)).ShouldAskFor("SOFTWARE_TOKEN_MFA");
        // The key was named in the first step.
        var asked = await pool.RespondAsync(
            "SOFTWARE_TOKEN_MFA", factor.Session(), new JsonObject { ["USERNAME"] = "bob", ["SOFTWARE_TOKEN_MFA_CODE"] = app.Code(1) });

        (await device.ProveAsync(asked)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_device_that_is_not_remembered_is_known_but_proves_nothing()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync(asksUser: true);
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();

        var answer = await bob.SignInOnAsync(device.Key);

        var tokens = answer.ShouldBeSignedIn();
        answer.Json["AuthenticationResult"]!.AsObject().ContainsKey("NewDeviceMetadata").ShouldBeFalse();
        Testing.Tokens.Claims(tokens.Access)["device_key"]!.GetValue<string>().ShouldBe(device.Key);
        (await pool.RefreshOnAsync(tokens.Refresh!, device.Key)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_key_that_is_not_the_users_is_refused_until_it_is_left_out()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (others, _) = await (await pool.ConfirmedAsync("ann")).NewDeviceAsync();
        var person = new SrpPerson(pool);

        foreach (var key in new[] { others.Key, new string('a', 4000) })
            (await bob.SignInOnAsync(key)).ShouldBeError("ResourceNotFoundException", "Device does not exist.");

        // amazon-cognito-identity-js repeats the very proof without the device.
        var started = await pool.StartAsync("USER_SRP_AUTH", new JsonObject { ["USERNAME"] = "bob", ["SRP_A"] = person.A, ["DEVICE_KEY"] = NoDevice });
        var proof = person.Proof(started);
        proof["DEVICE_KEY"] = NoDevice;
        (await pool.RespondAsync("PASSWORD_VERIFIER", null, proof.DeepClone().AsObject())).ShouldBeError("ResourceNotFoundException", "Device does not exist.");
        proof["DEVICE_KEY"] = null;
        (await pool.RespondAsync("PASSWORD_VERIFIER", null, proof)).Device(pool).Key.ShouldNotBe(NoDevice);
    }

    [Fact]
    public async Task A_wrong_password_does_not_tell_which_devices_there_are()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var guesser = bob with { Password = "Wrong-horse-1" };

        (await guesser.SignInOnAsync(device.Key)).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await guesser.SignInOnAsync(NoDevice)).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        foreach (var name in new[] { "bob", "nobody" })
        {
            (await device.BeginAsync(name, null)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        }
    }

    [Fact]
    public async Task A_session_left_with_the_device_ends_with_the_sign_in()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        await device.ProveAsync(await bob.SignInOnAsync(device.Key), sendsSession: false);

        (await device.BeginAsync("bob", null)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
    }

    [Fact]
    public async Task A_wrong_proof_lets_nobody_in_and_spends_nothing()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var (other, _) = await bob.NewDeviceAsync();
        var asked = await bob.SignInOnAsync(device.Key);
        var challenge = (await device.BeginAsync("bob", asked.Session())).ShouldAskFor("DEVICE_PASSWORD_VERIFIER");

        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, Changed(device.Proof(challenge), "PASSWORD_CLAIM_SIGNATURE", Convert.ToBase64String(new byte[32]))))
            .ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, other.Proof(challenge))).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, Changed(device.Proof(challenge), "USERNAME", "ann")))
            .ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, device.Proof(challenge, "Sat Sep 05 13:50:15 UTC 2026")))
            .ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, device.Proof(challenge))).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_proof_counts_once()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var asked = await bob.SignInOnAsync(device.Key);
        var proof = device.Proof(await device.BeginAsync("bob", asked.Session()));
        var second = device.Proof(await device.BeginAsync("bob", asked.Session()));
        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, proof.DeepClone().AsObject())).ShouldBeSignedIn();

        foreach (var again in new[] { proof, second })
        {
            (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, again))
                .ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
        }

        (await device.BeginAsync("bob", asked.Session())).ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task A_public_value_of_zero_signs_nobody_in()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var asked = await bob.SignInOnAsync(device.Key);
        var challenge = (await device.BeginAsync("bob", asked.Session(), "0")).ShouldAskFor("DEVICE_PASSWORD_VERIFIER");

        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, device.Proof(challenge))).ShouldBeError("NotAuthorizedException");
        (await device.BeginAsync("bob", asked.Session(), "no hex")).ShouldBeError("InvalidParameterException", "Invalid SRP_A value.");
    }

    [Fact]
    public async Task A_session_is_for_its_own_challenge_device_user_client_and_pool()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var foreign = await (await World.OnAsync()).TrackingPoolAsync();
        var sister = await TestPool.CreateAsync(pool.World, pool.Id);
        var bob = await pool.ConfirmedAsync("bob");
        await pool.ConfirmedAsync("ann");
        var (device, _) = await bob.NewDeviceAsync();
        var (other, _) = await bob.NewDeviceAsync();
        var session = (await bob.SignInOnAsync(device.Key)).Session();
        var begin = new JsonObject { ["USERNAME"] = "bob", ["DEVICE_KEY"] = device.Key, ["SRP_A"] = device.A };

        (await other.BeginAsync("bob", session)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await device.BeginAsync("ann", session)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await foreign.RespondAsync("DEVICE_SRP_AUTH", session, begin.DeepClone().AsObject())).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await sister.RespondAsync("DEVICE_SRP_AUTH", session, begin.DeepClone().AsObject())).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await sister.RespondAsync("DEVICE_SRP_AUTH", null, begin)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await pool.RespondAsync("SOFTWARE_TOKEN_MFA", session, new JsonObject { ["USERNAME"] = "bob", ["SOFTWARE_TOKEN_MFA_CODE"] = "000000" }))
            .ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        var block = person(await new SrpPerson(pool).StartAsync("bob"));
        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, block)).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");

        static JsonObject person(Answer challenge) => new()
        {
            ["USERNAME"] = "bob",
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = challenge.Parameter("SECRET_BLOCK"),
            ["PASSWORD_CLAIM_SIGNATURE"] = Convert.ToBase64String(new byte[32]),
            ["TIMESTAMP"] = SrpPerson.Timestamp(DateTimeOffset.UtcNow),
        };
    }

    [Fact]
    public async Task A_session_that_is_too_old_leads_nowhere()
    {
        await using var world = await World.StartAsync();
        var pool = await world.TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var session = (await bob.SignInOnAsync(device.Key)).Session();
        var challenge = await device.BeginAsync("bob", session);

        await world.AdvanceAsync("PT3M1S");

        (await device.BeginAsync("bob", session)).ShouldBeError("NotAuthorizedException", "Invalid session for the user, session is expired.");
        (await device.BeginAsync("bob", null)).ShouldBeError("NotAuthorizedException", "Invalid session for the user, session is expired.");
        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, device.Proof(challenge)))
            .ShouldBeError("NotAuthorizedException", "Invalid session for the user, session is expired.");
    }

    [Theory]
    [InlineData("forgotten")]
    [InlineData("not_remembered")]
    public async Task A_device_that_is_given_up_meanwhile_stands_for_nothing(string how)
    {
        var (pool, bob, app) = await WithAppAsync(replacesFactor: true);
        var device = await RegisterAsync(bob, app);
        var asked = await bob.SignInOnAsync(device.Key);
        var proof = device.Proof(await device.BeginAsync("bob", asked.Session()));

        var request = new JsonObject { ["DeviceKey"] = device.Key };
        if (how == "forgotten") await pool.AdminAsync("AdminForgetDevice", "bob", request);
        else await pool.AdminAsync("AdminUpdateDeviceStatus", "bob", new JsonObject { ["DeviceKey"] = device.Key, ["DeviceRememberedStatus"] = how });

        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, proof)).ShouldBeError("ResourceNotFoundException", "Device does not exist.");
    }

    [Fact]
    public async Task A_disabled_user_is_not_let_in_by_a_device()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var asked = await bob.SignInOnAsync(device.Key);
        var proof = device.Proof(await device.BeginAsync("bob", asked.Session()));
        await pool.AdminAsync("AdminDisableUser", "bob");

        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, proof)).ShouldBeError("NotAuthorizedException", "User is disabled.");
    }

    [Fact]
    public async Task A_factor_that_is_yet_to_be_set_up_has_no_substitute()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        await pool.SetMfaAsync("ON", "totp").ShouldSucceedAsync();

        (await bob.SignInOnAsync(device.Key)).ShouldAskFor("MFA_SETUP");
    }

    [Theory]
    [InlineData("USERNAME")]
    [InlineData("DEVICE_KEY")]
    [InlineData("SRP_A")]
    public async Task What_the_first_step_lacks_is_named(string name)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var responses = new JsonObject { ["USERNAME"] = "bob", ["DEVICE_KEY"] = NoDevice, ["SRP_A"] = "aa" };
        responses.Remove(name);

        (await pool.RespondAsync("DEVICE_SRP_AUTH", null, responses)).ShouldBeError("InvalidParameterException", "Missing required parameter " + name);
    }

    [Theory]
    [InlineData("USERNAME")]
    [InlineData("PASSWORD_CLAIM_SECRET_BLOCK")]
    [InlineData("PASSWORD_CLAIM_SIGNATURE")]
    [InlineData("TIMESTAMP")]
    public async Task What_the_second_step_lacks_is_named(string name)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var responses = new JsonObject { ["USERNAME"] = "bob", ["PASSWORD_CLAIM_SECRET_BLOCK"] = "AAAA", ["PASSWORD_CLAIM_SIGNATURE"] = "AAAA", ["TIMESTAMP"] = "x" };
        responses.Remove(name);

        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, responses)).ShouldBeError("InvalidParameterException", "Missing required parameter " + name);
    }

    [Fact]
    public async Task A_servers_sign_in_notes_where_its_user_is()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync(asksUser: true);
        var (device, _) = await (await pool.ConfirmedAsync("bob")).NewDeviceAsync();

        await pool.World.DoAsync("AdminInitiateAuth", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["ClientId"] = pool.ClientId,
            ["AuthFlow"] = "ADMIN_USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = "bob", ["PASSWORD"] = TestPool.Password, ["DEVICE_KEY"] = device.Key },
            ["ContextData"] = new JsonObject
            {
                ["IpAddress"] = "203.0.113.7", ["ServerName"] = "s", ["ServerPath"] = "/", ["HttpHeaders"] = new JsonArray(),
            },
        });

        var seen = (await pool.AdminAsync("AdminGetDevice", "bob", new JsonObject { ["DeviceKey"] = device.Key }).ShouldSucceedAsync())["Device"]!;
        seen.DeviceAttribute("last_ip_used").ShouldBe("203.0.113.7");
    }

    private static async Task<(TestPool Pool, TestUser User, Authenticator App)> WithAppAsync(bool replacesFactor)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync(replacesFactor, mode: "OPTIONAL", factors: "totp");
        var bob = await pool.ConfirmedAsync("bob");
        return (pool, bob, await bob.SetUpAppAsync((await bob.SignInOnAsync(null)).ShouldBeSignedIn()));
    }

    /// <summary>Registers a device at a sign-in with a second factor. The app's present code was used to set it up, so it is the one before.</summary>
    private static async Task<TestDevice> RegisterAsync(TestUser user, Authenticator app)
    {
        await user.PreferAsync("").ShouldSucceedAsync();
        var (device, _) = await user.NewDeviceAsync();
        await user.PreferAsync("totp!").ShouldSucceedAsync();
        return device;
    }

    private static JsonObject Changed(JsonObject proof, string name, string value)
    {
        proof[name] = value;
        return proof;
    }
}
