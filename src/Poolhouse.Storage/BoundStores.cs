using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.AccountSessions;
using Poolhouse.Storage.Accounts;
using Poolhouse.Storage.Attempts;
using Poolhouse.Storage.BinaryTrees;
using Poolhouse.Storage.Clients;
using Poolhouse.Storage.Codes;
using Poolhouse.Storage.Devices;
using Poolhouse.Storage.Documents;
using Poolhouse.Storage.Events;
using Poolhouse.Storage.Factors;
using Poolhouse.Storage.Groups;
using Poolhouse.Storage.Identities;
using Poolhouse.Storage.Imports;
using Poolhouse.Storage.Keys;
using Poolhouse.Storage.Kyc;
using Poolhouse.Storage.Links;
using Poolhouse.Storage.Logs;
using Poolhouse.Storage.Messages;
using Poolhouse.Storage.Pools;
using Poolhouse.Storage.Referrals;
using Poolhouse.Storage.Sessions;
using Poolhouse.Storage.Settings;
using Poolhouse.Storage.Threats;
using Poolhouse.Storage.Usernames;
using Poolhouse.Storage.Users;

namespace Poolhouse.Storage;

/// <summary>Every store, bound to one session. Made per unit, so each store is made only when it is named.</summary>
internal sealed class BoundStores(DatabaseSession session, Sealer sealer) : IUnitOfWork
{
    public bool IsAbandoned { get; private set; }

    public bool HasQueuedMessage { get; private set; }

    public bool HasChangedConfiguration { get; private set; }

    public IPoolStore Pools => new PoolStore(session, MarkConfiguration);

    public IClientStore Clients => new ClientStore(session, sealer, MarkConfiguration);

    public IUserStore Users => new UserStore(session);

    public IDeviceStore Devices => new DeviceStore(session);

    public IGroupStore Groups => new GroupStore(session);

    public IDocumentStore Documents => new DocumentStore(session, sealer, MarkConfiguration);

    public IImportStore Imports => new ImportStore(session, sealer);

    public ILocalImportStore LocalImports => new LocalImportStore(session);

    public ICodeStore Codes => new CodeStore(session);

    public ISoftwareTokenStore SoftwareTokens => new SoftwareTokenStore(session);

    public IPasskeyStore Passkeys => new PasskeyStore(session);

    public IFamilyStore Families => new FamilyStore(session);

    public IUsernameReservationStore UsernameReservations => new UsernameReservationStore(session);

    public IAccountSessionStore AccountSessions => new AccountSessionStore(session);

    public ISigningKeyStore SigningKeys => new SigningKeyStore(session);

    public IAttemptStore Attempts => new AttemptStore(session);

    public ISpentStore Spent => new SpentStore(session);

    public IOutboxStore Outbox => new OutboxStore(session, sealer, () => HasQueuedMessage = true);

    public IMailboxStore Mailbox => new MailboxStore(session);

    public IEventStore Events => new EventStore(session);

    public IAuthEventStore AuthEvents => new AuthEventStore(session);

    public ILogStore Logs => new LogStore(session);

    public IIdentityPoolStore IdentityPools => new IdentityPoolStore(session);

    public IIdentityStore Identities => new IdentityStore(session);

    public IServiceKeyStore ServiceKeys => new ServiceKeyStore(session);

    public ISettingStore Settings => new SettingStore(session);

    public IAccountStore Accounts => new AccountStore(session);

    public IAuditStore Audit => new AuditStore(session);

    public IInviteStore Invites => new InviteStore(session);

    public ICodeRequestStore CodeRequests => new CodeRequestStore(session);

    public IKycStore Kyc => new KycStore(session);
    public IBinaryTreeStore BinaryTrees => new BinaryTreeStore(session);

    public ILinkStore Links => new LinkStore(session);

    public IReferralStore Referrals => new ReferralStore(session);

    public IRealtimeStore Realtime => new RealtimeStore(session);

    public ISecurityAnswerStore SecurityAnswers => new SecurityAnswerStore(session);

    public void Abandon() => IsAbandoned = true;

    private void MarkConfiguration() => HasChangedConfiguration = true;
}
