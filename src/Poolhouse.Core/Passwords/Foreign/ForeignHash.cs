namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>A password hash that another system made. It is read completely, with its costs, before any work is done for it.</summary>
internal abstract class ForeignHash
{
    /// <summary>Whether one check costs no more than its form may cost here; nothing is computed where it costs more.</summary>
    public abstract bool IsAffordable { get; }

    /// <summary>Whether the password, as UTF-8, is the one. Slow; compares in fixed time.</summary>
    public abstract bool Matches(ReadOnlySpan<byte> password);
}
