namespace Poolhouse.Server.Health;

/// <summary>
/// Whether this node can answer requests: every engine is asked at once, each for <see cref="Patience"/> at most. What they said stands for
/// <see cref="Kept"/>, and whoever asks meanwhile waits for the same answer: probes, and strangers, cost the engines one look a second.
/// </summary>
internal sealed partial class Readiness(IEnumerable<IEngineCheck> checks, TimeProvider clock, ILogger<Readiness> logger)
{
    /// <summary>How long an engine may take to say that it is well.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer stands.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly IEngineCheck[] _checks = [.. checks.OrderBy(check => check.Name, StringComparer.Ordinal)];
    private readonly bool?[] _known = new bool?[checks.Count()];
    private readonly Lock _askingLock = new();
    private Task<IReadOnlyList<EnginePart>>? _asking;
    private long _askedAt;

    /// <summary>How every engine is, by name. Never throws but for <paramref name="ct"/>, which ends the caller's waiting only.</summary>
    public async ValueTask<IReadOnlyList<EnginePart>> LookAsync(CancellationToken ct) => await Looking().WaitAsync(ct);

    private Task<IReadOnlyList<EnginePart>> Looking()
    {
        lock (_askingLock)
        {
            // One that still runs is not begun again: its limits see to it that it ends.
            if (_asking is { } asking && (!asking.IsCompleted || clock.GetElapsedTime(_askedAt) < Kept)) return asking;
            _askedAt = clock.GetTimestamp();
            return _asking = AskAllAsync();
        }
    }

    private async Task<IReadOnlyList<EnginePart>> AskAllAsync() => await Task.WhenAll(_checks.Select(AskAsync));

    private async Task<EnginePart> AskAsync(IEngineCheck check, int index)
    {
        var state = await EngineAsking.AskAsync(check, Patience, clock, CancellationToken.None);
        if (_known[index] is { } before && before == state.IsWell) return new EnginePart(check.Name, state.IsWell, check.IsRequired);
        if (!state.IsWell) LogOut(check.Name, state.Text);
        else if (_known[index] is false) LogBack(check.Name);
        _known[index] = state.IsWell;
        return new EnginePart(check.Name, state.IsWell, check.IsRequired);
    }

    [LoggerMessage(EventIds.EngineOut, LogLevel.Warning, "Not ready: {Engine} is out. {Text}")]
    private partial void LogOut(string engine, string text);

    [LoggerMessage(EventIds.EngineBack, LogLevel.Information, "{Engine} is back.")]
    private partial void LogBack(string engine);
}

/// <summary>How one engine is; what strangers may see of it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="IsUp">Whether it does what it is there for.</param>
/// <param name="IsRequired">Whether the node is of no use without it.</param>
internal sealed record EnginePart(string Name, bool IsUp, bool IsRequired);
