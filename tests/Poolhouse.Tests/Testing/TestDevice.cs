using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Poolhouse.Core.Srp;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Core.Srp;

namespace Poolhouse.Tests.Testing;

/// <summary>A person's device: what a client library keeps of it, and its half of the proof. Keeps its A as pycognito does.</summary>
public sealed class TestDevice
{
    private static readonly IModularExponentiation Group = ModularExponentiation.Create();
    private readonly TestPool pool;
    private readonly SrpClient client;
    private readonly string password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(40));
    private readonly byte[] salt = RandomNumberGenerator.GetBytes(16);

    /// <summary>The device of a NewDeviceMetadata.</summary>
    public TestDevice(TestPool pool, JsonNode metadata)
    {
        this.pool = pool;
        Key = metadata["DeviceKey"]!.GetValue<string>();
        GroupKey = metadata["DeviceGroupKey"]!.GetValue<string>();
        client = new SrpClient(Group, GroupKey, password);
    }

    /// <summary>DeviceKey.</summary>
    public string Key { get; }

    /// <summary>DeviceGroupKey.</summary>
    public string GroupKey { get; }

    /// <summary>SRP_A as hex.</summary>
    public string A => client.PublicValue.ToString("x").TrimStart('0');

    /// <summary>DeviceSecretVerifierConfig.</summary>
    public JsonObject Secret() => new()
    {
        ["Salt"] = Convert.ToBase64String(SrpNumbers.Signed(salt)),
        ["PasswordVerifier"] = Convert.ToBase64String(SrpNumbers.Signed(new SrpProtocol(Group).ComputeVerifier(GroupKey, Key, password, salt))),
    };

    /// <summary>ConfirmDevice.</summary>
    public Task<Answer> ConfirmAsync(Tokens tokens, string? name = null)
    {
        var request = new JsonObject { ["DeviceKey"] = Key, ["DeviceSecretVerifierConfig"] = Secret() };
        if (name is not null) request["DeviceName"] = name;
        return pool.World.OwnAsync("ConfirmDevice", tokens, request);
    }

    /// <summary>UpdateDeviceStatus.</summary>
    public Task<Answer> RememberAsync(Tokens tokens, bool isRemembered = true) => pool.World.OwnAsync("UpdateDeviceStatus", tokens, new JsonObject
    {
        ["DeviceKey"] = Key, ["DeviceRememberedStatus"] = isRemembered ? "remembered" : "not_remembered",
    });

    /// <summary>The answer to DEVICE_SRP_AUTH.</summary>
    public Task<Answer> BeginAsync(string name, string? session, string? a = null) => pool.RespondAsync("DEVICE_SRP_AUTH", session, new JsonObject
    {
        ["USERNAME"] = name, ["DEVICE_KEY"] = Key, ["SRP_A"] = a ?? A,
    });

    /// <summary>ChallengeResponses to a DEVICE_PASSWORD_VERIFIER.</summary>
    public JsonObject Proof(Answer challenge, string? timestamp = null)
    {
        var block = challenge.Parameter("SECRET_BLOCK");
        var at = timestamp ?? SrpPerson.Timestamp(DateTimeOffset.UtcNow);
        var key = client.SessionKey(challenge.Parameter("SRP_B"), challenge.Parameter("SALT"), Key);
        return new JsonObject
        {
            ["USERNAME"] = challenge.Parameter("USERNAME"),
            ["DEVICE_KEY"] = Key,
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = block,
            ["PASSWORD_CLAIM_SIGNATURE"] = client.Sign(key, Key, Convert.FromBase64String(block), at),
            ["TIMESTAMP"] = at,
        };
    }

    /// <summary>Both steps, after a step that asked for DEVICE_SRP_AUTH.</summary>
    public async Task<Answer> ProveAsync(Answer asked, bool sendsSession = true)
    {
        asked.ShouldAskFor("DEVICE_SRP_AUTH");
        var challenge = (await BeginAsync(asked.Parameter("USERNAME"), sendsSession ? asked.Session() : null)).ShouldAskFor("DEVICE_PASSWORD_VERIFIER");
        return await pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, Proof(challenge));
    }
}

/// <summary>Sign-ins with devices, and the pools they need.</summary>
internal static class DeviceCalls
{
    /// <summary>A pool that tracks devices.</summary>
    public static Task<TestPool> TrackingPoolAsync(
        this World world, bool replacesFactor = true, bool asksUser = false, JsonObject? client = null, string mode = "OFF", string factors = "") =>
        world.MfaPoolAsync(mode, factors, $$"""
            {
                "AutoVerifiedAttributes": ["email"],
                "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": {{(replacesFactor ? "true" : "false")}}, "DeviceOnlyRememberedOnUserPrompt": {{(asksUser ? "true" : "false")}}}
            }
            """, client);

    /// <summary>USER_PASSWORD_AUTH with a device, or without.</summary>
    public static Task<Answer> SignInOnAsync(this TestUser user, string? deviceKey)
    {
        var parameters = new JsonObject { ["USERNAME"] = user.Name, ["PASSWORD"] = user.Password };
        if (deviceKey is not null) parameters["DEVICE_KEY"] = deviceKey;
        return user.Pool.StartAsync("USER_PASSWORD_AUTH", parameters);
    }

    /// <summary>The device that an answer gives a key.</summary>
    public static TestDevice Device(this Answer answer, TestPool pool)
    {
        answer.Status.ShouldBe(200, answer.Text);
        return new TestDevice(pool, answer.Json["AuthenticationResult"]!["NewDeviceMetadata"].ShouldNotBeNull(answer.Text));
    }

    /// <summary>Signs in without a device and registers the one that is given a key.</summary>
    public static async Task<(TestDevice Device, Tokens Tokens)> NewDeviceAsync(this TestUser user, string? name = null)
    {
        var answer = await user.SignInOnAsync(null);
        var (device, tokens) = (answer.Device(user.Pool), answer.ShouldBeSignedIn());
        await device.ConfirmAsync(tokens, name).ShouldSucceedAsync();
        return (device, tokens);
    }

    /// <summary>REFRESH_TOKEN_AUTH from a device.</summary>
    public static Task<Answer> RefreshOnAsync(this TestPool pool, string refreshToken, string? deviceKey)
    {
        var parameters = new JsonObject { ["REFRESH_TOKEN"] = refreshToken };
        if (deviceKey is not null) parameters["DEVICE_KEY"] = deviceKey;
        return pool.StartAsync("REFRESH_TOKEN_AUTH", parameters);
    }

    /// <summary>The value of a device's attribute, or null.</summary>
    public static string? DeviceAttribute(this JsonNode device, string name) =>
        device["DeviceAttributes"]!.AsArray().SingleOrDefault(a => a!["Name"]!.GetValue<string>() == name)?["Value"]!.GetValue<string>();
}
