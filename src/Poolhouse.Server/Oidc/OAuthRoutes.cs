using Poolhouse.Core.Federation;
using Poolhouse.Core.Triggers;
using Poolhouse.Server.Oidc.Providers;

namespace Poolhouse.Server.Oidc;

/// <summary>
/// The OAuth endpoints that a pool's domain has at Cognito. Here every host name leads to them: the client id says whose they are.
/// </summary>
internal static class OAuthRoutes
{
    public static IServiceCollection AddOAuth(this IServiceCollection services)
    {
        services.AddSingleton<SealedFlow>();
        services.AddSingleton<FederationTriggers>();
        services.AddSingleton<FederatedUsers>();
        services.AddSingleton<HostedSignIns>();
        services.AddSingleton<OAuthClients>();
        services.AddSingleton<ProviderTokens>();
        services.AddSingleton<ProviderClient>();
        services.AddSingleton<ProviderSignIns>();
        services.AddSingleton<AuthorizeEndpoint>();
        services.AddSingleton<IdpResponseEndpoint>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<UserInfoEndpoint>();
        services.AddSingleton<RevokeEndpoint>();
        services.AddSingleton<LogoutEndpoint>();
        return services;
    }

    public static void MapOAuth(this WebApplication app)
    {
        var services = app.Services;
        app.MapGet("/oauth2/authorize", services.GetRequiredService<AuthorizeEndpoint>().HandleAsync);
        app.MapMethods("/oauth2/idpresponse", ["GET", "POST"], services.GetRequiredService<IdpResponseEndpoint>().HandleAsync);
        app.MapPost("/oauth2/token", services.GetRequiredService<TokenEndpoint>().HandleAsync);
        app.MapMethods("/oauth2/userInfo", ["GET", "POST"], services.GetRequiredService<UserInfoEndpoint>().HandleAsync);
        app.MapPost("/oauth2/revoke", services.GetRequiredService<RevokeEndpoint>().HandleAsync);
        foreach (var shared in new[] { "/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke" }) app.MapMethods(shared, ["OPTIONS"], OAuthCors.Preflight);
        app.MapGet("/logout", services.GetRequiredService<LogoutEndpoint>().HandleAsync);
    }
}
