using System.Globalization;
using System.Security.Claims;
using System.Text.Json;

namespace Poolhouse.AspNetCore.Sessions;

/// <summary>Reads <c>{user, created_at, expires_at}</c>.</summary>
internal static class SessionDocument
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The session's claims. Unavailable when there is nobody in it: who answers so is not Poolhouse.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static SessionAnswer Read(ReadOnlyMemory<byte> utf8, Uri address)
    {
        using var json = JsonDocument.Parse(utf8, Strict);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("user", out var user) || user.ValueKind != JsonValueKind.Object)
            return new SessionAnswer.Unavailable();

        // The same as in the user's tokens, so that an application that takes both sees one person; the account's own id where a user has no sub.
        if ((Text(user, "sub") ?? Text(user, "id")) is not { Length: > 0 } subject) return new SessionAnswer.Unavailable();
        var issuer = address.GetLeftPart(UriPartial.Authority);
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, subject, ClaimValueTypes.String, issuer) };
        foreach (var member in user.EnumerateObject())
        {
            if (member.Name == ClaimTypes.NameIdentifier) continue;
            JsonClaims.Add(claims, member.Name == "groups" ? "cognito:groups" : member.Name, member.Value, issuer);
        }

        var nameType = Text(user, "username") is null ? "email" : "username";
        return new SessionAnswer.Live(claims, nameType, Time(json.RootElement, "created_at"), Time(json.RootElement, "expires_at"));
    }

    // RFC 3339, or seconds since 1970 as Cognito has them.
    private static DateTimeOffset? Time(JsonElement session, string name)
    {
        if (!session.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String when DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
            JsonValueKind.Number when value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253_402_300_800 => DateTimeOffset.UnixEpoch.AddSeconds(seconds),
            _ => null,
        };
    }

    private static string? Text(JsonElement user, string name) =>
        user.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
