using Poolhouse.Core.Events;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Triggers;

/// <summary>
/// Takes users over from elsewhere when they sign in, or forgot their password (user guide, "Migrate user Lambda trigger"). Messages
/// that the function asks for are not sent: a welcome would carry a password that the person already has.
/// </summary>
public sealed class UserMigration(TriggerCalls calls, IDatabase database, Credentials credentials, UserChanges changes, IRandom random)
{
    /// <summary>
    /// Asks for a user whom the pool does not know, and makes it. With a password it has that one from now on; the function said that
    /// it is right, so the pool's rules for passwords are not asked.
    /// </summary>
    /// <param name="pool">A pool that has the trigger.</param>
    /// <param name="typed">The name that nobody has here.</param>
    /// <param name="password">As typed; null where it was forgotten.</param>
    /// <param name="origin">The call.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<User>> MigrateAsync(
        UserPool pool, string typed, string? password, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        var answer = await calls.CallAsync(
            TriggerKind.UserMigration,
            pool.Settings.Triggers.UserMigration!,
            TriggerEvents.Of(
                pool,
                typed,
                origin,
                password is null ? "UserMigration_ForgotPassword" : "UserMigration_Authentication",
                new UserMigrationRequest(password, origin.ValidationData) { ClientMetadata = origin.ClientMetadata },
                new UserMigrationResponse(null, null, null, null, null)),
            TriggerJson.Default.UserMigration,
            TriggerJson.Default.UserMigrationResponse,
            ct);
        if (answer.Refusal is { } refusal) return refusal;
        var failed = new Refusal.MigrationFailed(origin.ClientId?.Value ?? "");
        if (Read(pool, typed, answer.Value, now) is not { } user) return failed;
        if (password is not null)
        {
            var made = await credentials.MakeAsync(pool, user.Sub, user.Username, password, ct);
            if (made.Refusal is { } busy) return busy;
            user = user with { Password = made.Value };
        }

        var stored = await changes.CreateAsync(
            pool,
            user,
            unit => unit.Events.AddAsync(UserEvent.Of(user, UserEventKind.SignedUp, origin.ClientId, now, random), ct),
            takesAliases: answer.Value.ForceAliasCreation ?? false,
            ct);
        return stored.Refusal switch
        {
            null => stored.Value,
            // Somebody else's sign-in with the same name was faster, or another user holds the address.
            Refusal.UsernameTaken or Refusal.AliasTaken when await FindAsync(pool, typed, ct) is { } present => present,
            Refusal.UsernameTaken or Refusal.AliasTaken => failed,
            var other => other,
        };
    }

    /// <summary>
    /// Whether a refusal is one that only a name meets which the pool does not know. Where users are hidden it must look like a wrong password: that
    /// the function refused, lied or did not answer would tell that there is no such user here. The log says what happened.
    /// </summary>
    public static bool TellsOfStranger(Refusal refusal) =>
        refusal is Refusal.TriggerFailed or Refusal.TriggerUnreachable or Refusal.TriggerAnswerInvalid or Refusal.MigrationFailed;

    private ValueTask<User?> FindAsync(UserPool pool, string name, CancellationToken ct) =>
        database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, pool.Normalize(name), ct), ct);

    /// <summary>The user that the function described; null where the pool can't have such a one.</summary>
    private User? Read(UserPool pool, string typed, UserMigrationResponse response, DateTimeOffset now)
    {
        if (response.UserAttributes is not { } given) return null;
        // The attribute "username" names the user where that is not what was typed (user guide).
        var name = given.GetValueOrDefault("username") is { Length: > 0 } other && !pool.UsesAttributesAsUsername ? other : typed;
        var attributes = given.Where(a => a.Key is not ("username" or "sub" or "cognito:user_status")).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        if (UsernameRules.Check(pool, name) is not null) return null;
        // What the pool requires has to come from the function: who signs in is not asked for it any more.
        if (AttributeRules.Check(pool, client: null, current: null, attributes) is not null) return null;
        // Where an address is the name, it is the one that was typed. A function that tells of another one, and of that one as verified, tells of somebody else.
        if (UsernameRules.AttributeOf(pool, name) is { } named && attributes.TryGetValue(named, out var address) && pool.Normalize(address) != pool.Normalize(name)) return null;
        var written = Registration.WithUsername(pool, name, attributes);
        UserStatus? status = response.FinalUserStatus switch
        {
            null or "" or "CONFIRMED" => UserStatus.Confirmed,
            "RESET_REQUIRED" => UserStatus.ResetRequired,
            _ => null,
        };
        if (status is null) return null;
        var sub = new Sub(random.UuidText());
        var user = new User
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = pool.UsesAttributesAsUsername ? sub.Value : name,
            Status = status.Value,
            Attributes = AttributeRules.Given(written),
            CreatedAt = now,
            ModifiedAt = now,
        };
        // A user must be found again by what was typed: it would be made anew at each attempt, or be somebody else.
        var typedName = pool.Normalize(typed);
        if (pool.Normalize(name) != typedName && AliasRules.Held(pool, user).All(alias => alias.NormalizedValue != typedName)) return null;
        return response.EnableSmsMfa == true && user["phone_number"] is not null ? user with { Mfa = user.Mfa.With(MfaFactors.Sms) } : user;
    }
}
