using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Clients;

/// <summary>An app client of a pool. API_UserPoolClientType.</summary>
public sealed record AppClient
{
    /// <summary>The client's id, fixed at creation.</summary>
    public required ClientId Id { get; init; }

    /// <summary>The pool it belongs to.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>Display name, 1–128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Secrets a client may have at once (API_AddUserPoolClientSecret), so that one can take the place of the other.</summary>
    public const int MostSecrets = 2;

    /// <summary>The secrets, oldest first, each as good as the other; none for a public client.</summary>
    public IReadOnlyList<ClientSecret> Secrets { get; init; } = [];

    /// <summary>Whether the client must prove a secret.</summary>
    public bool IsConfidential => Secrets.Count > 0;

    /// <summary>When the client was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its configuration last changed.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>What operators may change; replaced as a whole by UpdateUserPoolClient.</summary>
    public required ClientSettings Settings { get; init; }
}

/// <summary>The replaceable part of a client's configuration. Null means the caller never set it, and Describe omits it.</summary>
public sealed record ClientSettings
{
    /// <summary>As given, old or <c>ALLOW_</c> names; null behaves as refresh, SRP and custom.</summary>
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }

    /// <summary>
    /// Scopes that the client's tokens may have: resource servers' <c>server/name</c>, and in the OAuth flows <c>openid</c>, <c>email</c>, <c>phone</c>,
    /// <c>profile</c> and that of the users' own API; null when never set.
    /// </summary>
    public IReadOnlyList<string>? AllowedOAuthScopes { get; init; }

    /// <summary>Attributes the client may read; null means all.</summary>
    public IReadOnlyList<string>? ReadAttributes { get; init; }

    /// <summary>Attributes the client may write; null means all.</summary>
    public IReadOnlyList<string>? WriteAttributes { get; init; }

    /// <summary>In units of <see cref="Units"/>.AccessToken (default hours); default 1 hour; 5 minutes to 1 day.</summary>
    public int? AccessTokenValidity { get; init; }

    /// <summary>In units of <see cref="Units"/>.IdToken (default hours); default 1 hour; 5 minutes to 1 day.</summary>
    public int? IdTokenValidity { get; init; }

    /// <summary>In units of <see cref="Units"/>.RefreshToken (default days); default and 0 mean 30 days; 1 hour to 10 years.</summary>
    public int RefreshTokenValidity { get; init; } = 30;

    /// <summary>Units of the three validities; null members mean hours, hours, days.</summary>
    public ValidityUnits Units { get; init; } = new();

    /// <summary>Who may sign in users of this client: <c>COGNITO</c>, the pool itself, and its identity providers by name. Null means never set.</summary>
    public IReadOnlyList<string>? SupportedIdentityProviders { get; init; }

    /// <summary>The OAuth grants, <c>code</c>, <c>implicit</c> or <c>client_credentials</c>; null when never set.</summary>
    public IReadOnlyList<string>? AllowedOAuthFlows { get; init; }

    /// <summary>Whether the OAuth endpoints serve the client at all. API_UserPoolClientType.AllowedOAuthFlowsUserPoolClient; default false.</summary>
    public bool UsesOAuth { get; init; }

    /// <summary>Where the OAuth endpoints may send a browser with a code, compared letter by letter; null when never set.</summary>
    public IReadOnlyList<string>? CallbackUrls { get; init; }

    /// <summary>Where signing out may send a browser, compared letter by letter; null when never set.</summary>
    public IReadOnlyList<string>? LogoutUrls { get; init; }

    /// <summary>The one of <see cref="CallbackUrls"/> that is meant where a request names none; null when never set.</summary>
    public string? DefaultRedirectUri { get; init; }

    /// <summary>ENABLED or LEGACY; null behaves as LEGACY.</summary>
    public string? PreventUserExistenceErrors { get; init; }

    /// <summary>Whether tokens carry <c>origin_jti</c> and RevokeToken works; default true.</summary>
    public bool EnableTokenRevocation { get; init; } = true;

    /// <summary>
    /// Whether the client's word for its users' addresses is taken, which only a server that keeps a secret may ask for.
    /// API_UserPoolClientType.EnablePropagateAdditionalUserContextData; default false.
    /// </summary>
    public bool PropagatesUserContext { get; init; }

    /// <summary>Minutes a challenge lives; 3–15; default 3.</summary>
    public int AuthSessionValidity { get; init; } = 3;

    /// <summary>Refresh token rotation; null when never set.</summary>
    public RefreshRotation? Rotation { get; init; }
}

/// <summary>API_TokenValidityUnitsType: <c>seconds</c>, <c>minutes</c>, <c>hours</c> or <c>days</c>.</summary>
public sealed record ValidityUnits
{
    /// <summary>Default hours.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Default hours.</summary>
    public string? IdToken { get; init; }

    /// <summary>Default days.</summary>
    public string? RefreshToken { get; init; }
}

/// <summary>API_RefreshTokenRotationType. Grace in seconds, 0–60; 0 whenever the feature is off.</summary>
public sealed record RefreshRotation(bool IsEnabled, int GraceSeconds);
