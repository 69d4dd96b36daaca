using System.Security.Cryptography;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Core.Primitives;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class KycStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    private static readonly AccountId Reviewer = new("reviewer");

    [Fact]
    public async Task A_document_comes_back_as_it_was_stored()
    {
        var document = await DocumentAsync(await AccountAsync());

        var found = (await ReadAsync(stores => stores.Kyc.FindAsync(document.Id, Ct)))!;

        found.Sha256.ShouldBe(document.Sha256);
        found.SealedKey.ShouldBe(document.SealedKey);
        (found with { Sha256 = document.Sha256, SealedKey = document.SealedKey }).ShouldBe(document);
    }

    [Fact]
    public async Task Of_reviewers_at_once_one_decides()
    {
        var document = await DocumentAsync(await AccountAsync());

        var outcomes = await RaceAsync((unit, i) =>
            unit.Kyc.ReviewAsync(document.Id, i % 2 == 0 ? KycState.Approved : KycState.Rejected, $"reason {i}", new AccountId($"reviewer {i}"), Now, Ct));

        var won = outcomes.Single(outcome => outcome is not null)!;
        var found = (await ReadAsync(stores => stores.Kyc.FindAsync(document.Id, Ct)))!;
        (found.State, found.Reason, found.ReviewedBy).ShouldBe((won.State, won.Reason, won.ReviewedBy));
    }

    [Fact]
    public async Task Taking_back_and_reviewing_at_once_one_wins()
    {
        var account = await AccountAsync();
        var document = await DocumentAsync(account);

        var outcomes = await RaceAsync(async (unit, i) => i % 2 == 0
            ? await unit.Kyc.DeletePendingAsync(document.Id, account.Id, Now, Ct)
            : await unit.Kyc.ReviewAsync(document.Id, KycState.Approved, null, Reviewer, Now, Ct) is not null);

        outcomes.Count(won => won).ShouldBe(1);
        (await ReadAsync(stores => stores.Kyc.FindAsync(document.Id, Ct)) is null).ShouldBe(outcomes.Where((_, i) => i % 2 == 0).Any(won => won));
    }

    [Fact]
    public async Task However_many_uploads_at_once_the_day_holds_as_many_as_it_may()
    {
        var account = await AccountAsync();

        var byCount = await RaceAsync((unit, _) => unit.Kyc.UseQuotaAsync(account.Id, 1, 20, 1_000, Now, Ct));
        var byBytes = await RaceAsync((unit, _) => unit.Kyc.UseQuotaAsync(account.Id, 100, 1_000, 1_020, Now.AddDays(1), Ct));

        byCount.Count(isLeft => isLeft).ShouldBe(20);
        byBytes.Count(isLeft => isLeft).ShouldBe(10);
        (await WriteAsync(unit => unit.Kyc.UseQuotaAsync(account.Id, 1, 20, 1_000, Now.AddDays(2), Ct))).ShouldBeTrue("Another day.");
    }

    [Fact]
    public async Task An_object_is_either_taken_by_its_document_or_given_up_never_both()
    {
        var account = await AccountAsync();
        for (var round = 0; round < 8; round++)
        {
            var document = New(account);
            await WriteAsync(unit => unit.Kyc.AddLeftoverAsync(document.ObjectName!, Now, Ct));

            var created = Task.Run(async () => await WriteAsync(unit => unit.Kyc.CreateAsync(document, Ct)), Ct);
            var taken = Task.Run(async () => await WriteAsync(unit => unit.Kyc.TakeLeftoversAsync(1_000, Now.AddHours(1), Now, Ct)), Ct);

            ((await taken).Contains(document.ObjectName!) != await created).ShouldBeTrue();
            (await ReadAsync(stores => stores.Kyc.FindAsync(document.Id, Ct)) is not null).ShouldBe(await created);
        }
    }

    [Fact]
    public async Task A_leftover_is_due_again_until_its_object_is_gone()
    {
        var name = NewName();
        var due = Now.AddDays(100);
        await WriteAsync(unit => unit.Kyc.AddLeftoverAsync(name, due, Ct));

        (await TakeAsync(due.AddSeconds(-1))).ShouldNotContain(name);
        (await TakeAsync(due)).ShouldContain(name);
        (await TakeAsync(due.AddMinutes(4))).ShouldNotContain(name);
        (await TakeAsync(due.AddMinutes(5))).ShouldContain(name);
        (await WriteAsync(unit => unit.Kyc.DeleteLeftoverAsync(name, Ct))).ShouldBeTrue();
        (await TakeAsync(due.AddDays(1))).ShouldNotContain(name);
    }

    [Fact]
    public async Task Lists_are_of_the_account_and_of_the_application()
    {
        var (one, two) = (await AccountAsync("first-" + NewId()), await AccountAsync("second-" + NewId()));
        var documents = new List<KycDocument>();
        for (var i = 0; i < 5; i++) documents.Add(await DocumentAsync(one, Now.AddMinutes(i)));
        await DocumentAsync(two);
        await WriteAsync(unit => unit.Kyc.ReviewAsync(documents[0].Id, KycState.Approved, null, Reviewer, Now, Ct));

        (await ReadAsync(stores => stores.Kyc.ListAsync(one.Id, Ct))).Select(document => document.Id).ShouldBe(documents.AsEnumerable().Reverse().Select(document => document.Id));
        var page = await ReadAsync(stores => stores.Kyc.ListPendingAsync(one.Application, 3, null, Ct));
        var next = await ReadAsync(stores => stores.Kyc.ListPendingAsync(one.Application, 3, page.Next, Ct));
        page.Items.Concat(next.Items).Select(document => document.Id).ShouldBe(documents.Skip(1).Select(document => document.Id));
        next.Next.ShouldBeNull();
        (await ReadAsync(stores => stores.Kyc.ListPendingAsync(one.Application, 3, "nonsense", Ct))).Items.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Documents_of_a_deleted_account_belong_to_nobody_and_go_with_their_objects()
    {
        var account = await AccountAsync();
        var (kept, gone) = (await DocumentAsync(account), await DocumentAsync(account));
        await WriteAsync(unit => unit.Accounts.DeleteOfUserAsync(account.PoolId, account.Sub, Ct));
        (await ReadAsync(stores => stores.Kyc.FindAsync(kept.Id, Ct)))!.AccountId.ShouldBeNull();
        (await WriteAsync(unit => unit.Kyc.ReviewAsync(kept.Id, KycState.Approved, null, Reviewer, Now, Ct))).ShouldBeNull();

        (await WriteAsync(unit => unit.Kyc.DeleteAbandonedAsync(1_000, Now, Ct))).ShouldBeGreaterThanOrEqualTo(2);

        (await ReadAsync(stores => stores.Kyc.FindAsync(gone.Id, Ct))).ShouldBeNull();
        var leftovers = await TakeAsync(Now);
        leftovers.ShouldContain(kept.ObjectName!);
        leftovers.ShouldContain(gone.ObjectName!);
    }

    [Fact]
    public async Task All_of_an_account_goes_at_once()
    {
        var account = await AccountAsync();
        var (mine, other) = (await DocumentAsync(account), await DocumentAsync(await AccountAsync()));

        (await WriteAsync(unit => unit.Kyc.DeleteAllAsync(account.Id, Now, Ct))).ShouldBe(1);

        (await ReadAsync(stores => stores.Kyc.FindAsync(mine.Id, Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.Kyc.FindAsync(other.Id, Ct))).ShouldNotBeNull();
        (await TakeAsync(Now)).ShouldContain(mine.ObjectName!);
    }

    [Fact]
    public async Task Content_goes_when_its_time_is_over_and_the_decision_stays()
    {
        var account = await AccountAsync();
        var (old, young, waiting) = (await DocumentAsync(account), await DocumentAsync(account), await DocumentAsync(account));
        var decided = Now.AddYears(-10);
        await WriteAsync(unit => unit.Kyc.ReviewAsync(old.Id, KycState.Rejected, "blurred", Reviewer, decided, Ct));
        await WriteAsync(unit => unit.Kyc.ReviewAsync(young.Id, KycState.Approved, null, Reviewer, decided.AddSeconds(1), Ct));

        await WriteAsync(unit => unit.Kyc.EraseDecidedAsync(decided, 100, Now, Ct));

        var erased = (await ReadAsync(stores => stores.Kyc.FindAsync(old.Id, Ct)))!;
        (erased.SealedKey, erased.ObjectName, erased.Sha256, erased.ErasedAt).ShouldBe((null, null, null, Now));
        (erased.State, erased.Reason, erased.ReviewedBy, erased.ReviewedAt).ShouldBe((KycState.Rejected, "blurred", Reviewer, decided));
        foreach (var other in new[] { young, waiting }) (await ReadAsync(stores => stores.Kyc.FindAsync(other.Id, Ct)))!.SealedKey.ShouldNotBeNull();
        (await TakeAsync(Now)).ShouldContain(old.ObjectName!);
    }

    private ValueTask<IReadOnlyList<string>> TakeAsync(DateTimeOffset now) => WriteAsync(unit => unit.Kyc.TakeLeftoversAsync(1_000, now.AddMinutes(5), now, Ct));

    private async Task<Poolhouse.Core.Accounts.Account> AccountAsync(string application = "shop")
    {
        var account = new Poolhouse.Core.Accounts.Account
        {
            Id = new AccountId(NewId()), Application = application, PoolId = new PoolId("us-east-1_Test"), Sub = new Sub(NewId()), PoolUsername = NewId(), CreatedAt = Now,
        };
        await WriteAsync(unit => unit.Accounts.CreateAsync(account, Ct));
        return account;
    }

    private async Task<KycDocument> DocumentAsync(Poolhouse.Core.Accounts.Account account, DateTimeOffset? at = null)
    {
        var document = New(account) with { UploadedAt = at ?? Now };
        await WriteAsync(unit => unit.Kyc.AddLeftoverAsync(document.ObjectName!, Now.AddYears(1), Ct));
        (await WriteAsync(unit => unit.Kyc.CreateAsync(document, Ct))).ShouldBeTrue();
        return document;
    }

    private static KycDocument New(Poolhouse.Core.Accounts.Account account) => new()
    {
        Id = NewId(),
        AccountId = account.Id,
        Application = account.Application,
        Kind = KycKind.ProofOfAddress,
        Type = FileType.Heic,
        Bytes = 1234,
        Sha256 = RandomNumberGenerator.GetBytes(32),
        UploadedAt = Now,
        SealedKey = RandomNumberGenerator.GetBytes(60),
        ObjectName = NewName(),
    };

    private static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

public sealed class SqliteKycStoreTests(SqliteFixture fixture) : KycStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresKycStoreTests(PostgresFixture fixture) : KycStoreTests(fixture), IClassFixture<PostgresFixture>;
