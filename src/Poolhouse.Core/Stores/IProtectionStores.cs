using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Protection;

namespace Poolhouse.Core.Stores;

/// <summary>Answers to security questions, and proofs given by them.</summary>
public interface ISecurityAnswerStore
{
    /// <summary>An account's answers, by question.</summary>
    ValueTask<IReadOnlyList<SecurityAnswer>> ListAsync(AccountId account, CancellationToken ct);

    /// <summary>Puts these in the place of those there were.</summary>
    ValueTask ReplaceAsync(AccountId account, IReadOnlyList<SecurityAnswer> answers, CancellationToken ct);

    /// <summary>Notes that a sign-in has answered them.</summary>
    ValueTask ProveAsync(AccountId account, string familyId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether a sign-in has answered them since a time.</summary>
    ValueTask<bool> IsProvedAsync(AccountId account, string familyId, DateTimeOffset since, CancellationToken ct);
}
