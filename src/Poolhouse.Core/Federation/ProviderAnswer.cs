using System.Text.Json;
using TextMap = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Poolhouse.Core.Federation;

/// <summary>What an identity provider said of the person, once it is known to be the provider that speaks.</summary>
/// <param name="Subject">The provider's own id of the person: 1–255 characters. From the verified ID token, or from the userInfo endpoint where the provider has no ID tokens.</param>
/// <param name="Issuer">The provider's issuer; null where it has none.</param>
/// <param name="TokenResponse">The token endpoint's answer.</param>
/// <param name="IdToken">The ID token's claims; null where there is none.</param>
/// <param name="UserInfo">The userInfo endpoint's answer; null where it was not asked.</param>
public sealed record ProviderAnswer(string Subject, string? Issuer, TextMap TokenResponse, TextMap? IdToken, TextMap? UserInfo)
{
    /// <summary>Everything that was said of the person; what the ID token says counts before the userInfo endpoint.</summary>
    public Dictionary<string, string> Claims()
    {
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in new[] { UserInfo, IdToken })
        {
            if (source is null) continue;
            foreach (var (name, value) in source) claims[name] = value;
        }

        return claims;
    }

    /// <summary>A JSON object's members as texts. Lists and objects are their JSON, but for an address, which a pool keeps as one text (OpenID Connect Core 1.0 §5.1.1).</summary>
    /// <exception cref="InvalidOperationException">A text holds half a surrogate pair.</exception>
    public static Dictionary<string, string> Texts(JsonElement json)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
            if (Text(member) is { } text) texts[member.Name] = text;
        return texts;
    }

    private static string? Text(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString(),
        JsonValueKind.Null => null,
        JsonValueKind.Object when member.Name == "address" && member.Value.TryGetProperty("formatted", out var formatted) && formatted.ValueKind == JsonValueKind.String =>
            formatted.GetString(),
        _ => member.Value.GetRawText(),
    };

    /// <summary>The provider's tokens and the person's data are in it.</summary>
    public override string ToString() => nameof(ProviderAnswer);
}
