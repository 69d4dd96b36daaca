using System.Diagnostics;

namespace Poolhouse.Core.Telemetry;

/// <summary>
/// Spans of the source <c>Poolhouse</c>. Where nobody listens none is made and nothing is allocated. No span has an address, a name, a code, a token, an id
/// of a user or a path in it; see docs/telemetry.md.
/// </summary>
public static class Tracing
{
    /// <summary>The name of the source, and of the meter.</summary>
    public const string Name = "Poolhouse";

    /// <summary>The source of every span of this program.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>
    /// What a message that is sent later keeps of the trace that causes it: W3C Trace Context's <c>traceparent</c>; null where nobody traces. Kept also
    /// where this trace isn't sampled, so that whoever goes on with it doesn't begin another.
    /// </summary>
    public static string? Parent => Source.HasListeners() && Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>Begins a part of the trace under way; null where there is none: background loops that look again and again are no traces.</summary>
    public static Activity? StartPart(string name) => Activity.Current is null ? null : Source.StartActivity(name);

    /// <summary>
    /// Goes on with a trace of another request, perhaps of another node; begins one where <paramref name="parent"/> is null or malformed. What this process
    /// does it within, such as taking it from a queue, is linked.
    /// </summary>
    /// <param name="name">The span's name.</param>
    /// <param name="parent">What <see cref="Parent"/> was.</param>
    public static Activity? Continue(string name, string? parent)
    {
        if (!Source.HasListeners()) return null;
        var isKnown = ActivityContext.TryParse(parent, null, isRemote: true, out var context);
        ActivityLink[] links = Activity.Current is { } current ? [new ActivityLink(current.Context)] : [];
        // Without a parent it would become a part of that.
        Activity.Current = null;
        return Source.StartActivity(name, ActivityKind.Consumer, isKnown ? context : default, links: links);
    }
}
