using System.Security.Claims;
using System.Text.Json;

namespace Poolhouse.AspNetCore;

/// <summary>Makes claims of JSON members.</summary>
internal static class JsonClaims
{
    private const string JsonValueType = "JSON";

    /// <summary>One claim for a plain value, one for each of a list, JSON text for an object, none for null.</summary>
    public static void Add(List<Claim> claims, string name, JsonElement value, string issuer)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) AddOne(claims, name, item, issuer);
            return;
        }

        AddOne(claims, name, value, issuer);
    }

    private static void AddOne(List<Claim> claims, string name, JsonElement value, string issuer)
    {
        var (text, type) = value.ValueKind switch
        {
            JsonValueKind.String => (value.GetString(), ClaimValueTypes.String),
            JsonValueKind.Number => (value.GetRawText(), value.TryGetInt64(out _) ? ClaimValueTypes.Integer64 : ClaimValueTypes.Double),
            JsonValueKind.True => ("true", ClaimValueTypes.Boolean),
            JsonValueKind.False => ("false", ClaimValueTypes.Boolean),
            JsonValueKind.Object or JsonValueKind.Array => (value.GetRawText(), JsonValueType),
            _ => (null, ClaimValueTypes.String),
        };
        if (text is not null) claims.Add(new Claim(name, text, type, issuer));
    }
}
