namespace Poolhouse.Core.Stores;

/// <summary>The one way to what is kept. Two implementations: SQLite and PostgreSQL.</summary>
public interface IDatabase
{
    /// <summary>
    /// Runs reads on one connection. Not a snapshot: a write may land between two reads. The work may run again when the server was lost, so it must
    /// not touch anything outside the database.
    /// </summary>
    ValueTask<T> ReadAsync<T>(Func<IStores, ValueTask<T>> work, CancellationToken ct);

    /// <summary>
    /// Runs reads and writes in one transaction and answers when they are durable. The work may run again after a
    /// conflict with another transaction, so it must not touch anything outside the database; it contains no network
    /// call and no slow computation, because SQLite runs all writes one after another.
    /// </summary>
    ValueTask<T> WriteAsync<T>(Func<IUnitOfWork, ValueTask<T>> work, CancellationToken ct);
}

/// <summary>Every store, bound to one connection.</summary>
public interface IStores
{
    /// <summary>User pools.</summary>
    IPoolStore Pools { get; }

    /// <summary>App clients.</summary>
    IClientStore Clients { get; }

    /// <summary>Users and the names they sign in with.</summary>
    IUserStore Users { get; }

    /// <summary>Devices of users.</summary>
    IDeviceStore Devices { get; }

    /// <summary>Groups and who is in them.</summary>
    IGroupStore Groups { get; }

    /// <summary>Configuration that belongs to pools.</summary>
    IDocumentStore Documents { get; }

    /// <summary>Import jobs with their files.</summary>
    IImportStore Imports { get; }

    /// <summary>Imports by the program's command.</summary>
    ILocalImportStore LocalImports { get; }

    /// <summary>Codes that were sent.</summary>
    ICodeStore Codes { get; }

    /// <summary>Secrets of authenticator apps.</summary>
    ISoftwareTokenStore SoftwareTokens { get; }

    /// <summary>Passkeys.</summary>
    IPasskeyStore Passkeys { get; }

    /// <summary>Token families.</summary>
    IFamilyStore Families { get; }

    /// <summary>Names that sign-ups in flight have reserved.</summary>
    IUsernameReservationStore UsernameReservations { get; }

    /// <summary>Cookie sessions.</summary>
    IAccountSessionStore AccountSessions { get; }

    /// <summary>Signing keys of pools.</summary>
    ISigningKeyStore SigningKeys { get; }

    /// <summary>Counters of attempts.</summary>
    IAttemptStore Attempts { get; }

    /// <summary>Ids of one-time things that carry their own state.</summary>
    ISpentStore Spent { get; }

    /// <summary>Messages to send.</summary>
    IOutboxStore Outbox { get; }

    /// <summary>Messages that the development mailbox received.</summary>
    IMailboxStore Mailbox { get; }

    /// <summary>What happened to accounts.</summary>
    IEventStore Events { get; }

    /// <summary>What threat protection remembers.</summary>
    IAuthEventStore AuthEvents { get; }

    /// <summary>Log lines that wait to be delivered.</summary>
    ILogStore Logs { get; }

    /// <summary>Identity pools.</summary>
    IIdentityPoolStore IdentityPools { get; }

    /// <summary>Identities and their logins.</summary>
    IIdentityStore Identities { get; }

    /// <summary>Signing keys that belong to no pool.</summary>
    IServiceKeyStore ServiceKeys { get; }

    /// <summary>Single values of the installation.</summary>
    ISettingStore Settings { get; }

    /// <summary>Accounts of applications.</summary>
    IAccountStore Accounts { get; }

    /// <summary>The audit log.</summary>
    IAuditStore Audit { get; }

    /// <summary>Invitations.</summary>
    IInviteStore Invites { get; }

    /// <summary>Wishes for codes.</summary>
    ICodeRequestStore CodeRequests { get; }

    /// <summary>Identity documents.</summary>
    IKycStore Kyc { get; }
    /// <summary>The applications' binary trees.</summary>
    IBinaryTreeStore BinaryTrees { get; }

    /// <summary>Links of accounts between applications.</summary>
    ILinkStore Links { get; }

    /// <summary>Codes by which accounts invite.</summary>
    IReferralStore Referrals { get; }

    /// <summary>Users of the WebSocket API.</summary>
    IRealtimeStore Realtime { get; }

    /// <summary>Answers to security questions.</summary>
    ISecurityAnswerStore SecurityAnswers { get; }
}

/// <summary>A transaction under way.</summary>
public interface IUnitOfWork : IStores
{
    /// <summary>Nothing of this unit will be kept, whatever it answers.</summary>
    void Abandon();
}

/// <summary>One page of a list in a total order.</summary>
/// <param name="Items">At most the limit that was asked for.</param>
/// <param name="Next">Where the next page starts; null on the last one. Opaque to callers.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
