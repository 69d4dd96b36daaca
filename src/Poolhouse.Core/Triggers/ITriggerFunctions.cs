namespace Poolhouse.Core.Triggers;

/// <summary>A function's call.</summary>
/// <param name="Arn">As the pool names it.</param>
/// <param name="Source">The event's triggerSource.</param>
/// <param name="Payload">The event as JSON.</param>
/// <param name="Attempts">How often it is tried where no answer comes; what a function answers is never asked for again.</param>
public sealed record FunctionCall(string Arn, string Source, ReadOnlyMemory<byte> Payload, int Attempts = FunctionCall.UsualAttempts)
{
    /// <summary>User guide, "Customizing user pool workflows with Lambda triggers": three attempts.</summary>
    public const int UsualAttempts = 3;
}

/// <summary>How a call ended.</summary>
public abstract record FunctionAnswer
{
    private FunctionAnswer() { }

    /// <summary>The function returned this JSON, or what should be JSON.</summary>
    public sealed record Returned(ReadOnlyMemory<byte> Payload) : FunctionAnswer;

    /// <summary>The function threw; its words are meant for the person who called.</summary>
    public sealed record Failed(string Message) : FunctionAnswer;

    /// <summary>No answer came. The reason is fit for the caller and holds nothing personal.</summary>
    public sealed record Unreachable(string Reason) : FunctionAnswer;
}

/// <summary>Calls functions wherever they run. Never called within a unit of work: a call may take many seconds.</summary>
public interface ITriggerFunctions
{
    /// <summary>Calls a function and waits for its answer.</summary>
    ValueTask<FunctionAnswer> InvokeAsync(FunctionCall call, CancellationToken ct);
}
