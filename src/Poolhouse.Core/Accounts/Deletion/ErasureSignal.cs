using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts.Deletion;

/// <summary>Something outside the database waits to be removed.</summary>
public sealed class ErasureSignal(TimeProvider clock) : WakeSignal(clock);
