using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Users;

/// <summary>How a new user's e-mail address is proven.</summary>
public enum AddressProof
{
    /// <summary>By the pool's own code.</summary>
    Code,

    /// <summary>By a link that the account API mails: the pool sends nothing.</summary>
    Link,

    /// <summary>It is proven already: the user is confirmed and the address verified.</summary>
    Given,
}

/// <summary>What the account API adds where a user is made or confirmed.</summary>
/// <param name="Along">What belongs to the same transaction, with the user as it is there; what it throws undoes all. It may run again.</param>
/// <param name="Proof">How the address is proven.</param>
public sealed record Companion(Func<IUnitOfWork, User, ValueTask> Along, AddressProof Proof);
