using Poolhouse.Core.Identities;
using Poolhouse.Core.Identities.Access;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.CognitoIdentity;
using Poolhouse.Server.Options;
using Poolhouse.Server.Outbound;

namespace Poolhouse.Server;

/// <summary>Everything the identity service is made of.</summary>
internal static class IdentityServices
{
    /// <summary>The protocol of <c>cognito-identity</c>, and the rules behind it.</summary>
    /// <exception cref="StartupException">The option Iam is not understood.</exception>
    public static IServiceCollection AddCognitoIdentity(this IServiceCollection services, ServerOptions options, bool isDevelopment)
    {
        var iam = ReadIam(options, isDevelopment);
        services.AddSingleton(iam);
        services.AddSingleton<TemporaryCredentials>();
        services.AddSingleton<ProviderNames>();
        services.AddSingleton<IdentityKeys>();
        services.AddSingleton<IdentityTokens>();
        services.AddSingleton<UserPoolLogins>();
        services.AddSingleton<OpenIdLogins>();
        services.AddSingleton<LoginVerifier>();
        services.AddSingleton<IdentityLinks>();
        services.AddSingleton<Unlinking>();
        services.AddSingleton<DeveloperIdentities>();
        services.AddSingleton<PrincipalTags>();
        services.AddSingleton<RoleChoice>();
        services.AddSingleton<IdentityCredentials>();

        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<IOpenIdKeys, OpenIdKeys>();
        services.AddSingleton<IWebIdentityExchange, WebIdentityExchange>();

        services.AddSingleton<CallerIdentities>();
        services.AddSingleton<IdentityPoolChanges>();
        services.AddSingleton<IdentityPoolIds>();
        services.AddSingleton<IdentityPoolReading>();
        services.AddSingleton<RoleReading>();
        services.AddSingleton(IdentityOperations.Table);
        foreach (var row in IdentityOperations.Table.Rows) services.AddSingleton(row.Handler);
        return services;
    }

    private static IamConfiguration ReadIam(ServerOptions options, bool isDevelopment)
    {
        try
        {
            var issuer = new Issuer(new Uri(options.PublicUrl ?? options.Urls.Split(';')[0]));
            return IamReader.Read(options.Iam, issuer.OfIdentityService[(issuer.OfIdentityService.IndexOf("//", StringComparison.Ordinal) + 2)..], isDevelopment);
        }
        catch (FormatException problem)
        {
            throw new StartupException(problem.Message);
        }
    }
}
