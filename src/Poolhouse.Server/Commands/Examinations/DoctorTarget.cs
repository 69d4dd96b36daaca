namespace Poolhouse.Server.Commands.Examinations;

/// <summary>What doctor knows of an installation before it looks.</summary>
/// <param name="IsDevelopment">Whether it is for development.</param>
/// <param name="MissingFile">The embedded database's path, where its file isn't there yet; null otherwise.</param>
/// <param name="IsKeyMissing">Whether the first start is still to make the master key.</param>
/// <param name="Now">The time.</param>
internal sealed record DoctorTarget(bool IsDevelopment, string? MissingFile, bool IsKeyMissing, DateTimeOffset Now);
