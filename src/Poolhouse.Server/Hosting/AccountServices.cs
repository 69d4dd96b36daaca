using Microsoft.FeatureManagement;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Accounts.Links;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Accounts.Referrals;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Accounts.Usernames;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Telemetry;
using Poolhouse.Server.Account;
using Poolhouse.Server.Account.Amazon;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.BinaryTree;
using Poolhouse.Server.Account.Deletion;
using Poolhouse.Server.Account.Documents;
using Poolhouse.Server.Account.Features;
using Poolhouse.Server.Account.Invites;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Links;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Account.Realtime;
using Poolhouse.Server.Account.Remote;
using Poolhouse.Server.Account.Sessions;
using Poolhouse.Server.Account.Usernames;
using Poolhouse.Server.Options;
using Poolhouse.Storage;
using Poolhouse.Storage.AccountSessions;
using Poolhouse.Storage.Redis;

namespace Poolhouse.Server;

/// <summary>The account API.</summary>
internal static class AccountServices
{
    /// <summary>The account API, in front of this server's own pool.</summary>
    public static IServiceCollection AddAccount(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<AccountRecords>();
        services.AddSingleton<Applications>();
        services.AddSingleton<Audit>();
        services.AddSingleton<Callers>();
        services.AddFeatureManagement();
        services.AddSingleton(_ => new SecurityMatrix(options.SecurityMatrix.ToDictionary(row => row.Key, row => (IReadOnlyList<Proof>)row.Value)));
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
        services.AddSingleton<IAccountExportPart, LinksExport>();
        services.AddSingleton<IAccountExportPart, InvitesExport>();
        services.AddSingleton<IAccountExportPart, ProfileExport>();
        services.AddSingleton<IAccountExportPart, QuestionsExport>();
        services.AddSingleton<IAccountExportPart, ReferralsExport>();
        services.AddSingleton<IAccountExportPart, TreeExport>();
        services.AddSingleton<IConfirmedAccountPart>(provider => provider.GetRequiredService<IntroducedAccounts>());
        services.AddSingleton<IFeatureDefinitionProvider, FeatureDefinitions>();
        services.AddSingleton<IRegistrationPart, SponsoredRegistration>();
        services.AddSingleton<IntroducedAccounts>();
        services.AddSingleton<LinkCodes>();
        services.AddSingleton<LinkList>();
        services.AddSingleton<LinkMessages>();
        services.AddSingleton<Linking>();
        services.AddSingleton<OtherAccounts>();
        services.AddSingleton<PasswordChecks>();
        services.AddSingleton<Profile>();
        services.AddSingleton<ProtectionOfActions>();
        services.AddSingleton<Questions>();
        services.AddSingleton<ReferralCodes>();
        services.AddSingleton<AmazonUserPools>();
        if (options.Applications.Values.Any(application => application.Pool == PoolOwner.Amazon)) services.AddSingleton<IBreaker>(p => p.GetRequiredService<AmazonUserPools>());
        services.AddSingleton<LocalUserPools>();
        services.AddSingleton<IUserPools, UserPools>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<RemoteBeginnings>();
        services.AddSingleton<RemoteDeletions>();
        services.AddSingleton<RemoteSignIns>();
        services.AddSingleton<RemoteTokenSeal>();
        services.AddSingleton<RemoteWatch>();
        services.AddHostedService<RemoteUpkeep>();
        services.AddSingleton<Registering>();
        services.AddSingleton<SigningIn>();
        services.AddSingleton<SignInResults>();
        services.AddSingleton<Verifying>();
        return services.AddDocuments().AddRealtime();
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
        services.AddSingleton<AccountRemoval>();
        services.AddSingleton<DeletionPassword>();
        services.AddSingleton<AccountErasures>();
        services.AddSingleton<IAccountErasure, AuditErasure>();
        services.AddSingleton<MemoryRateCounters>();
        if (options.Redis is not { } redis)
        {
            services.AddSingleton<DatabaseSessionStore>();
            services.AddSingleton<ISessionStore>(p => new MeasuredSessionStore(
                p.GetRequiredService<DatabaseSessionStore>(), p.GetRequiredService<Database>().EngineName, p.GetRequiredService<StoreMetrics>()));
            services.AddSingleton(WithoutRedis);
            return services;
        }

        services.AddSingleton(p => new RedisConnection(redis, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RedisSessionStore>();
        services.AddSingleton<ISessionStore>(p => new MeasuredSessionStore(p.GetRequiredService<RedisSessionStore>(), "redis", p.GetRequiredService<StoreMetrics>()));
        services.AddSingleton<IBreaker>(p => p.GetRequiredService<RedisConnection>());
        services.AddSingleton<IRateCounters>(p => new RedisRateCounters(p.GetRequiredService<RedisConnection>(), WithoutRedis(p)));
        services.AddHostedService<RedisWatch>();
        return services;
    }

    // Nobody shares a file with another node.
    private static IRateCounters WithoutRedis(IServiceProvider provider)
    {
        var own = provider.GetRequiredService<MemoryRateCounters>();
        return provider.GetRequiredService<Database>() is PostgresDatabase postgres ? new DatabaseRateCounters(postgres, own) : own;
    }
}
