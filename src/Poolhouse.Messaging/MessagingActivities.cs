using System.Diagnostics;

namespace Poolhouse.Messaging;

/// <summary>What is traced of a message's way.</summary>
internal static class MessagingActivities
{
    /// <summary>W3C Trace Context §3.2, as a header of what the queue carries.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The source that everything of this program has.</summary>
    public static readonly ActivitySource Source = new("Poolhouse");

    /// <summary>What a header or a stored message says; the default, which is no parent, where it says nothing that can be read.</summary>
    public static ActivityContext Parent(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : default;
}
