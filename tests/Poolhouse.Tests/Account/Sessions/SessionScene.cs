using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Tests.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>What tests of session stores share: a session with everything that it stands on.</summary>
public abstract class SessionScene(DatabaseFixture fixture) : StoreTests(fixture)
{
    private static readonly SystemRandom Random = new();

    protected async Task<(AccountSession Session, User User, TokenFamily Family)> SessionAsync(
        ISessionStore store, bool remember = true, string data = "{}", (AccountId Account, User User)? of = null)
    {
        var pool = of is null ? await PoolAsync() : new() { Id = of.Value.User.PoolId, Name = "", CreatedAt = Now, ModifiedAt = Now, Settings = new() };
        var client = await ClientAsync(pool);
        var user = of?.User ?? await UserAsync(pool, "bob");
        var family = await FamilyAsync(user, client);
        var account = of?.Account ?? new AccountId(NewId());
        if (of is null)
        {
            (await WriteAsync(unit => unit.Accounts.CreateAsync(
                new() { Id = account, Application = "swp", PoolId = pool.Id, Sub = user.Sub, PoolUsername = "bob", CreatedAt = Now }, Ct))).ShouldBe(SaveAccountOutcome.Saved);
        }

        var session = SessionRules.Begin(
            new AccountSession
            {
                Key = SessionId.New(Random).Key,
                AccountId = account,
                PoolId = pool.Id,
                Sub = user.Sub,
                FamilyId = family.Id,
                Device = "Chrome 140, Linux",
                Address = "192.0.2.1",
                Remember = remember,
                Data = data,
                CreatedAt = Now,
                LastSeenAt = Now,
                EndsAt = Now,
                ExpiresAt = Now,
            },
            family,
            Now);
        await store.CreateAsync(session, Ct);
        return (session, user, family);
    }
}
