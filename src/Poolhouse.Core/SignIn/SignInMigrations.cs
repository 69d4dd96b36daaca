using Poolhouse.Core.Primitives;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>Takes a user over who signs in with a password and is not here yet.</summary>
public sealed class SignInMigrations(UserMigration migration, UserTriggers triggers)
{
    /// <summary>Whether a name that nobody has may be taken over by this step.</summary>
    public static bool IsPossible(SignInRequest request, string? password) => password is not null && request.Pool.Settings.Triggers.UserMigration is not null;

    /// <summary>The user, or null where there is none, and PreAuthentication has heard of it.</summary>
    public async ValueTask<Outcome<User?>> TryAsync(SignInRequest request, string typed, string password, CancellationToken ct)
    {
        var migrated = await migration.MigrateAsync(request.Pool, typed, password, request.TriggerOrigin, request.Now, ct);
        var isHidden = request.HidesUsers && migrated.Refusal is { } told && UserMigration.TellsOfStranger(told);
        if (migrated.Refusal is { } refusal && !isHidden) return refusal;
        var user = isHidden ? null : migrated.Value;
        return await triggers.PreAuthenticationAsync(request.Pool, user, typed, request.TriggerOrigin, ct) is { } objection ? objection : user;
    }
}
