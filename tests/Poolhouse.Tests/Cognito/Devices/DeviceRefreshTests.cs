using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Devices;

/// <summary>Refresh tokens belong to the device of their sign-in.</summary>
public sealed class DeviceRefreshTests
{
    [Theory]
    [InlineData("REFRESH_TOKEN_AUTH")]
    [InlineData("REFRESH_TOKEN")]
    [InlineData("GetTokensFromRefreshToken")]
    public async Task A_refresh_token_serves_its_own_device_only(string way)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, tokens) = await bob.NewDeviceAsync();
        var (other, _) = await bob.NewDeviceAsync();

        (await RefreshAsync(pool, way, tokens, null)).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
        (await RefreshAsync(pool, way, tokens, other.Key)).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
        var refreshed = (await RefreshAsync(pool, way, tokens, device.Key)).ShouldBeSignedIn();
        Testing.Tokens.Claims(refreshed.Access)["device_key"]!.GetValue<string>().ShouldBe(device.Key);
    }

    [Fact]
    public async Task A_device_that_was_never_registered_gets_no_new_tokens()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var signedIn = await (await pool.ConfirmedAsync("bob")).SignInOnAsync(null);
        var (device, tokens) = (signedIn.Device(pool), signedIn.ShouldBeSignedIn());

        (await pool.RefreshOnAsync(tokens.Refresh!, device.Key)).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
        await device.ConfirmAsync(tokens).ShouldSucceedAsync();
        (await pool.RefreshOnAsync(tokens.Refresh!, device.Key)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_binding_lasts_as_long_as_the_pool_tracks_devices()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var before = await bob.SignInAsync();
        await TrackAsync(pool, true);
        var (device, tokens) = await bob.NewDeviceAsync();
        var (forgotten, gone) = await bob.NewDeviceAsync();
        await pool.World.OwnAsync("ForgetDevice", gone, new JsonObject { ["DeviceKey"] = forgotten.Key }).ShouldSucceedAsync();

        (await pool.RefreshOnAsync(before.Refresh!, null)).ShouldBeSignedIn();
        await TrackAsync(pool, false);
        (await pool.RefreshOnAsync(tokens.Refresh!, null)).ShouldBeSignedIn();
        (await pool.RefreshOnAsync(gone.Refresh!, null)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        (await bob.SignInOnAsync(device.Key)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_rotating_client_brings_the_device_too()
    {
        var client = SignInCalls.Client();
        client["RefreshTokenRotation"] = new JsonObject { ["Feature"] = "ENABLED", ["RetryGracePeriodSeconds"] = 0 };
        client["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH");
        var pool = await (await World.OnAsync()).TrackingPoolAsync(client: client);
        var (device, tokens) = await (await pool.ConfirmedAsync("bob")).NewDeviceAsync();

        (await RefreshAsync(pool, "GetTokensFromRefreshToken", tokens, null)).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
        var next = (await RefreshAsync(pool, "GetTokensFromRefreshToken", tokens, device.Key)).ShouldBeSignedIn();
        await pool.World.OwnAsync("ForgetDevice", tokens, new JsonObject { ["DeviceKey"] = device.Key }).ShouldSucceedAsync();
        (await RefreshAsync(pool, "GetTokensFromRefreshToken", next, device.Key)).ShouldBeError("NotAuthorizedException");
    }

    [Fact]
    public async Task Signing_out_everywhere_and_a_new_password_leave_devices_alone()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, tokens) = await bob.NewDeviceAsync();

        await pool.World.OwnAsync("GlobalSignOut", tokens).ShouldSucceedAsync();
        await pool.AdminAsync("AdminSetUserPassword", "bob", new JsonObject { ["Password"] = "Another-horse-1", ["Permanent"] = true }).ShouldSucceedAsync();

        (await pool.RefreshOnAsync(tokens.Refresh!, device.Key)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        (await device.ProveAsync(await (bob with { Password = "Another-horse-1" }).SignInOnAsync(device.Key))).ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_device_that_was_unused_for_longest_makes_room()
    {
        await using var world = await World.StartAsync();
        var pool = await world.TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (kept, _) = await bob.NewDeviceAsync();
        await world.AdvanceAsync("PT10S");
        var (first, _) = await bob.NewDeviceAsync();
        await world.AdvanceAsync("PT10S");
        (await kept.ProveAsync(await bob.SignInOnAsync(kept.Key))).Status.ShouldBe(200);
        for (var i = 0; i < 99; i++) await bob.NewDeviceAsync();

        (await pool.AdminAsync("AdminGetDevice", "bob", new JsonObject { ["DeviceKey"] = first.Key })).Type.ShouldBe("ResourceNotFoundException");
        (await pool.AdminAsync("AdminGetDevice", "bob", new JsonObject { ["DeviceKey"] = kept.Key })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_setting_is_shown_as_it_was_given()
    {
        var pool = await (await World.OnAsync()).PoolAsync(JsonNode.Parse("""{"DeviceConfiguration":{"DeviceOnlyRememberedOnUserPrompt":true}}""")!.AsObject());

        var tracking = await pool.ConfigureAsync("DescribeUserPool").ShouldSucceedAsync();
        await TrackAsync(pool, false);
        var not = await pool.ConfigureAsync("DescribeUserPool").ShouldSucceedAsync();

        tracking["UserPool"]!["DeviceConfiguration"]!.ToJsonString().ShouldBe("""{"ChallengeRequiredOnNewDevice":false,"DeviceOnlyRememberedOnUserPrompt":true}""");
        not["UserPool"]!.AsObject().ContainsKey("DeviceConfiguration").ShouldBeFalse();
    }

    private static Task<JsonObject> TrackAsync(TestPool pool, bool isOn)
    {
        var request = new JsonObject { ["UserPoolId"] = pool.Id, ["AutoVerifiedAttributes"] = new JsonArray("email") };
        // An empty setting has no value for any property.
        request["DeviceConfiguration"] = isOn ? new JsonObject { ["ChallengeRequiredOnNewDevice"] = true } : [];
        return pool.World.DoAsync("UpdateUserPool", request);
    }

    private static Task<Answer> RefreshAsync(TestPool pool, string way, Testing.Tokens tokens, string? deviceKey)
    {
        if (way == "GetTokensFromRefreshToken")
        {
            return pool.World.CallAsync(way, new JsonObject { ["ClientId"] = pool.ClientId, ["RefreshToken"] = tokens.Refresh, ["DeviceKey"] = deviceKey });
        }

        var parameters = new JsonObject { ["REFRESH_TOKEN"] = tokens.Refresh };
        if (deviceKey is not null) parameters["DEVICE_KEY"] = deviceKey;
        return pool.StartAsync(way, parameters);
    }
}
