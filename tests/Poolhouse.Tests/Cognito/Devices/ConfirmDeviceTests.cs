using System.Text.Json.Nodes;
using Poolhouse.Core.Srp;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Devices;

public sealed class ConfirmDeviceTests
{
    [Fact]
    public async Task A_sign_in_without_a_device_is_given_a_key_for_one()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        var first = await bob.SignInOnAsync(null);
        var second = await bob.SignInOnAsync(null);

        var device = first.Device(pool);
        device.Key.ShouldMatch("^us-east-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");
        device.GroupKey.ShouldMatch("^-[A-Za-z0-9_-]{8}$");
        Testing.Tokens.Claims(first.ShouldBeSignedIn().Access)["device_key"]!.GetValue<string>().ShouldBe(device.Key);
        Testing.Tokens.Claims(first.ShouldBeSignedIn().Id).ContainsKey("device_key").ShouldBeFalse();
        second.Device(pool).Key.ShouldNotBe(device.Key);
        second.Device(pool).GroupKey.ShouldBe(device.GroupKey);
    }

    [Fact]
    public async Task A_pool_that_tracks_none_gives_no_key()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        var answer = await bob.SignInOnAsync("us-east-1_5f1c2b9e-0000-4000-8000-000000000000");

        var tokens = answer.ShouldBeSignedIn();
        answer.Json["AuthenticationResult"]!.AsObject().ContainsKey("NewDeviceMetadata").ShouldBeFalse();
        Testing.Tokens.Claims(tokens.Access).ContainsKey("device_key").ShouldBeFalse();
        (await new TestDevice(pool, JsonNode.Parse("""{"DeviceKey":"us-east-1_0","DeviceGroupKey":"-"}""")!).ConfirmAsync(tokens))
            .ShouldBeError("InvalidParameterException", "Invalid device key given.");
    }

    [Theory]
    [InlineData(true, "not_remembered")]
    [InlineData(false, "remembered")]
    public async Task A_device_is_remembered_at_once_unless_its_user_is_to_be_asked(bool asksUser, string status)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync(asksUser: asksUser);
        var signedIn = await (await pool.ConfirmedAsync("bob")).SignInOnAsync(null);
        var device = signedIn.Device(pool);

        var confirmed = await device.ConfirmAsync(signedIn.ShouldBeSignedIn(), "Bob's phone").ShouldSucceedAsync();

        confirmed["UserConfirmationNecessary"]!.GetValue<bool>().ShouldBe(asksUser);
        var seen = (await pool.AdminAsync("AdminGetDevice", "bob", new JsonObject { ["DeviceKey"] = device.Key }).ShouldSucceedAsync())["Device"]!;
        seen.DeviceAttribute("dev:device_remembered_status").ShouldBe(status);
        seen.DeviceAttribute("device_name").ShouldBe("Bob's phone");
    }

    [Fact]
    public async Task A_key_is_registered_once()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var (device, tokens) = await (await pool.ConfirmedAsync("bob")).NewDeviceAsync();

        (await device.ConfirmAsync(tokens)).ShouldBeError("DeviceKeyExistsException", "Device key already exists.");
    }

    [Fact]
    public async Task Only_the_key_of_the_very_sign_in_is_registered()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var ann = await (await pool.ConfirmedAsync("ann")).SignInOnAsync(null);
        var (first, second) = (await bob.SignInOnAsync(null), await bob.SignInOnAsync(null));

        (await first.Device(pool).ConfirmAsync(second.ShouldBeSignedIn())).ShouldBeError("InvalidParameterException", "Invalid device key given.");
        (await first.Device(pool).ConfirmAsync(ann.ShouldBeSignedIn())).ShouldBeError("InvalidParameterException", "Invalid device key given.");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"Salt":"AAAA"}""")]
    [InlineData("""{"Salt":"AAAA","PasswordVerifier":"no-base64"}""")]
    [InlineData("""{"Salt":"!","PasswordVerifier":"AgAA"}""")]
    [InlineData("""{"Salt":"","PasswordVerifier":"AgAA"}""")]
    [InlineData("""{"Salt":"AAAA","PasswordVerifier":"AA=="}""")]
    [InlineData("""{"Salt":"AAAA","PasswordVerifier":"AQ=="}""")]
    public async Task A_verifier_that_proves_nothing_is_refused(string secret)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var signedIn = await (await pool.ConfirmedAsync("bob")).SignInOnAsync(null);

        var answer = await pool.World.OwnAsync("ConfirmDevice", signedIn.ShouldBeSignedIn(), new JsonObject
        {
            ["DeviceKey"] = signedIn.Device(pool).Key, ["DeviceSecretVerifierConfig"] = JsonNode.Parse(secret),
        });

        answer.ShouldBeError("InvalidParameterException", "Invalid device secret verifier given.");
    }

    [Fact]
    public async Task A_verifier_beyond_the_group_is_refused()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var signedIn = await (await pool.ConfirmedAsync("bob")).SignInOnAsync(null);

        foreach (var number in new[] { SrpGroup.N - 1, SrpGroup.N, SrpGroup.N + 2 })
        {
            var answer = await pool.World.OwnAsync("ConfirmDevice", signedIn.ShouldBeSignedIn(), new JsonObject
            {
                ["DeviceKey"] = signedIn.Device(pool).Key,
                ["DeviceSecretVerifierConfig"] = new JsonObject
                {
                    ["Salt"] = "AAAA", ["PasswordVerifier"] = Convert.ToBase64String(number.ToByteArray(isUnsigned: false, isBigEndian: true)),
                },
            });

            answer.ShouldBeError("InvalidParameterException", "Invalid device secret verifier given.");
        }
    }

    [Fact]
    public async Task A_new_password_and_a_new_factor_also_lead_to_a_key()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.InvitedAsync("bob");
        var challenged = await bob.SignInOnAsync(null);

        var answer = await pool.RespondAsync(
            "NEW_PASSWORD_REQUIRED", challenged.Session(), new JsonObject { ["USERNAME"] = "bob", ["NEW_PASSWORD"] = "Another-horse-1" });

        (await answer.Device(pool).ConfirmAsync(answer.ShouldBeSignedIn())).Status.ShouldBe(200);
    }
}
