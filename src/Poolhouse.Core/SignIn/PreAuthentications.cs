using Poolhouse.Core.Stores;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.SignIn;

/// <summary>Asks PreAuthentication when a sign-in begins, before anything is proved.</summary>
public sealed class PreAuthentications(IDatabase database, UserTriggers triggers)
{
    /// <summary>
    /// Why the sign-in may not begin, or null. Of a name that nobody has, the function hears only where the client hides that; of one
    /// that may be taken over from elsewhere, once that has been tried.
    /// </summary>
    public async ValueTask<Refusal?> AskAsync(SignInRequest request, CancellationToken ct)
    {
        var pool = request.Pool;
        if (pool.Settings.Triggers.PreAuthentication is null || request["USERNAME"] is not { } typed) return null;
        // Somebody who signs in with a session of ConfirmSignUp, too: it is a sign-in like any other.
        var user = await database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, pool.Normalize(typed), ct), ct);
        if (user is null && (!request.HidesUsers || SignInMigrations.IsPossible(request, request["PASSWORD"]))) return null;
        return await triggers.PreAuthenticationAsync(pool, user, typed, request.TriggerOrigin, ct);
    }
}
