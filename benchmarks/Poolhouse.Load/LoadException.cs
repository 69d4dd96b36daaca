namespace Poolhouse.Load;

/// <summary>The server did not answer as a scenario needs; a measurement of refusals would mean nothing, so the run ends.</summary>
internal sealed class LoadException(string message) : Exception(message);
