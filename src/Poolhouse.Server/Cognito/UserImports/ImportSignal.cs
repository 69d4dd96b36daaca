using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>Wakes the runner of this node: a job was started or is to stop.</summary>
internal sealed class ImportSignal(TimeProvider clock) : WakeSignal(clock);
