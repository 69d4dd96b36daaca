using Poolhouse.Core.Documents;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Logs;

/// <summary>Puts lines in line for delivery, in the transaction of what they tell of: nobody waits for a destination.</summary>
public sealed class UserLogs(IRandom random) : IFailureLog
{
    /// <summary>What happened to an account, where the pool wants that logged.</summary>
    public async ValueTask WriteAsync(IUnitOfWork unit, AuthEvent about, User user, string? requestId, DateTimeOffset now, CancellationToken ct)
    {
        if (await ArnAsync(unit, about.PoolId, LogSources.AuthEvents, ct) is { } arn)
            await unit.Logs.AddAsync(new LogEntry(random.UuidText(), about.PoolId, arn, LogLines.Of(about, user, requestId, now), now), ct);
    }

    /// <inheritdoc/>
    public async ValueTask NoteAsync(IUnitOfWork unit, OutboxMessage message, string reason, DateTimeOffset now, CancellationToken ct)
    {
        if (await ArnAsync(unit, message.PoolId, LogSources.Notification, ct) is not { } arn) return;
        var details = $"{message.Kind} by {message.Channel} was not delivered: {reason}";
        await unit.Logs.AddAsync(new LogEntry(random.UuidText(), message.PoolId, arn, LogLines.OfFailure(message.PoolId, details, now), now), ct);
    }

    private static async ValueTask<string?> ArnAsync(IUnitOfWork unit, PoolId pool, string source, CancellationToken ct) =>
        await unit.Documents.FindAsync(pool, DocumentKind.LogDelivery, LogDelivery.Key, ct) is { } document
            ? DocumentTypes.LogDelivery.Read(document).ArnOf(source)
            : null;
}
