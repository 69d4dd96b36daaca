using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Faults.Load;

/// <summary>What became of a request.</summary>
internal enum Outcome
{
    /// <summary>2xx: the server says that it is done, and has to keep it.</summary>
    Done,

    /// <summary>4xx: nothing was done.</summary>
    Refused,

    /// <summary>503 with Retry-After, as it should be while something is away: whether it was done is unknown.</summary>
    Away,

    /// <summary>500, or a 503 that doesn't say when to come back: the wrong kind of error.</summary>
    Broken,

    /// <summary>The connection broke or the client had waited long enough: whether it was done is unknown.</summary>
    NoAnswer,

    /// <summary>Nobody took the connection: nothing was done.</summary>
    NotSent,
}

/// <summary>An answer, or that there was none.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Status">HTTP; 0 where nothing was answered.</param>
/// <param name="Json">The body; empty where nothing was answered.</param>
/// <param name="Cookie">The cookie that was set, as a request sends it.</param>
/// <param name="Node">Who was asked last.</param>
/// <param name="StartedAt">When it was sent.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Reply(Outcome Outcome, int Status, JsonObject Json, string? Cookie, string Node, DateTimeOffset StartedAt, TimeSpan Took)
{
    /// <summary>Whether the server says that it is done.</summary>
    public bool IsDone => Outcome == Outcome.Done;

    /// <summary>Whether it may have been done or not.</summary>
    public bool IsUnknown => Outcome is Outcome.Away or Outcome.Broken or Outcome.NoAnswer;

    /// <summary>The problem's code; empty where there is none.</summary>
    public string Code => Json["code"]?.GetValueKind() == System.Text.Json.JsonValueKind.String ? Json["code"]!.GetValue<string>() : "";

    /// <summary>A text of the body.</summary>
    public string Text(string name) => Json[name]?.GetValue<string>() ?? "";

    /// <summary>For a finding: what was answered, by whom and when.</summary>
    public override string ToString() => $"{Outcome} {Status} {Code} from {Node} at {StartedAt:HH:mm:ss.fff} after {Took.TotalMilliseconds:0} ms";
}
