using System.Text.Json;
using System.Text.Json.Serialization;

namespace Poolhouse.Core.Users.Identities;

/// <summary>
/// An account at an identity provider that signs in as a user of the pool. A user's are one entry of the attribute
/// <c>identities</c>, a JSON array in the form that Cognito shows (user guide, "Linking federated users to an existing user profile").
/// </summary>
/// <param name="UserId">The provider's name for the person.</param>
/// <param name="ProviderName">A provider of the pool.</param>
/// <param name="ProviderType">Google, Facebook, LoginWithAmazon, SignInWithApple, OIDC or SAML.</param>
/// <param name="Issuer">Null where the provider has none.</param>
/// <param name="Primary">Whether the user came into being by it; linked ones are not.</param>
/// <param name="DateCreated">When it was linked, milliseconds since 1970.</param>
/// <param name="AttributeName">The claim that <paramref name="UserId"/> is a value of; null for the provider's own id of the person.</param>
public sealed record LinkedIdentity(
    string UserId, string ProviderName, string ProviderType, string? Issuer, bool Primary, long DateCreated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AttributeName)
{
    /// <summary>The attribute that holds them.</summary>
    public const string Attribute = "identities";

    /// <summary>How <see cref="AttributeName"/> is given where it is the provider's own id.</summary>
    public const string Subject = "Cognito_Subject";

    /// <summary>The name under which the database keeps an identity one user's: an alias that nobody can type.</summary>
    [JsonIgnore]
    public string AliasAttribute => AliasAttributeOf(ProviderName, AttributeName);

    /// <summary>The alias's name for an identity of a provider.</summary>
    public static string AliasAttributeOf(string provider, string? attribute) => $"identity:{provider}:{attribute ?? Subject}";

    /// <summary>A user's identities.</summary>
    public static IReadOnlyList<LinkedIdentity> Of(User user) =>
        user[Attribute] is { } text ? JsonSerializer.Deserialize(text, LinkedIdentityJson.Default.ListLinkedIdentity)! : [];

    /// <summary>The attribute's text; null for none, which removes the attribute.</summary>
    public static string? Write(IReadOnlyList<LinkedIdentity> identities) =>
        identities.Count == 0 ? null : JsonSerializer.Serialize([.. identities], LinkedIdentityJson.Default.ListLinkedIdentity);
}

/// <summary>Cognito writes flag and time of an identity as text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(TextFlag), typeof(TextNumber)])]
[JsonSerializable(typeof(List<LinkedIdentity>))]
internal sealed partial class LinkedIdentityJson : JsonSerializerContext
{
    private sealed class TextFlag : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() == "true";

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteStringValue(value ? "true" : "false");
    }

    private sealed class TextNumber : JsonConverter<long>
    {
        public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            long.Parse(reader.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
