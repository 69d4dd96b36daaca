using Poolhouse.Core.Primitives;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Tests.Testing;

/// <summary>Functions of pools that have none: a call is the test's failure.</summary>
internal sealed class NoFunctions : ITriggerFunctions
{
    /// <summary>Calls of nothing.</summary>
    public static TriggerCalls Calls { get; } = new(new NoFunctions());

    /// <summary>Custom senders that nobody uses.</summary>
    public static CustomSenders Senders { get; } = new(new NoFunctions(), new SenderKeys(new Dictionary<string, SenderKey>()), new SystemRandom());

    public ValueTask<FunctionAnswer> InvokeAsync(FunctionCall call, CancellationToken ct) => throw new InvalidOperationException($"{call.Source} was not expected.");
}
