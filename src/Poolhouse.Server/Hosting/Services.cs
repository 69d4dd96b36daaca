using Microsoft.FeatureManagement;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Accounts.Usernames;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Logs;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.SignIn.Challenges;
using Poolhouse.Core.SignIn.Flows;
using Poolhouse.Core.Srp;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Core.Totp;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Identities;
using Poolhouse.Server.Account;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Deletion;
using Poolhouse.Server.Account.Features;
using Poolhouse.Server.Account.Invites;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Account.Sessions;
using Poolhouse.Server.Account.Usernames;
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
using Poolhouse.Storage.AccountSessions;
using Poolhouse.Storage.Redis;

namespace Poolhouse.Server;

/// <summary>Everything the server is made of, as a list one can read.</summary>
internal static class Services
{
    /// <summary>The engine: rules of Core with what they run on.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, ServerOptions options, bool isDevelopment, int processors)
    {
        var isCheap = (options.HashProfile ?? (isDevelopment ? "development" : "production")) == "development";
        services.AddSingleton(isCheap ? HashProfile.Development : HashProfile.Production);
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton(_ => new HashQueue(options.HashThreads ?? processors, options.HashQueue));
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

    /// <summary>The account API, in front of this server's own pool.</summary>
    public static IServiceCollection AddAccount(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<AccountRecords>();
        services.AddSingleton<Applications>();
        services.AddSingleton<Audit>();
        services.AddSingleton<Callers>();
        services.AddSingleton<CodeRequests>();
        services.AddSingleton<CodeRequestSignal>();
        services.AddSingleton<CodeTries>();
        services.AddHostedService<CodeRequestWorker>();
        services.AddSingleton<ConfirmationLinks>();
        services.AddSingleton<ConfirmingAccount>();
        services.AddSingleton<InviteMails>();
        services.AddSingleton<InviterRights>();
        services.AddSingleton<Inviting>();
        services.AddSingleton<PresentedInvites>();
        services.AddSingleton<IRegistrationPart, InvitePart>();
        services.AddSingleton<IRegistrationPart>(p => p.GetRequiredService<ConfirmationLinks>());
        services.AddSingleton<Export>();
        services.AddSingleton<FeatureFlags>();
        services.AddSingleton<History>();
        services.AddSingleton<IAccountExportPart, HistoryExport>();
        services.AddSingleton<IAccountExportPart, InvitesExport>();
        services.AddSingleton<IAccountExportPart, ProfileExport>();
        services.AddSingleton<IAccountExportPart, QuestionsExport>();
        services.AddSingleton<PasswordChecks>();
        services.AddSingleton<Profile>();
        services.AddSingleton<ProtectionOfActions>();
        services.AddSingleton<Questions>();
        services.AddSingleton(_ => new SecurityMatrix(options.SecurityMatrix.ToDictionary(row => row.Key, row => (IReadOnlyList<Proof>)row.Value)));
        services.AddSingleton<IFeatureDefinitionProvider, FeatureDefinitions>();
        services.AddFeatureManagement();
        services.AddSingleton<IUserPools, LocalUserPools>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<Registering>();
        services.AddSingleton<SigningIn>();
        services.AddSingleton<SignInResults>();
        services.AddSingleton<Verifying>();
        return services;
    }

    /// <summary>Cookie sessions, and what deleting an account takes.</summary>
    public static IServiceCollection AddAccountSessions(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<SessionCookies>();
        services.AddSingleton<AccountSessions>();
        services.AddSingleton<CrossOrigin>();
        services.AddSingleton<SessionCallers>();
        services.AddSingleton<SigningInByCookie>();
        services.AddSingleton<UsernameReservations>();
        services.AddSingleton<IRegistrationPart, ReservedUsername>();
        services.AddSingleton<AccountDeleting>();
        services.AddSingleton<AccountErasures>();
        services.AddSingleton<IAccountErasure, AuditErasure>();
        if (options.Redis is not { } redis)
        {
            services.AddSingleton<ISessionStore, DatabaseSessionStore>();
            services.AddSingleton<IRateCounters, MemoryRateCounters>();
            return services;
        }

        services.AddSingleton(p => new RedisConnection(redis, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RedisSessionStore>();
        services.AddSingleton<ISessionStore>(p => p.GetRequiredService<RedisSessionStore>());
        services.AddSingleton<IRateCounters, RedisRateCounters>();
        services.AddHostedService<RedisWatch>();
        return services;
    }

    private static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<ChallengeStates>();
        services.AddSingleton<ChallengedUsers>();
        services.AddSingleton<CodeChallenges>();
        services.AddSingleton<CodeGuesses>();
        services.AddSingleton<CodeProof>();
        services.AddSingleton<DeviceProof>();
        services.AddSingleton<DeviceStep>();
        services.AddSingleton<FactorSetups>();
        services.AddSingleton<FurtherChallenges>();
        services.AddSingleton<PasswordGuesses>();
        services.AddSingleton<Completion>();
        services.AddSingleton<CustomAuth>();
        services.AddSingleton<PreAuthentications>();
        services.AddSingleton<SignInAnswers>();
        services.AddSingleton<SignInMigrations>();
        services.AddSingleton<PasswordProof>();
        services.AddSingleton<SrpProof>();
        services.AddSingleton<PasskeyProof>();
        services.AddSingleton<StepUpRequests>();
        services.AddSingleton<FirstFactorStarts>();
        services.AddSingleton<FirstFactors>();
        services.AddSingleton<SignUpSessions>();
        services.AddSingleton<Refreshes>();
        services.AddSingleton<SignInWatch>();
        services.AddSingleton<SignIns>();

        services.AddSingleton<IFlow>(p => new PasswordFlow("USER_PASSWORD_AUTH", p.GetRequiredService<PasswordProof>()));
        services.AddSingleton<IFlow>(p => new PasswordFlow("ADMIN_USER_PASSWORD_AUTH", p.GetRequiredService<PasswordProof>()));
        services.AddSingleton<IFlow>(p => new PasswordFlow("ADMIN_NO_SRP_AUTH", p.GetRequiredService<PasswordProof>()));
        services.AddSingleton<IFlow>(p => new RefreshFlow("REFRESH_TOKEN_AUTH", p.GetRequiredService<Refreshes>()));
        services.AddSingleton<IFlow>(p => new RefreshFlow("REFRESH_TOKEN", p.GetRequiredService<Refreshes>()));
        services.AddSingleton<IFlow, SrpFlow>();
        services.AddSingleton<IFlow, ChoiceFlow>();
        services.AddSingleton<IFlow, CustomFlow>();

        services.AddSingleton<IChallenge, PasswordVerifier>();
        services.AddSingleton<IChallenge, NewPasswordRequired>();
        services.AddSingleton<IChallenge, SelectChallenge>();
        services.AddSingleton<IChallenge, SoftwareTokenMfa>();
        services.AddSingleton<IChallenge, DevicePasswordVerifier>();
        services.AddSingleton<IChallenge, DeviceSrpAuth>();
        services.AddSingleton<IChallenge, SelectMfaType>();
        services.AddSingleton<IChallenge, MfaSetup>();
        services.AddSingleton<IChallenge, CustomChallenge>();
        services.AddSingleton<IChallenge, PasskeyAnswer>();
        services.AddSingleton<IChallenge>(p => new CodeAnswer(MfaFactors.Sms, p.GetRequiredService<CodeProof>()));
        services.AddSingleton<IChallenge>(p => new CodeAnswer(MfaFactors.Email, p.GetRequiredService<CodeProof>()));
        services.AddSingleton<IChallenge>(p => new CodeAnswer(FirstFactorRules.SmsOtp, p.GetRequiredService<CodeProof>()));
        services.AddSingleton<IChallenge>(p => Answer(p, "PASSWORD"));
        services.AddSingleton<IChallenge>(p => Answer(p, "PASSWORD_SRP"));
        return services;
    }

    private static FactorAnswer Answer(IServiceProvider provider, string name) =>
        new(name, provider.GetRequiredService<ChallengeStates>(), provider.GetRequiredService<FirstFactors>());
}
