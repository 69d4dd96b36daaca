namespace Poolhouse.Server;

/// <summary>Something the operator must put right before the server can start. The message says what, and what to do.</summary>
internal sealed class StartupException(string message) : Exception(message);
