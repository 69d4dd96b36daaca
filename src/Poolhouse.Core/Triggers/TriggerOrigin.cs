using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Triggers;

/// <summary>What a trigger learns of the call that caused it.</summary>
/// <param name="ClientId">The client; null for an administrator's call.</param>
public sealed record TriggerOrigin(ClientId? ClientId)
{
    /// <summary>The call's ClientMetadata; null where it had none, or where this trigger must not see it.</summary>
    public IReadOnlyDictionary<string, string>? ClientMetadata { get; init; }

    /// <summary>The call's ValidationData, or InitiateAuth's ClientMetadata, which reaches triggers under this name.</summary>
    public IReadOnlyDictionary<string, string>? ValidationData { get; init; }
}
