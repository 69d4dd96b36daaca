using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>Who registers.</summary>
/// <param name="Call">The request.</param>
/// <param name="Application">Where.</param>
/// <param name="Body">What was sent; its fields have been checked for their form.</param>
/// <param name="Username">The username wished for; null for none.</param>
internal sealed record Newcomer(AccountCall Call, Application Application, RegisterBody Body, AccountUsername? Username)
{
    /// <summary>The invitation that was presented, found good by its part's check: it proves the address. Null where none was.</summary>
    public Invite? Invite { get; set; }
}

/// <summary>What else belongs to registering: an invitation to claim, a sponsor to remember. Each slice that has such a thing brings one.</summary>
internal interface IRegistrationPart
{
    /// <summary>Looks before anything is made, so that what is wrong is told alike whether the address has an account or not.</summary>
    /// <exception cref="ProblemException">It can't be.</exception>
    ValueTask CheckAsync(Newcomer newcomer, FieldErrors errors, CancellationToken ct);

    /// <summary>Does it in the transaction that makes the user and the account: what it throws undoes both. It may run again.</summary>
    /// <exception cref="ProblemException">It can't be: somebody else was first.</exception>
    ValueTask JoinAsync(IUnitOfWork unit, Newcomer newcomer, Core.Accounts.Account account, CancellationToken ct);
}
