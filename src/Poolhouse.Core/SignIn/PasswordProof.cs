using Poolhouse.Core.Passwords;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>A password sent as it is: USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH and the PASSWORD choice.</summary>
public sealed class PasswordProof(
    IDatabase database,
    Credentials credentials,
    PasswordGuesses guesses,
    UserChanges changes,
    ThreatProtection threats,
    Completion completion,
    SignInMigrations migrations)
{
    /// <summary>Judges the password of a name, at the same cost whether or not anybody has that name.</summary>
    public async ValueTask<Outcome<SignInStep>> JudgeAsync(
        SignInRequest request, string username, string password, ChallengeState? spends, CancellationToken ct)
    {
        var pool = request.Pool;
        var user = await database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, pool.Normalize(username), ct), ct);
        if (!await guesses.AdmitAsync(pool, user, username, request.Now, ct)) return new Refusal.PasswordLocked();
        if (user is null && SignInMigrations.IsPossible(request, password))
        {
            var migrated = await migrations.TryAsync(request, username, password, ct);
            if (migrated.Refusal is { } refusal) return refusal;
            user = migrated.Value;
        }

        switch (await credentials.CheckAsync(user, password, ct))
        {
            case PasswordCheck.Overloaded:
                return new Refusal.Overloaded();
            case PasswordCheck.Wrong:
                return Completion.WrongPassword(request, user);
            case PasswordCheck.RightButStale:
                user = await RenewAsync(request, user!, password, ct);
                break;
        }

        return Completion.WhyNot(user!, request.Now) is null && await threats.RefusesAtSignInAsync(request, password, ct)
            ? await DemandResetAsync(request, user!, ct)
            : await completion.AfterPasswordAsync(request, user!, spends, ct);
    }

    /// <summary>User guide, "Compromised credentials": who signs in with a password that others know must reset it first.</summary>
    private async ValueTask<Outcome<SignInStep>> DemandResetAsync(SignInRequest request, User user, CancellationToken ct)
    {
        var changed = await changes.ChangeAsync(
            request.Pool,
            user.Sub,
            (_, fresh) => ValueTask.FromResult<Outcome<User>>(fresh.Password?.Hash == user.Password!.Hash ? fresh with { Status = UserStatus.ResetRequired } : fresh),
            request.Now,
            takesAliases: false,
            ct);
        return changed.Refusal ?? new Refusal.PasswordResetRequired();
    }

    /// <summary>Stores the password in its present forms. Losing a race, or a full queue, only puts it off to the next sign-in.</summary>
    private async ValueTask<User> RenewAsync(SignInRequest request, User user, string password, CancellationToken ct)
    {
        var made = await credentials.MakeAsync(request.Pool, user.Sub, user.Username, password, ct);
        if (made.Refusal is not null) return user;
        var changed = await changes.ChangeAsync(
            request.Pool,
            user.Sub,
            (_, fresh) => ValueTask.FromResult<Outcome<User>>(fresh.Password?.Hash == user.Password!.Hash ? fresh with { Password = made.Value } : fresh),
            user.ModifiedAt,
            takesAliases: false,
            ct);
        return changed.Refusal is null ? changed.Value : user;
    }
}
