using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

/// <summary>A server whose functions are a <see cref="FunctionServer"/>; shared, as pools and functions are each test's own.</summary>
internal sealed record TriggerWorld(World World, FunctionServer Functions)
{
    /// <summary>What pools name as KMSKeyID.</summary>
    public const string KeyId = "arn:aws:kms:us-east-1:000000000000:key/codes";

    /// <summary>A KMSKeyID whose codes travel as JWE.</summary>
    public const string JweKeyId = "arn:aws:kms:us-east-1:000000000000:key/jwe";

    private static readonly Lazy<Task<TriggerWorld>> Shared = new(() => StartAsync());

    /// <summary>The key behind both.</summary>
    public static byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static Task<TriggerWorld> OnAsync() => Shared.Value;

    public static async Task<TriggerWorld> StartAsync(params string[] more)
    {
        var functions = await FunctionServer.StartAsync();
        var key = Convert.ToBase64String(Key);
        var world = await World.StartAsync(
            Engine.Sqlite,
            [
                "--lambda-endpoint", functions.Url,
                $"--SenderKeys:main:KeyId={KeyId}", $"--SenderKeys:main:Key={key}",
                $"--SenderKeys:jose:KeyId={JweKeyId}", $"--SenderKeys:jose:Key={key}", "--SenderKeys:jose:Format=jwe",
                .. more,
            ]);
        return new TriggerWorld(world, functions);
    }

    /// <summary>A pool with functions; its client allows every flow.</summary>
    public Task<TestPool> PoolAsync(JsonObject lambdaConfig, JsonObject? settings = null, string? hides = null, bool hasSecret = false, JsonObject? client = null)
    {
        settings ??= new JsonObject { ["AutoVerifiedAttributes"] = new JsonArray("email") };
        settings["LambdaConfig"] = lambdaConfig;
        client ??= [];
        client["ExplicitAuthFlows"] ??= new JsonArray(
            "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH");
        client["PreventUserExistenceErrors"] = hides;
        client["GenerateSecret"] = hasSecret;
        return World.PoolAsync(settings, client);
    }

    /// <summary>The one event that a function got.</summary>
    public JsonObject EventOf(string arn) => Functions.EventsOf(arn).ShouldHaveSingleItem();
}

/// <summary>Events in a form to compare.</summary>
internal static class Events
{
    /// <summary>The event is exactly this text; @ stands for what differs from run to run, filled in by the test.</summary>
    public static void ShouldBeEvent(this JsonObject e, TestPool pool, string expected)
    {
        var text = expected.Replace("@pool", pool.Id, StringComparison.Ordinal).Replace("@client", pool.ClientId, StringComparison.Ordinal);
        JsonNode.DeepEquals(e, JsonNode.Parse(text)).ShouldBeTrue($"is:     {e.ToJsonString()}\nshould: {JsonNode.Parse(text)!.ToJsonString()}");
    }

    public static JsonObject Request(this JsonObject e) => e["request"]!.AsObject();

    public static JsonObject Response(this JsonObject e) => e["response"]!.AsObject();

    public static string Source(this JsonObject e) => e["triggerSource"]!.GetValue<string>();
}
