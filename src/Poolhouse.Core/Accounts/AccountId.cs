namespace Poolhouse.Core.Accounts;

/// <summary>An account's id: a UUID.</summary>
public readonly record struct AccountId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
