using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Users;

/// <summary>The one way to make and change a user: read, change, store if nobody else did meanwhile, again if somebody did.</summary>
public sealed class UserChanges(IDatabase database)
{
    // Each lost round means that another change won, so progress is made; this many in a row mean an attack or a bug.
    private const int MaximumRounds = 16;

    /// <summary>
    /// Runs <paramref name="change"/> on the user as it is now, within a transaction in which it may write to other stores too.
    /// It may run again, so it must not touch anything outside. Answering a refusal keeps nothing.
    /// </summary>
    /// <param name="pool">The user's pool.</param>
    /// <param name="sub">Whom to change.</param>
    /// <param name="change">From the present user to the changed one.</param>
    /// <param name="now">Becomes <c>ModifiedAt</c>.</param>
    /// <param name="takesAliases">Whether a verified address is taken from a user who held it before (ForceAliasCreation, VerifyUserAttribute).</param>
    /// <param name="ct">Gives up before the transaction starts.</param>
    public async ValueTask<Outcome<User>> ChangeAsync(
        UserPool pool,
        Sub sub,
        Func<IUnitOfWork, User, ValueTask<Outcome<User>>> change,
        DateTimeOffset now,
        bool takesAliases,
        CancellationToken ct)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var outcome = await database.WriteAsync(unit => OnceAsync(unit, pool, sub, change, now, takesAliases, ct), ct);
            if (outcome is { } decided) return decided;
        }

        return new Refusal.ConcurrentChange();
    }

    /// <summary>Stores a new user with the aliases it holds.</summary>
    /// <param name="pool">The user's pool.</param>
    /// <param name="user">The new user.</param>
    /// <param name="along">What else belongs to the same transaction; it may run again.</param>
    /// <param name="takesAliases">Whether a verified address is taken from a user who held it before (ForceAliasCreation).</param>
    /// <param name="ct">Gives up before the transaction starts.</param>
    public async ValueTask<Outcome<User>> CreateAsync(
        UserPool pool, User user, Func<IUnitOfWork, ValueTask> along, bool takesAliases, CancellationToken ct)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var outcome = await database.WriteAsync(unit => CreateOnceAsync(unit, pool, user, along, takesAliases, ct), ct);
            if (outcome is { } decided) return decided;
        }

        return new Refusal.ConcurrentChange();
    }

    private static async ValueTask<Outcome<User>?> CreateOnceAsync(
        IUnitOfWork unit, UserPool pool, User user, Func<IUnitOfWork, ValueTask> along, bool takesAliases, CancellationToken ct)
    {
        var aliases = AliasRules.Held(pool, user);
        if (takesAliases && !await ReleaseAsync(unit, pool, user, aliases, user.CreatedAt, ct))
        {
            unit.Abandon();
            return null;
        }

        switch (await unit.Users.CreateAsync(user, pool.Normalize(user.Username), aliases, ct))
        {
            case SaveUserOutcome.Saved:
                await along(unit);
                return user;
            case SaveUserOutcome.AliasTaken taken:
                return Abandon(unit, new Refusal.AliasTaken(taken.Attribute));
            case SaveUserOutcome.UsernameTaken:
                return Abandon(unit, new Refusal.UsernameTaken());
            default:
                unit.Abandon();
                return null;
        }
    }

    private static async ValueTask<Outcome<User>?> OnceAsync(
        IUnitOfWork unit,
        UserPool pool,
        Sub sub,
        Func<IUnitOfWork, User, ValueTask<Outcome<User>>> change,
        DateTimeOffset now,
        bool takesAliases,
        CancellationToken ct)
    {
        if (await unit.Users.FindAsync(pool.Id, sub, ct) is not { } user) return Abandon(unit, new Refusal.UserNotFound());
        var outcome = await change(unit, user);
        if (outcome.Refusal is { } refusal) return Abandon(unit, refusal);
        var changed = outcome.Value with { ModifiedAt = now };
        var aliases = AliasRules.Held(pool, changed);
        if (takesAliases && !await ReleaseAsync(unit, pool, changed, aliases, now, ct))
        {
            unit.Abandon();
            return null;
        }

        switch (await unit.Users.UpdateAsync(changed, aliases, ct))
        {
            case SaveUserOutcome.Saved:
                return changed with { Version = changed.Version + 1 };
            case SaveUserOutcome.AliasTaken taken:
                return Abandon(unit, new Refusal.AliasTaken(taken.Attribute));
            case SaveUserOutcome.UsernameTaken:
                return Abandon(unit, new Refusal.UsernameTaken());
            default:
                unit.Abandon();
                return null;
        }
    }

    /// <summary>Whoever held one of the aliases keeps the address, but no longer as verified, and so no longer as an alias.</summary>
    private static async ValueTask<bool> ReleaseAsync(
        IUnitOfWork unit, UserPool pool, User taker, IReadOnlyList<Alias> aliases, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var alias in aliases)
        {
            if (!StandardAttributes.IsVerifiable(alias.Attribute) || pool.UsesAttributesAsUsername) continue;
            if (await unit.Users.FindAliasHolderAsync(pool.Id, alias.Attribute, alias.NormalizedValue, ct) is not { } holder || holder == taker.Sub) continue;
            if (await unit.Users.FindAsync(pool.Id, holder, ct) is not { } former) continue;
            var attributes = new Dictionary<string, string>(former.Attributes, StringComparer.Ordinal) { [alias.Attribute + "_verified"] = "false" };
            var released = former with { Attributes = attributes, ModifiedAt = now };
            if (await unit.Users.UpdateAsync(released, AliasRules.Held(pool, released), ct) is not SaveUserOutcome.Saved) return false;
        }

        return true;
    }

    private static Outcome<User>? Abandon(IUnitOfWork unit, Refusal refusal)
    {
        unit.Abandon();
        return refusal;
    }
}
