namespace Poolhouse.Core.Threats;

/// <summary>Passwords that were published by those who stole them.</summary>
public interface IBreachedPasswords
{
    /// <summary>Whether the password is among them.</summary>
    ValueTask<bool> ContainsAsync(string password, CancellationToken ct);
}
