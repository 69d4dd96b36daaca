using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Devices;

/// <summary>DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: when a device is asked, and what it stands for.</summary>
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
        var (pool, bob, _, device) = await WithAppAsync(replacesFactor: true);

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
        var (pool, bob, app, device) = await WithAppAsync(replacesFactor: false);

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
    public async Task A_factor_that_is_yet_to_be_set_up_has_no_substitute()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        await pool.SetMfaAsync("ON", "totp").ShouldSucceedAsync();

        (await bob.SignInOnAsync(device.Key)).ShouldAskFor("MFA_SETUP");
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

    /// <summary>A user with an authenticator app who is asked for it, and a device that was registered before.</summary>
    public static async Task<(TestPool Pool, TestUser User, Authenticator App, TestDevice Device)> WithAppAsync(bool replacesFactor)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync(replacesFactor, mode: "OPTIONAL", factors: "totp");
        var bob = await pool.ConfirmedAsync("bob");
        var (device, tokens) = await bob.NewDeviceAsync();
        return (pool, bob, await bob.SetUpAppAsync(tokens), device);
    }
}
