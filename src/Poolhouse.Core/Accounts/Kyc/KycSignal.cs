using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>An object waits to be removed.</summary>
public sealed class KycSignal(TimeProvider clock) : WakeSignal(clock);
