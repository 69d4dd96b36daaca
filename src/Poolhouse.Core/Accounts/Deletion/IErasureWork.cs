namespace Poolhouse.Core.Accounts.Deletion;

/// <summary>Removes what a deleted account left outside the database. Registered as a list; each kind has one.</summary>
public interface IErasureWork
{
    /// <summary>The <c>Kind</c> of the erasures it does.</summary>
    string Kind { get; }

    /// <summary>Removes it. What is gone already is no failure: it may be asked again after it was done.</summary>
    ValueTask EraseAsync(string subject, CancellationToken ct);
}
