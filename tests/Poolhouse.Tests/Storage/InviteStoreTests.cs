using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Primitives;
using Poolhouse.Tests.Testing;
using PersonAccount = Poolhouse.Core.Accounts.Account;

namespace Poolhouse.Tests.Storage;

public abstract class InviteStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task An_invitation_comes_back_as_it_was_stored()
    {
        var ann = await AccountAsync();
        var invite = NewInvite(ann) with { Locale = "ja" };

        await WriteAsync(unit => unit.Invites.AddAsync(invite, Ct));

        foreach (var found in new[]
        {
            await ReadAsync(stores => stores.Invites.FindAsync(invite.Id, Ct)),
            await ReadAsync(stores => stores.Invites.FindByTokenAsync([.. invite.TokenHash], Ct)),
        })
        {
            found!.TokenHash.ShouldBe(invite.TokenHash);
            (found with { TokenHash = invite.TokenHash }).ShouldBe(invite);
        }
    }

    [Fact]
    public async Task One_of_64_claims_wins()
    {
        var ann = await AccountAsync();
        var claimants = new List<PersonAccount>();
        for (var i = 0; i < 4; i++) claimants.Add(await AccountAsync());
        var invite = NewInvite(ann);
        await WriteAsync(unit => unit.Invites.AddAsync(invite, Ct));

        var won = await RaceAsync((unit, i) => unit.Invites.ClaimAsync(invite, claimants[i % claimants.Count].Id, Now, Ct));

        won.Count(isWon => isWon).ShouldBe(1);
        (await ReadAsync(stores => stores.Invites.FindAsync(invite.Id, Ct)))!.StateAt(Now).ShouldBe(InviteState.Claimed);
    }

    [Fact]
    public async Task What_does_not_fit_claims_nothing()
    {
        var (ann, bob) = (await AccountAsync(), await AccountAsync());
        var invite = NewInvite(ann);
        var confirmation = NewInvite(null) with { Kind = InviteKind.Confirmation, Account = ann.Id };
        await WriteAsync(async unit =>
        {
            await unit.Invites.AddAsync(invite, Ct);
            await unit.Invites.AddAsync(confirmation, Ct);
        });

        Task<bool> Claim(Invite what, PersonAccount who, DateTimeOffset when) => WriteAsync(unit => unit.Invites.ClaimAsync(what, who.Id, when, Ct)).AsTask();

        (await Claim(invite with { TokenHash = [1] }, bob, Now)).ShouldBeFalse();
        (await Claim(invite with { Application = "other" }, bob, Now)).ShouldBeFalse();
        (await Claim(invite with { Email = "other@example.com" }, bob, Now)).ShouldBeFalse();
        (await Claim(invite with { Kind = InviteKind.Confirmation }, ann, Now)).ShouldBeFalse();
        (await Claim(invite, bob, invite.ExpiresAt)).ShouldBeFalse();
        (await Claim(confirmation, bob, Now)).ShouldBeFalse();
        (await Claim(confirmation, ann, Now)).ShouldBeTrue();
        (await Claim(invite, bob, invite.ExpiresAt.AddMilliseconds(-1))).ShouldBeTrue();
    }

    [Fact]
    public async Task Sending_again_is_bounded_and_ends_the_token_before()
    {
        var ann = await AccountAsync();
        var invite = NewInvite(ann);
        await WriteAsync(unit => unit.Invites.AddAsync(invite, Ct));
        var later = Now.AddMinutes(5);
        Invite Renewed(byte token) => invite with { TokenHash = [token, .. Guid.NewGuid().ToByteArray()], SentAt = later, ExpiresAt = later.AddDays(7) };

        (await WriteAsync(unit => unit.Invites.RenewAsync(Renewed(1), Now, 3, Ct))).ShouldBeFalse();
        var raced = await RaceAsync((unit, i) => unit.Invites.RenewAsync(Renewed((byte)i), later, 3, Ct));
        raced.Count(isSent => isSent).ShouldBe(1);
        (await ReadAsync(stores => stores.Invites.FindByTokenAsync([.. invite.TokenHash], Ct))).ShouldBeNull();
        (await WriteAsync(unit => unit.Invites.ClaimAsync(invite, ann.Id, later, Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.Invites.RenewAsync(Renewed(9), later.AddHours(1), 3, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Invites.RenewAsync(Renewed(10), later.AddHours(1), 3, Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.Invites.WithdrawAsync(invite.Id, later, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Invites.WithdrawAsync(invite.Id, later, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task Invitations_go_with_who_invited_and_with_whom_they_are_about()
    {
        var (ann, bob) = (await AccountAsync(), await AccountAsync());
        var (ofAnn, claimed) = (NewInvite(ann), NewInvite(ann));
        var confirmation = NewInvite(null) with { Kind = InviteKind.Confirmation, Account = bob.Id };
        await WriteAsync(async unit =>
        {
            foreach (var invite in new[] { ofAnn, claimed, confirmation }) await unit.Invites.AddAsync(invite, Ct);
            await unit.Invites.ClaimAsync(claimed, bob.Id, Now, Ct);
        });

        await WriteAsync(unit => unit.Accounts.DeleteOfUserAsync(bob.PoolId, bob.Sub, Ct));
        (await ReadAsync(stores => stores.Invites.FindAsync(claimed.Id, Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.Invites.FindAsync(confirmation.Id, Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.Invites.ListAsync("app", ann.Id, 10, null, Ct))).Items.ShouldHaveSingleItem().Id.ShouldBe(ofAnn.Id);
        await WriteAsync(unit => unit.Accounts.DeleteOfUserAsync(ann.PoolId, ann.Sub, Ct));
        (await ReadAsync(stores => stores.Invites.FindAsync(ofAnn.Id, Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task A_wish_for_a_code_waits_once_is_taken_by_one_worker_and_comes_back_when_its_lease_ends()
    {
        await Database.ResetAsync(Ct);
        var request = new CodeRequest
        {
            Id = NewId(), Application = "app", Email = "Ann@example.com", Purpose = CodeRequestPurpose.KnownAddress, Language = "fr", Address = "192.0.2.1",
            UserAgent = "curl", CreatedAt = Now,
        };
        await RaceAsync(async (unit, _) =>
        {
            await unit.CodeRequests.AddAsync(request with { Id = NewId() }, Ct);
            return true;
        });

        (await ReadAsync(stores => stores.CodeRequests.IsAnyDueAsync(Now.AddMilliseconds(-1), Ct))).ShouldBeFalse();
        (await ReadAsync(stores => stores.CodeRequests.IsAnyDueAsync(Now, Ct))).ShouldBeTrue();
        var taken = (await RaceAsync((unit, i) => unit.CodeRequests.ClaimAsync($"{i}", 8, TimeSpan.FromMinutes(1), Now, Ct))).SelectMany((list, i) => list.Select(r => (i, r))).ToList();
        var (owner, first) = taken.ShouldHaveSingleItem();
        (first with { Id = request.Id }).ShouldBe(request);
        await WriteAsync(unit => unit.CodeRequests.DeferAsync(first.Id, $"{owner}", Now, Ct));
        (await WriteAsync(unit => unit.CodeRequests.ClaimAsync($"{owner}", 8, Brief, Now, Ct))).ShouldHaveSingleItem();
        var end = await EndOfAsync(Brief);
        (await ReadAsync(stores => stores.CodeRequests.IsAnyDueAsync(end, Ct))).ShouldBeTrue();
        var again = (await WriteAsync(unit => unit.CodeRequests.ClaimAsync("other", 8, TimeSpan.FromMinutes(1), end, Ct))).ShouldHaveSingleItem();
        again.Attempts.ShouldBe(2);
        (await ReadAsync(stores => stores.CodeRequests.IsAnyDueAsync(end.AddSeconds(59), Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.CodeRequests.ClaimAsync("third", 8, TimeSpan.FromMinutes(1), end.AddSeconds(59), Ct))).ShouldBeEmpty();
        await WriteAsync(unit => unit.CodeRequests.RemoveAsync(first.Id, $"{owner}", Ct));
        await WriteAsync(unit => unit.CodeRequests.DeferAsync(first.Id, "other", Now.AddMinutes(9), Ct));
        (await ReadAsync(stores => stores.CodeRequests.IsAnyDueAsync(Now.AddMinutes(8), Ct))).ShouldBeFalse();
        await WriteAsync(unit => unit.CodeRequests.ClaimAsync("other", 8, TimeSpan.FromMinutes(1), Now.AddMinutes(9), Ct));
        await WriteAsync(unit => unit.CodeRequests.RemoveAsync(first.Id, "other", Ct));
        (await ReadAsync(stores => stores.CodeRequests.IsAnyDueAsync(Now.AddDays(1), Ct))).ShouldBeFalse();
    }

    private async Task<PersonAccount> AccountAsync()
    {
        var account = new PersonAccount
        {
            Id = new AccountId(NewId()), Application = "app", PoolId = new PoolId("us-east-1_x"), Sub = new Sub(NewId()), PoolUsername = NewId(), CreatedAt = Now,
        };
        await WriteAsync(unit => unit.Accounts.CreateAsync(account, Ct));
        return account;
    }

    private static Invite NewInvite(PersonAccount? inviter) => new()
    {
        Id = NewId(), Application = "app", Kind = InviteKind.Account, Email = "ann@example.com", TokenHash = Guid.NewGuid().ToByteArray(), Inviter = inviter?.Id,
        CreatedAt = Now, SentAt = Now, ExpiresAt = Now.AddDays(7),
    };
}

public sealed class InviteStoreOnSqliteTests(SqliteFixture fixture) : InviteStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class InviteStoreOnPostgresTests(PostgresFixture fixture) : InviteStoreTests(fixture), IClassFixture<PostgresFixture>;
