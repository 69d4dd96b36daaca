namespace Poolhouse.Server.Health;

/// <summary>Looks at one engine that this node stands on; <c>/health/ready</c> and <c>poolhouse doctor</c> ask all of them.</summary>
internal interface IEngineCheck
{
    /// <summary>What it is, in lower case: <c>database</c>, <c>redis</c>, <c>queue</c>, …</summary>
    string Name { get; }

    /// <summary>Whether a node without it can't answer requests, and so is not ready.</summary>
    bool IsRequired { get; }

    /// <summary>Looks. Whoever asks sets the time limit by <paramref name="ct"/>; what is thrown counts as not answering.</summary>
    ValueTask<EngineState> CheckAsync(CancellationToken ct);
}

/// <summary>How an engine is.</summary>
/// <param name="IsWell">Whether it does what it is there for.</param>
/// <param name="Text">One sentence for an operator: what was found, or what is wrong and what to do. Never a password, an address of a person or a connection string.</param>
internal sealed record EngineState(bool IsWell, string Text)
{
    /// <summary>It works.</summary>
    public static EngineState Well(string text) => new(true, text);

    /// <summary>It doesn't.</summary>
    public static EngineState Out(string text) => new(false, text);
}
