using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Logs;

/// <summary>Where a pool's logs go. API_LogDeliveryConfigurationType.</summary>
public sealed record LogDelivery(IReadOnlyList<LogTarget> Targets)
{
    /// <summary>The document's key; a pool has one.</summary>
    public const string Key = "ALL";

    /// <summary>The destination of a source, or null.</summary>
    public string? ArnOf(string source) => Targets.FirstOrDefault(t => t.Source == source)?.Arn;
}

/// <summary>API_LogConfigurationType with its one destination.</summary>
/// <param name="Source">See <see cref="LogSources"/>.</param>
/// <param name="Level">ERROR or INFO.</param>
/// <param name="Service"><c>logs</c>, <c>s3</c> or <c>firehose</c>.</param>
/// <param name="Arn">The destination; the server's configuration says what it is here.</param>
public sealed record LogTarget(string Source, string Level, string Service, string Arn);

/// <summary>API_LogConfigurationType.EventSource.</summary>
public static class LogSources
{
    /// <summary>Messages that could not be delivered.</summary>
    public const string Notification = "userNotification";

    /// <summary>What threat protection remembers.</summary>
    public const string AuthEvents = "userAuthEvents";
}

/// <summary>A line that waits to be delivered.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="PoolId">The pool it is of.</param>
/// <param name="Arn">Where it goes.</param>
/// <param name="Line">One line of JSON.</param>
/// <param name="At">When it was written.</param>
public sealed record LogEntry(string Id, PoolId PoolId, string Arn, string Line, DateTimeOffset At);

/// <summary>A line that was taken for delivery.</summary>
/// <param name="Entry">The line.</param>
/// <param name="Attempts">How often it was taken, this time included.</param>
public sealed record ClaimedLog(LogEntry Entry, int Attempts);
