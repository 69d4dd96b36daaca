using Poolhouse.Core;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Server.Account.Links;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Deletion;

/// <summary>The password that is asked for before an account is deleted, by whichever pool has it.</summary>
internal sealed class DeletionPassword(KnownPasswords passwords, Catalog catalog, IDatabase database, OtherAccounts others)
{
    private const int Longest = 256;

    /// <summary>Refuses whoever doesn't know it.</summary>
    /// <exception cref="ProblemException">The password is wrong, was guessed too often, or can't be looked at now.</exception>
    public async ValueTask DemandAsync(AccountCall call, SignedIn caller, string password, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Text("password", password, Longest);
        errors.ThrowIfAny();
        if (caller.Application.Amazon is not null)
        {
            var proven = await others.ProveAsync(caller.Application, caller.Account.PoolUsername, password, call.Origin, call.Now, ct);
            // Null: the password is right, and the pool would want a second factor too, which the present sign-in has had.
            if (proven is not null && proven.Id != caller.Account.Id) throw Problems.Of("INVALID_CREDENTIALS");
            return;
        }

        var (id, sub) = (caller.Account.PoolId, caller.Account.Sub);
        if (await catalog.FindPoolAsync(id, ct) is not { } pool || await database.ReadAsync(stores => stores.Users.FindAsync(id, sub, ct), ct) is not { } user)
            throw Problems.Of("TOKEN_REVOKED");
        if (await passwords.WhyNotAsync(pool, user, password, call.Now, ct) is not { } refusal) return;
        throw refusal switch
        {
            Refusal.PasswordLocked => Problems.TooMany(60),
            Refusal.Overloaded => Problems.Unavailable("ACCOUNT_DELETION_UNAVAILABLE"),
            _ => Problems.Of("INVALID_CREDENTIALS"),
        };
    }
}
