using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Protection;

/// <summary>Keeps the security matrix: what a sensitive action asks for is asked before it.</summary>
internal sealed class ProtectionOfActions(IDatabase database, SecurityMatrix matrix)
{
    /// <summary>Refuses who has not proved what the action asks for.</summary>
    /// <param name="call">The request.</param>
    /// <param name="action">What is asked for.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="isFresh">Whether the password was just given, which is as good as a fresh sign-in.</param>
    /// <exception cref="ProblemException">REAUTHENTICATION_REQUIRED, SECURITY_QUESTIONS_REQUIRED.</exception>
    public async ValueTask DemandAsync(AccountCall call, SensitiveAction action, CancellationToken ct, bool isFresh = false)
    {
        foreach (var proof in matrix[action])
        {
            if (proof == Proof.FreshSignIn)
            {
                if (!isFresh) call.SignedIn.DemandFresh(call.Now);
            }
            else if (!await HasAnsweredAsync(call, ct)) throw Problems.Of("SECURITY_QUESTIONS_REQUIRED");
        }
    }

    // Who has set no questions can't answer them, and would be locked out of what the matrix protects: so they must set them first.
    private ValueTask<bool> HasAnsweredAsync(AccountCall call, CancellationToken ct) => database.ReadAsync(
        stores => stores.SecurityAnswers.IsProvedAsync(call.Account.Id, call.SignedIn.FamilyId, call.Now - SecurityMatrix.Lifetime, ct), ct);
}
