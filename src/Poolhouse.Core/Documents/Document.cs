using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Documents;

/// <summary>One piece of a pool's configuration beside the pool itself.</summary>
public sealed record Document
{
    /// <summary>The pool it belongs to, and goes with.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>What it is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Names it within pool and kind; a domain within all pools.</summary>
    public required string Key { get; init; }

    /// <summary>The client it is for, and goes with; null where it is the pool's.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>The content; see <see cref="DocumentType{T}"/>.</summary>
    public required string Json { get; init; }

    /// <summary>What of the content is secret, or null. Sealed at rest.</summary>
    public Secret? Secret { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed; also tells whether somebody else wrote meanwhile.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }
}

/// <summary>What a document is. Sorted.</summary>
public enum DocumentKind
{
    /// <summary>A style of the managed-login pages.</summary>
    Branding,

    /// <summary>A domain of the sign-in pages.</summary>
    Domain,

    /// <summary>An external identity provider.</summary>
    IdentityProvider,

    /// <summary>Where logs go.</summary>
    LogDelivery,

    /// <summary>A resource server with its scopes.</summary>
    ResourceServer,

    /// <summary>What is done about risks.</summary>
    RiskConfiguration,

    /// <summary>Links to terms of use or a privacy policy.</summary>
    Terms,

    /// <summary>CSS and logo of the classic sign-in pages.</summary>
    UiCustomization,
}
