using Poolhouse.Core.Primitives;

namespace Poolhouse.Messaging.Outbox;

/// <summary>Wakes the relay of this node: a message waits to be sent.</summary>
public sealed class OutboxSignal(TimeProvider time) : WakeSignal(time);
