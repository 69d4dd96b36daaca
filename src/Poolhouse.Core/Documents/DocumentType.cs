using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Logs;
using Poolhouse.Core.Threats;

namespace Poolhouse.Core.Documents;

/// <summary>One kind of document and how its content is written. Members are only ever added, and added ones are nullable.</summary>
public sealed class DocumentType<T>
    where T : class
{
    private readonly JsonTypeInfo<T> _json;

    internal DocumentType(DocumentKind kind, JsonTypeInfo<T> json)
    {
        Kind = kind;
        _json = json;
    }

    /// <summary>The kind.</summary>
    public DocumentKind Kind { get; }

    /// <summary>The content of a document of this kind.</summary>
    public T Read(Document document) => document.Kind == Kind
        ? JsonSerializer.Deserialize(document.Json, _json)!
        : throw new InvalidOperationException($"A document of kind {document.Kind} was read as {Kind}.");

    /// <summary>Content as text.</summary>
    public string Write(T content) => JsonSerializer.Serialize(content, _json);
}

/// <summary>The kinds with their contents.</summary>
public static class DocumentTypes
{
    /// <summary>Keyed by a UUID, named by the client.</summary>
    public static DocumentType<Branding> Branding { get; } = new(DocumentKind.Branding, DocumentJson.Default.Branding);

    /// <summary>Keyed by the domain, named <c>prefix</c> or <c>custom</c>, so that a pool has one of each.</summary>
    public static DocumentType<Domain> Domain { get; } = new(DocumentKind.Domain, DocumentJson.Default.Domain);

    /// <summary>Keyed by the provider's name, named by its identifiers. The secret is the member <see cref="IdentityProvider.SecretName"/>.</summary>
    public static DocumentType<IdentityProvider> IdentityProvider { get; } =
        new(DocumentKind.IdentityProvider, DocumentJson.Default.IdentityProvider);

    /// <summary>Keyed by a constant: a pool has one.</summary>
    public static DocumentType<LogDelivery> LogDelivery { get; } = new(DocumentKind.LogDelivery, DocumentJson.Default.LogDelivery);

    /// <summary>Keyed by the identifier.</summary>
    public static DocumentType<ResourceServer> ResourceServer { get; } = new(DocumentKind.ResourceServer, DocumentJson.Default.ResourceServer);

    /// <summary>Keyed by the client, or <c>ALL</c>.</summary>
    public static DocumentType<RiskConfiguration> RiskConfiguration { get; } = new(DocumentKind.RiskConfiguration, DocumentJson.Default.RiskConfiguration);

    /// <summary>Keyed by a UUID, named by client and name of the terms.</summary>
    public static DocumentType<Terms> Terms { get; } = new(DocumentKind.Terms, DocumentJson.Default.Terms);

    /// <summary>Keyed by the client, or <c>ALL</c>.</summary>
    public static DocumentType<UiCustomization> UiCustomization { get; } = new(DocumentKind.UiCustomization, DocumentJson.Default.UiCustomization);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Branding))]
[JsonSerializable(typeof(Domain))]
[JsonSerializable(typeof(IdentityProvider))]
[JsonSerializable(typeof(LogDelivery))]
[JsonSerializable(typeof(ResourceServer))]
[JsonSerializable(typeof(RiskConfiguration))]
[JsonSerializable(typeof(Terms))]
[JsonSerializable(typeof(UiCustomization))]
internal sealed partial class DocumentJson : JsonSerializerContext;
