using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>From requests to a client's settings, with the rules that no single member shows. An omitted setting has its default.</summary>
internal static class ClientReading
{
    /// <summary>The replaceable part of CreateUserPoolClient, which is an update of a client that has nothing but defaults.</summary>
    public static UpdateUserPoolClientRequest Replaceable(CreateUserPoolClientRequest request) => new()
    {
        UserPoolId = request.UserPoolId,
        ClientName = request.ClientName,
        RefreshTokenValidity = request.RefreshTokenValidity,
        AccessTokenValidity = request.AccessTokenValidity,
        IdTokenValidity = request.IdTokenValidity,
        TokenValidityUnits = request.TokenValidityUnits,
        ReadAttributes = request.ReadAttributes,
        WriteAttributes = request.WriteAttributes,
        ExplicitAuthFlows = request.ExplicitAuthFlows,
        SupportedIdentityProviders = request.SupportedIdentityProviders,
        CallbackURLs = request.CallbackURLs,
        LogoutURLs = request.LogoutURLs,
        DefaultRedirectURI = request.DefaultRedirectURI,
        AllowedOAuthFlows = request.AllowedOAuthFlows,
        AllowedOAuthScopes = request.AllowedOAuthScopes,
        AllowedOAuthFlowsUserPoolClient = request.AllowedOAuthFlowsUserPoolClient,
        AnalyticsConfiguration = request.AnalyticsConfiguration,
        PreventUserExistenceErrors = request.PreventUserExistenceErrors,
        EnableTokenRevocation = request.EnableTokenRevocation,
        EnablePropagateAdditionalUserContextData = request.EnablePropagateAdditionalUserContextData,
        AuthSessionValidity = request.AuthSessionValidity,
        RefreshTokenRotation = request.RefreshTokenRotation,
    };

    /// <summary>The settings that a request asks for.</summary>
    /// <param name="request">The whole replaceable part.</param>
    /// <param name="pool">The client's pool: its schema and tier bind the client.</param>
    /// <param name="doing">For Cognito's words: <c>creating</c> or <c>updating</c>.</param>
    /// <exception cref="CognitoException">The settings contradict each other or the pool, or nothing here acts on them.</exception>
    public static ClientSettings Settings(UpdateUserPoolClientRequest request, UserPool pool, string doing)
    {
        var defaults = new ClientSettings();
        var units = request.TokenValidityUnits;
        // First what Cognito itself refuses, then what only this server does.
        var settings = new ClientSettings
        {
            ExplicitAuthFlows = Flows(request),
            AllowedOAuthScopes = request.AllowedOAuthScopes is { Count: > 0 } scopes ? [.. scopes.Distinct(StringComparer.Ordinal)] : null,
            ReadAttributes = Readable(request.ReadAttributes, pool, doing),
            WriteAttributes = Writable(request.WriteAttributes, pool, doing),
            AccessTokenValidity = request.AccessTokenValidity,
            IdTokenValidity = request.IdTokenValidity,
            RefreshTokenValidity = request.RefreshTokenValidity is { } validity and > 0 ? validity : defaults.RefreshTokenValidity,
            Units = new ValidityUnits { AccessToken = units?.AccessToken, IdToken = units?.IdToken, RefreshToken = units?.RefreshToken },
            SupportedIdentityProviders = request.SupportedIdentityProviders?.Distinct(StringComparer.Ordinal).ToList(),
            AllowedOAuthFlows = request.AllowedOAuthFlows is { Count: > 0 } flows ? [.. flows.Distinct(StringComparer.Ordinal)] : null,
            UsesOAuth = request.AllowedOAuthFlowsUserPoolClient ?? false,
            CallbackUrls = ClientAddresses.Read(request.CallbackURLs),
            LogoutUrls = ClientAddresses.Read(request.LogoutURLs),
            DefaultRedirectUri = request.DefaultRedirectURI,
            PreventUserExistenceErrors = request.PreventUserExistenceErrors,
            EnableTokenRevocation = request.EnableTokenRevocation ?? defaults.EnableTokenRevocation,
            PropagatesUserContext = request.EnablePropagateAdditionalUserContextData ?? false,
            AuthSessionValidity = request.AuthSessionValidity ?? defaults.AuthSessionValidity,
            Rotation = Rotation(request.RefreshTokenRotation),
        };
        ClientAddresses.Demand(settings);
        if (!Validity.IsInRange(settings)) throw CognitoException.InvalidParameter("Invalid range for token validity.");
        if (TierFeatures.Problem(pool.Settings.Tier, settings) is { } problem) throw CognitoException.FeatureUnavailableInTier(problem);
        Unsupported.Refuse(request);
        return settings;
    }

    /// <summary>The client, if it may do what its settings say. Who keeps no secret could be anybody, whose word for an address is worth nothing.</summary>
    public static AppClient Demanded(AppClient client) => client.Settings.PropagatesUserContext && !client.IsConfidential
        ? throw CognitoException.InvalidParameter("EnablePropagateAdditionalUserContextData can be activated only for an app client that has a client secret.")
        : client;

    private static List<string>? Flows(UpdateUserPoolClientRequest request)
    {
        if (request.ExplicitAuthFlows is not { Count: > 0 } given) return null;
        var flows = given.Distinct(StringComparer.Ordinal).ToList();
        var modern = flows.Count(name => name.StartsWith("ALLOW_", StringComparison.Ordinal));
        if (modern > 0 && modern < flows.Count)
            throw CognitoException.InvalidParameter("Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.");
        if (flows.Count > 1 && flows.Contains("ALLOW_CLIENT_TOKEN_AUTH"))
            throw CognitoException.InvalidParameter("ALLOW_CLIENT_TOKEN_AUTH cannot be used with other auth flows.");
        if (request.RefreshTokenRotation?.Feature == "ENABLED" && flows.Contains("ALLOW_REFRESH_TOKEN_AUTH"))
        {
            throw CognitoException.InvalidParameter(
                "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.");
        }

        return flows;
    }

    private static List<string>? Readable(IReadOnlyList<string>? given, UserPool pool, string doing) =>
        given is null || given.All(name => AttributeSchema.Find(pool, name) is not null)
            ? given?.Distinct(StringComparer.Ordinal).ToList()
            : throw CognitoException.InvalidParameter($"Invalid read attributes specified while {doing} a client");

    // A client that could not write a required attribute could sign up nobody. What the server or an administrator alone writes is
    // nobody's to allow (observed for sub and the two flags).
    private static List<string>? Writable(IReadOnlyList<string>? given, UserPool pool, string doing)
    {
        if (given is null) return null;
        var isRight = given.All(name => AttributeSchema.Find(pool, name) is { IsDeveloperOnly: false } && !StandardAttributes.IsWrittenByServer(name))
            && AttributeSchema.Required(pool).Where(name => !StandardAttributes.IsWrittenByServer(name)).All(given.Contains);
        return isRight
            ? [.. given.Distinct(StringComparer.Ordinal)]
            : throw CognitoException.InvalidParameter($"Invalid write attributes specified while {doing} a client");
    }

    private static RefreshRotation? Rotation(RefreshTokenRotationType? given) => given switch
    {
        null => null,
        // The grace is stored as 0 when the feature is off (observed).
        { Feature: "ENABLED" } => new RefreshRotation(IsEnabled: true, given.RetryGracePeriodSeconds ?? 0),
        _ => new RefreshRotation(IsEnabled: false, GraceSeconds: 0),
    };
}
