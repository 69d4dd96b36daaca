using Poolhouse.Core.Messages;
using Poolhouse.Core.Stores;

namespace Poolhouse.Tests.Messaging;

/// <summary>Outbox and mailbox in memory, with the leases of the real ones, and failures on demand.</summary>
internal sealed class FakeMessageStores : IDatabase, IUnitOfWork, IOutboxStore, IMailboxStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Row> _rows = [];
    private readonly List<MailboxMessage> _mailbox = [];

    /// <summary>Throws before the named operation (<c>claim</c>, <c>complete</c>, <c>fail</c>, <c>mailbox</c>) where it answers true.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    public List<string> Calls { get; } = [];

    public IOutboxStore Outbox => this;

    public IMailboxStore Mailbox => this;

    public Row this[string id]
    {
        get { lock (_lock) return _rows[id]; }
    }

    public void Put(OutboxMessage message)
    {
        lock (_lock) _rows[message.Id] = new Row(message, "waiting", 0, message.CreatedAt, null, null, null);
    }

    public void Steal(string id, string owner, DateTimeOffset until)
    {
        lock (_lock) _rows[id] = _rows[id] with { Owner = owner, LeasedUntil = until };
    }

    public ValueTask<T> ReadAsync<T>(Func<IStores, ValueTask<T>> work, CancellationToken ct) => work(this);

    public ValueTask<T> WriteAsync<T>(Func<IUnitOfWork, ValueTask<T>> work, CancellationToken ct) => work(this);

    public ValueTask AddAsync(OutboxMessage message, CancellationToken ct)
    {
        Put(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(string owner, int limit, TimeSpan lease, IReadOnlyCollection<string> except, DateTimeOffset now, CancellationToken ct)
    {
        lock (_lock)
        {
            Enter("claim");
            List<ClaimedMessage> claimed = [];
            foreach (var row in _rows.Values.Where(r => r.State is "waiting" && r.DueAt <= now && !(r.LeasedUntil > now) && !except.Contains(r.Message.Id)).OrderBy(r => r.DueAt).ToList())
            {
                if (row.Message.NotAfter < now) _rows[row.Message.Id] = row with { State = "dead", Reason = "expired" };
                else if (claimed.Count < limit)
                {
                    _rows[row.Message.Id] = row with { Owner = owner, LeasedUntil = now + lease, Attempts = row.Attempts + 1 };
                    claimed.Add(new ClaimedMessage(row.Message, row.Attempts));
                }
            }
            return new([.. claimed]);
        }
    }

    public ValueTask<ClaimedMessage?> ClaimOneAsync(string id, string owner, TimeSpan lease, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> QueueAsync(int limit, TimeSpan lease, IReadOnlyCollection<string> except, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<int> ReleaseQueuedAsync(DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<bool> CompleteAsync(string id, string owner, DateTimeOffset now, CancellationToken ct) =>
        new(Close("complete", id, owner, row => row with { State = "sent" }));

    public ValueTask<bool> FailAsync(string id, string owner, DateTimeOffset? nextAttemptAt, string reason, CancellationToken ct) =>
        new(Close("fail", id, owner, row => nextAttemptAt is { } next
            ? row with { DueAt = next, Owner = null, LeasedUntil = null, Reason = reason }
            : row with { State = "dead", Reason = reason }));

    public ValueTask<OutboxState> StateAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            var waiting = _rows.Values.Where(row => row.State is "waiting").ToList();
            return new(new OutboxState(waiting.Count, _rows.Values.Count(row => row.State is "dead"), waiting.Count is 0 ? null : waiting.Min(row => row.Message.CreatedAt)));
        }
    }

    public ValueTask<bool> AddAsync(MailboxMessage message, CancellationToken ct)
    {
        lock (_lock)
        {
            Enter("mailbox");
            if (_mailbox.Any(m => m.Id == message.Id)) return new(false);
            _mailbox.Add(message);
            return new(true);
        }
    }

    public ValueTask<IReadOnlyList<MailboxMessage>> ListAsync(string? to, int limit, CancellationToken ct)
    {
        lock (_lock) return new([.. _mailbox.Where(m => to is null || m.To == to).TakeLast(limit)]);
    }

    public ValueTask<MailboxMessage?> FindAsync(string id, CancellationToken ct)
    {
        lock (_lock) return new(_mailbox.Find(m => m.Id == id));
    }

    private bool Close(string operation, string id, string owner, Func<Row, Row> change)
    {
        lock (_lock)
        {
            Enter(operation);
            var row = _rows[id];
            if (row.State is not "waiting" || row.Owner != owner) return false;
            _rows[id] = change(row);
            return true;
        }
    }

    private void Enter(string operation)
    {
        Calls.Add(operation);
        if (Fails(operation)) throw new InvalidOperationException("The disk is away.");
    }

    internal sealed record Row(OutboxMessage Message, string State, int Attempts, DateTimeOffset DueAt, string? Owner, DateTimeOffset? LeasedUntil, string? Reason);

    IAccountStore IStores.Accounts => throw new NotSupportedException();
    IAuditStore IStores.Audit => throw new NotSupportedException();

    IInviteStore IStores.Invites => throw new NotSupportedException();

    ICodeRequestStore IStores.CodeRequests => throw new NotSupportedException();
    IKycStore IStores.Kyc => throw new NotSupportedException();
    IRealtimeStore IStores.Realtime => throw new NotSupportedException();
    ISecurityAnswerStore IStores.SecurityAnswers => throw new NotSupportedException();
    IPoolStore IStores.Pools => throw new NotSupportedException();
    IClientStore IStores.Clients => throw new NotSupportedException();
    IUserStore IStores.Users => throw new NotSupportedException();
    IDeviceStore IStores.Devices => throw new NotSupportedException();

    IGroupStore IStores.Groups => throw new NotSupportedException();
    IIdentityStore IStores.Identities => throw new NotSupportedException();
    IIdentityPoolStore IStores.IdentityPools => throw new NotSupportedException();
    IServiceKeyStore IStores.ServiceKeys => throw new NotSupportedException();

    IBinaryTreeStore IStores.BinaryTrees => throw new NotSupportedException();

    ILinkStore IStores.Links => throw new NotSupportedException();

    IReferralStore IStores.Referrals => throw new NotSupportedException();
    IDocumentStore IStores.Documents => throw new NotSupportedException();

    IImportStore IStores.Imports => throw new NotSupportedException();

    ILocalImportStore IStores.LocalImports => throw new NotSupportedException();
    ICodeStore IStores.Codes => throw new NotSupportedException();
    ISoftwareTokenStore IStores.SoftwareTokens => throw new NotSupportedException();

    IPasskeyStore IStores.Passkeys => throw new NotSupportedException();
    IFamilyStore IStores.Families => throw new NotSupportedException();

    IAccountSessionStore IStores.AccountSessions => throw new NotSupportedException();
    IRemoteSignInStore IStores.RemoteSignIns => throw new NotSupportedException();
    IRemoteDeletionStore IStores.RemoteDeletions => throw new NotSupportedException();

    IUsernameReservationStore IStores.UsernameReservations => throw new NotSupportedException();
    ISigningKeyStore IStores.SigningKeys => throw new NotSupportedException();
    IAttemptStore IStores.Attempts => throw new NotSupportedException();
    ISpentStore IStores.Spent => throw new NotSupportedException();
    IEventStore IStores.Events => throw new NotSupportedException();
    IAuthEventStore IStores.AuthEvents => throw new NotSupportedException();
    ILogStore IStores.Logs => throw new NotSupportedException();
    ISettingStore IStores.Settings => throw new NotSupportedException();
    void IUnitOfWork.Abandon() => throw new NotSupportedException();
}
