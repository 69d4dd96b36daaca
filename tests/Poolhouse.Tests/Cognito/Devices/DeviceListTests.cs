using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Devices;

/// <summary>GetDevice, ListDevices, UpdateDeviceStatus, ForgetDevice and what administrators have of them.</summary>
public sealed class DeviceListTests
{
    private const string NoDevice = "us-east-1_5f1c2b9e-0000-4000-8000-000000000000";

    [Fact]
    public async Task A_user_sees_a_remembered_device()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var (device, tokens) = await (await pool.ConfirmedAsync("bob")).NewDeviceAsync("Phone");

        var seen = (await pool.World.OwnAsync("GetDevice", tokens, Key(device.Key)).ShouldSucceedAsync())["Device"]!.AsObject();

        seen.Text("DeviceKey").ShouldBe(device.Key);
        seen["DeviceAttributes"]!.ToJsonString().ShouldBe(
            """[{"Name":"device_status","Value":"valid"},{"Name":"device_name","Value":"Phone"},{"Name":"last_ip_used","Value":"127.0.0.1"}]""");
        var (created, authenticated) = (seen["DeviceCreateDate"]!.GetValue<double>(), seen["DeviceLastAuthenticatedDate"]!.GetValue<double>());
        authenticated.ShouldBe(Math.Floor(authenticated));
        created.ShouldBeGreaterThanOrEqualTo(authenticated);
        seen["DeviceLastModifiedDate"]!.GetValue<double>().ShouldBe(created);
    }

    [Fact]
    public async Task A_user_does_not_see_a_device_that_is_not_remembered_but_an_administrator_does()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync(asksUser: true);
        var (device, tokens) = await (await pool.ConfirmedAsync("bob")).NewDeviceAsync();

        (await pool.World.OwnAsync("GetDevice", tokens, Key(device.Key))).ShouldBeError("ResourceNotFoundException", "Device does not exist.");
        (await pool.World.OwnAsync("ListDevices", tokens).ShouldSucceedAsync())["Devices"]!.AsArray().ShouldBeEmpty();
        var listed = (await pool.AdminAsync("AdminListDevices", "bob").ShouldSucceedAsync())["Devices"]!.AsArray().ShouldHaveSingleItem()!;
        listed.DeviceAttribute("dev:device_remembered_status").ShouldBe("not_remembered");
        listed.DeviceAttribute("dev:device_owner").ShouldBe($"bob.{pool.Id}");
        listed.DeviceAttribute("dev:device_arn").ShouldBe($"arn:aws:cognito-idp:us-east-1:000000000000:owner/bob.{pool.Id}/device/{device.Key}");

        await device.RememberAsync(tokens).ShouldSucceedAsync();
        await pool.World.OwnAsync("GetDevice", tokens, Key(device.Key)).ShouldSucceedAsync();
        await device.RememberAsync(tokens, isRemembered: false).ShouldSucceedAsync();
        (await pool.World.OwnAsync("GetDevice", tokens, Key(device.Key))).Type.ShouldBe("ResourceNotFoundException");
        await pool.AdminAsync("AdminUpdateDeviceStatus", "bob", Key(device.Key, "remembered")).ShouldSucceedAsync();
        await pool.World.OwnAsync("GetDevice", tokens, Key(device.Key)).ShouldSucceedAsync();
    }

    [Fact]
    public async Task A_list_comes_in_pages_and_a_token_leads_on_in_its_own_list_only()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var (bob, ann) = (await pool.ConfirmedAsync("bob"), await pool.ConfirmedAsync("ann"));
        var keys = new List<string>();
        for (var i = 0; i < 5; i++) keys.Add((await bob.NewDeviceAsync()).Device.Key);
        var tokens = (await bob.SignInOnAsync(null)).ShouldBeSignedIn();
        var others = (await ann.NewDeviceAsync()).Tokens;

        var seen = new List<string>();
        string? next = null;
        string? first = null;
        do
        {
            var request = new JsonObject { ["Limit"] = 2 };
            if (next is not null) request["PaginationToken"] = next;
            var page = await pool.World.OwnAsync("ListDevices", tokens, request).ShouldSucceedAsync();
            seen.AddRange(page["Devices"]!.AsArray().Select(d => d.Text("DeviceKey")!));
            next = page.Text("PaginationToken");
            first ??= next;
        }
        while (next is not null);

        seen.ShouldBe(keys.Order(StringComparer.Ordinal));
        (await pool.World.OwnAsync("ListDevices", others, new JsonObject { ["PaginationToken"] = first })).Type.ShouldBe("InvalidParameterException");
        (await pool.AdminAsync("AdminListDevices", "bob", new JsonObject { ["PaginationToken"] = first })).Type.ShouldBe("InvalidParameterException");
        (await pool.World.OwnAsync("ListDevices", tokens, new JsonObject { ["Limit"] = 0 })).Type.ShouldBe("InvalidParameterException");
        (await pool.AdminAsync("AdminListDevices", "bob", new JsonObject { ["Limit"] = 3 }).ShouldSucceedAsync())["Devices"]!.AsArray().Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("GetDevice")]
    [InlineData("ForgetDevice")]
    [InlineData("UpdateDeviceStatus")]
    public async Task Nobody_has_another_users_device(string operation)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var (device, _) = await (await pool.ConfirmedAsync("bob")).NewDeviceAsync();
        var (_, others) = await (await pool.ConfirmedAsync("ann")).NewDeviceAsync();

        (await pool.World.OwnAsync(operation, others, Key(device.Key))).ShouldBeError("ResourceNotFoundException", "Device does not exist.");
        (await pool.World.OwnAsync(operation, others, Key(NoDevice))).ShouldBeError("ResourceNotFoundException", "Device does not exist.");
    }

    [Theory]
    [InlineData("AdminGetDevice", "ResourceNotFoundException")]
    [InlineData("AdminForgetDevice", "UserNotFoundException")]
    [InlineData("AdminUpdateDeviceStatus", "UserNotFoundException")]
    public async Task An_administrator_is_told_what_is_not_there(string operation, string noUser)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        await pool.ConfirmedAsync("bob");

        (await pool.AdminAsync(operation, "bob", Key(NoDevice))).ShouldBeError("ResourceNotFoundException", "Device does not exist.");
        (await pool.AdminAsync(operation, "nobody", Key(NoDevice))).ShouldBeError(noUser, "User does not exist.");
        (await pool.AdminAsync("AdminListDevices", "nobody")).ShouldBeError("ResourceNotFoundException", "User does not exist.");
    }

    [Theory]
    [InlineData("GetDevice")]
    [InlineData("ForgetDevice")]
    public async Task A_call_without_an_access_token_has_no_user(string operation) =>
        (await (await World.OnAsync()).CallAsync(operation, Key(NoDevice))).ShouldBeError("NotAuthorizedException", "Invalid Access Token");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_forgotten_device_ends_its_refresh_tokens_and_leaves_the_access_token(bool byAdministrator)
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, tokens) = await bob.NewDeviceAsync();
        var (other, otherTokens) = await bob.NewDeviceAsync();

        var forgotten = byAdministrator
            ? await pool.AdminAsync("AdminForgetDevice", "bob", Key(device.Key))
            : await pool.World.OwnAsync("ForgetDevice", tokens, Key(device.Key));

        forgotten.Status.ShouldBe(200);
        forgotten.Text.ShouldBeEmpty();
        (await pool.RefreshOnAsync(tokens.Refresh!, device.Key)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        (await pool.World.OwnAsync("ListDevices", tokens).ShouldSucceedAsync())["Devices"]!.AsArray().ShouldHaveSingleItem().Text("DeviceKey").ShouldBe(other.Key);
        (await pool.RefreshOnAsync(otherTokens.Refresh!, other.Key)).ShouldBeSignedIn();
        // A stolen device must not come back by the access token it still has.
        (await device.ConfirmAsync(tokens)).ShouldBeError("InvalidParameterException", "Invalid device key given.");
    }

    [Fact]
    public async Task A_deleted_user_leaves_no_device()
    {
        var pool = await (await World.OnAsync()).TrackingPoolAsync();
        var (device, _) = await (await pool.ConfirmedAsync("bob")).NewDeviceAsync();
        await pool.AdminAsync("AdminDeleteUser", "bob");
        await pool.ConfirmedAsync("bob");

        (await pool.AdminAsync("AdminGetDevice", "bob", Key(device.Key))).Type.ShouldBe("ResourceNotFoundException");
    }

    private static JsonObject Key(string key, string? status = null)
    {
        var request = new JsonObject { ["DeviceKey"] = key };
        if (status is not null) request["DeviceRememberedStatus"] = status;
        return request;
    }
}
