using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Server.Account.Limits;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>What an action came to.</summary>
/// <param name="User">Who it was about.</param>
internal sealed record RealtimeAnswer(UserView User);

/// <summary>One message under way.</summary>
/// <param name="Connection">From whom.</param>
/// <param name="Now">When.</param>
internal sealed record RealtimeCall(RealtimeConnection Connection, DateTimeOffset Now);

/// <summary>Acts on messages of one kind.</summary>
internal interface IRealtimeHandler<in TMessage>
{
    /// <summary>Does it.</summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    ValueTask<RealtimeAnswer> HandleAsync(TMessage message, RealtimeCall call, CancellationToken ct);
}

/// <summary>A row of <see cref="RealtimeActions"/>.</summary>
internal sealed record RealtimeAction
{
    /// <summary>What clients send as <c>action</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in the document.</summary>
    public required string Summary { get; init; }

    /// <summary>The words of success.</summary>
    public required string Done { get; init; }

    /// <summary>The words of failure, from source 000.</summary>
    public required string Failed { get; init; }

    /// <summary>Whether a failure names the user it was about: only what the sender said.</summary>
    public bool FailureNamesUser { get; init; }

    /// <summary>What one network may do of it.</summary>
    public required RateLimit Limit { get; init; }

    /// <summary>The codes it fails with, sorted; besides those every action has.</summary>
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>The members that have to be there; the others may be left out.</summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>How its message is read.</summary>
    public required JsonTypeInfo Input { get; init; }

    /// <summary>The handler's type, for registration.</summary>
    public required Type Handler { get; init; }

    /// <summary>Reads the message and acts on it.</summary>
    public required Func<IServiceProvider, JsonElement, RealtimeCall, CancellationToken, ValueTask<RealtimeAnswer>> RunAsync { get; init; }
}
