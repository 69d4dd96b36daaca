using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Sessions;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>
/// Where a request comes from, with what its context data adds. A server that signs its calls, or proves a client secret and was
/// allowed to, is believed in its users' addresses; what a public client says of itself only serves to know it again.
/// </summary>
internal static class Origins
{
    private const int MostEncodedCharacters = 64 * 1024;

    /// <summary>For public operations. API_UserContextDataType.</summary>
    public static Origin Of(UserContextDataType? context, AppClient client, CallContext call)
    {
        if (context is null) return call.Origin;
        var isBelieved = client is { IsConfidential: true, Settings.PropagatesUserContext: true };
        return With(call.Origin, isBelieved ? context.IpAddress : null, userAgent: null, context.EncodedData);
    }

    /// <summary>For administrators' operations: the address and the headers of whom the calling server speaks for. API_ContextDataType.</summary>
    public static Origin Of(ContextDataType? context, CallContext call) => context is null
        ? call.Origin
        : With(call.Origin, context.IpAddress, Header(context, "User-Agent"), context.EncodedData);

    private static Origin With(Origin origin, string? address, string? userAgent, string? encoded) => origin with
    {
        Address = IPAddress.TryParse(address, out var parsed) ? Origin.Plain(parsed) : origin.Address,
        UserAgent = userAgent ?? origin.UserAgent,
        Fingerprint = Fingerprint(encoded),
        HasContext = true,
    };

    private static string? Header(ContextDataType context, string name) =>
        context.HttpHeaders?.FirstOrDefault(h => string.Equals(h.HeaderName, name, StringComparison.OrdinalIgnoreCase))?.HeaderValue;

    /// <summary>
    /// What stays the same in EncodedData between sign-ins of one device. It is base64 of JSON whose <c>payload</c> is JSON again, with
    /// <c>contextData.DeviceId</c> (amazon-user-pool-advanced-security data of Amazon's client libraries); null for anything else.
    /// </summary>
    private static string? Fingerprint(string? encoded)
    {
        if (encoded is not { Length: > 0 and <= MostEncodedCharacters }) return null;
        try
        {
            using var outer = JsonDocument.Parse(Convert.FromBase64String(encoded));
            if (outer.RootElement.GetProperty("payload"u8).GetString() is not { } payload) return null;
            using var inner = JsonDocument.Parse(payload);
            return inner.RootElement.GetProperty("contextData"u8).GetProperty("DeviceId"u8).GetString() is { Length: > 0 } id
                ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))
                : null;
        }
        // Whatever a client sends here, it still may sign in.
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
