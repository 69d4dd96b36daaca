using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Primitives;

/// <summary>A value that must not reach a log: its text form is always <c>***</c>.</summary>
public sealed class Secret(string value)
{
    /// <summary>The clear value; name it only where it is used.</summary>
    public string Reveal() => value;

    /// <summary>Compares in time that depends on the lengths only.</summary>
    public bool Matches(string? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(other));

    /// <inheritdoc/>
    public override string ToString() => "***";
}
