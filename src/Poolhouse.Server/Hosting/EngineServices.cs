using System.Diagnostics.Metrics;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Logs;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Srp;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Core.Totp;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Identities;
using Poolhouse.Server.Cognito;
using Poolhouse.Server.Cognito.Devices;
using Poolhouse.Server.Cognito.Mfa;
using Poolhouse.Server.Cognito.Tags;
using Poolhouse.Server.Cognito.UserImports;
using Poolhouse.Server.Logs;
using Poolhouse.Server.Options;
using Poolhouse.Server.Triggers;
using Poolhouse.Server.Wire;
using Poolhouse.Server.Wire.Quotas;

namespace Poolhouse.Server;

/// <summary>The engine of user pools, and the protocol in front of it.</summary>
internal static class EngineServices
{
    /// <summary>The engine: rules of Core with what they run on.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, ServerOptions options, bool isDevelopment, int processors)
    {
        var isCheap = (options.HashProfile ?? (isDevelopment ? "development" : "production")) == "development";
        services.AddSingleton(isCheap ? HashProfile.Development : HashProfile.Production);
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton(p => new HashQueue(options.HashThreads ?? processors, options.HashQueue, p.GetRequiredService<IMeterFactory>()));
        services.AddSingleton(_ => ModularExponentiation.Create());
        services.AddSingleton<SrpProtocol>();
        services.AddSingleton<CompactJwe>();
        services.AddSingleton(_ => new SigningKeySupply(ready: 2));

        services.AddSingleton<Catalog>();
        services.AddSingleton<SigningKeyVault>();
        services.AddSingleton<PoolKeys>();
        services.AddSingleton<KeyRotation>();
        services.AddSingleton<ClientTokens>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<AccessTokens>();

        services.AddSingleton<IBreachedPasswords, BreachedPasswordFiles>();
        services.AddSingleton<ThreatProtection>();
        services.AddSingleton<FeedbackTokens>();
        services.AddSingleton<SecurityNotices>();
        services.AddSingleton<UserLogs>();
        services.AddSingleton<IFailureLog>(p => p.GetRequiredService<UserLogs>());
        services.AddSingleton<AuthEvents>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<CodeIssuer>();
        services.AddSingleton<AttemptLimits>();
        services.AddSingleton<UserChanges>();
        services.AddSingleton<Registration>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<SimulatedRecovery>();
        services.AddSingleton<UserCreation>();
        services.AddSingleton<UserStates>();
        services.AddSingleton<AttributeChanges>();
        services.AddSingleton<AttributeVerification>();
        services.AddSingleton<KnownPasswords>();
        services.AddSingleton<PasswordChanges>();
        services.AddSingleton<ProviderLinks>();
        services.AddSingleton<SignOuts>();
        services.AddSingleton<MfaPreferences>();
        services.AddSingleton<SoftwareTokens>();
        services.AddSingleton<UserPasskeys>();
        services.AddSingleton<PasskeyRegistrations>();
        services.AddSingleton<TrackedDevices>();
        services.AddSingleton<ImportFiles>();
        return services.AddTriggers(options).AddSignIn();
    }

    /// <summary>Delivery of pools' logs.</summary>
    public static IServiceCollection AddLogDelivery(this IServiceCollection services)
    {
        // A destination is the operator's own and named by configuration; it never sends anybody on.
        services.AddHttpClient(ILogSink.ClientName).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false }).RemoveAllLoggers();
        services.AddSingleton<LogDestinations>();
        services.AddHostedService<LogShipping>();
        return services;
    }

    /// <summary>The protocol of <c>cognito-idp</c>.</summary>
    public static IServiceCollection AddCognito(this IServiceCollection services)
    {
        services.AddSingleton<CognitoEndpoint>();
        services.AddSingleton<Permissions>();
        services.AddSingleton<RequestQuotas>();
        services.AddSingleton<RequestSignatures>();
        services.AddSingleton<PageTokens>();
        services.AddSingleton<ConfigurationChanges>();
        services.AddSingleton<PoolDocuments>();
        services.AddSingleton<ResourceIds>();
        services.AddSingleton<Resources>();
        services.AddSingleton<SimulatedDelivery>();
        services.AddSingleton<SoftwareTokenCallers>();
        services.AddSingleton<DeviceMapping>();
        services.AddSingleton<TaggedPools>();
        services.AddSingleton<ImportJobs>();
        services.AddSingleton<ImportLog>();
        services.AddSingleton<ImportMapping>();
        services.AddSingleton<ImportSignal>();
        services.AddSingleton<UploadAddresses>();
        services.AddSingleton<UploadEndpoint>();
        services.AddHostedService<ImportRunner>();
        services.AddSingleton(Operations.Table);
        foreach (var row in Operations.Table.Rows) services.AddSingleton(row.Handler);
        return services;
    }

    private static IServiceCollection AddTriggers(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(_ => new FunctionAddresses(options));
        services.AddSingleton(_ => SenderKeyOptions.Keys(options.SenderKeys));
        services.AddSingleton<ITriggerFunctions, HttpFunctions>();
        services.AddSingleton<TriggerCalls>();
        services.AddSingleton<UserTriggers>();
        services.AddSingleton<MessageTriggers>();
        services.AddSingleton<TokenTriggers>();
        services.AddSingleton<UserMigration>();
        services.AddSingleton<CustomSenders>();
        return services;
    }
}
