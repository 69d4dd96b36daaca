using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Devices;

/// <summary>What a device's proof must be, and what its session is good for.</summary>
public sealed class DeviceProofTests
{
    private const string NoDevice = "us-east-1_5f1c2b9e-0000-4000-8000-000000000000";

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
        var block = Claim(await new SrpPerson(pool).StartAsync("bob"));
        (await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, block)).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");

        static JsonObject Claim(Answer challenge) => new()
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
        var (pool, bob, _, device) = await DeviceSignInTests.WithAppAsync(replacesFactor: true);
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

    private static JsonObject Changed(JsonObject proof, string name, string value)
    {
        proof[name] = value;
        return proof;
    }
}
