using Poolhouse.Core.Codes;
using Poolhouse.Core.Sessions;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class SecurityStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    private static readonly byte[] Right = [1, 1, 1];
    private static readonly byte[] Wrong = [2, 2, 2];

    [Fact]
    public async Task A_code_is_consumed_once()
    {
        var code = await CodeAsync();

        var attempts = await RaceAsync((unit, _) =>
            unit.Codes.ConsumeAsync(code.PoolId, code.Sub, code.Purpose, code.Attribute, [Right], Now, Ct));

        attempts.Count(attempt => attempt.Outcome == CodeOutcome.Consumed).ShouldBe(1);
        attempts.Count(attempt => attempt.Outcome == CodeOutcome.Expired).ShouldBe(Racers - 1);
        attempts.Single(attempt => attempt.Code is not null).Code.ShouldBeEquivalentTo(code);
    }

    [Fact]
    public async Task A_wrong_code_leaves_the_right_one()
    {
        var code = await CodeAsync();

        (await ConsumeAsync(code, code.Attribute, Now, Wrong)).ShouldBe(CodeOutcome.Mismatch);
        (await ConsumeAsync(code, null, Now, Wrong)).ShouldBe(CodeOutcome.Mismatch);
        (await ConsumeAsync(code, "phone_number", Now, Right)).ShouldBe(CodeOutcome.Expired);
        (await ConsumeAsync(code, null, Now, Wrong, Right)).ShouldBe(CodeOutcome.Consumed);
    }

    [Fact]
    public async Task A_code_ends_at_its_time()
    {
        var code = await CodeAsync();

        (await ConsumeAsync(code, null, code.ExpiresAt, Right)).ShouldBe(CodeOutcome.Expired);
        (await ConsumeAsync(code, null, code.ExpiresAt.AddMilliseconds(-1), Right)).ShouldBe(CodeOutcome.Consumed);
    }

    [Fact]
    public async Task A_newer_code_supersedes()
    {
        var code = await CodeAsync();
        await WriteAsync(unit => unit.Codes.PutAsync(code with { Hash = Wrong }, Ct));

        (await ConsumeAsync(code, null, Now, Right)).ShouldBe(CodeOutcome.Mismatch);
        (await ConsumeAsync(code, null, Now, Wrong)).ShouldBe(CodeOutcome.Consumed);
    }

    [Fact]
    public async Task Codes_of_a_purpose_are_revoked_and_no_others()
    {
        var code = await CodeAsync();
        var others = code with { Purpose = code.Purpose == CodePurpose.PasswordReset ? CodePurpose.SignUp : CodePurpose.PasswordReset };
        await WriteAsync(unit => unit.Codes.PutAsync(others, Ct));

        await WriteAsync(unit => unit.Codes.RevokeAsync(code.PoolId, code.Sub, code.Purpose, Ct));

        (await ConsumeAsync(code, null, Now, Right)).ShouldBe(CodeOutcome.Expired);
        (await ConsumeAsync(others, null, Now, Right)).ShouldBe(CodeOutcome.Consumed);
    }

    [Fact]
    public async Task A_token_rotates_once_without_grace()
    {
        var family = await FamilyAsync();

        var outcomes = await RaceAsync((unit, i) => unit.Families.RotateAsync(family.Id, "r0", $"n{i}", TimeSpan.Zero, Now, Ct));

        outcomes.Count(outcome => outcome == RotationOutcome.Rotated).ShouldBe(1);
        outcomes.Count(outcome => outcome == RotationOutcome.Reused).ShouldBe(Racers - 1);
    }

    [Fact]
    public async Task A_token_rotates_for_all_within_the_grace_and_for_none_after()
    {
        var family = await FamilyAsync();
        var grace = TimeSpan.FromSeconds(10);

        var outcomes = await RaceAsync((unit, i) => unit.Families.RotateAsync(family.Id, "r0", $"n{i}", grace, Now, Ct));
        var late = await RotateAsync(family, "r0", "late", grace, Now + grace - TimeSpan.FromMilliseconds(1));
        var tooLate = await RotateAsync(family, "r0", "too late", grace, Now + grace);

        outcomes.ShouldAllBe(outcome => outcome == RotationOutcome.Rotated);
        late.ShouldBe(RotationOutcome.Rotated);
        tooLate.ShouldBe(RotationOutcome.Reused);
        (await ReadAsync(stores => stores.Families.FindAsync(family.Id, Ct)))!.CurrentRefreshId.ShouldBe("late");
    }

    [Fact]
    public async Task A_token_before_the_predecessor_is_reused()
    {
        var family = await FamilyAsync();
        var grace = TimeSpan.FromSeconds(60);

        (await RotateAsync(family, "r0", "r1", grace, Now)).ShouldBe(RotationOutcome.Rotated);
        (await RotateAsync(family, "r1", "r2", grace, Now)).ShouldBe(RotationOutcome.Rotated);
        (await RotateAsync(family, "r0", "r3", grace, Now)).ShouldBe(RotationOutcome.Reused);
        (await RotateAsync(family, "never", "r3", grace, Now)).ShouldBe(RotationOutcome.Reused);
    }

    [Fact]
    public async Task Revoked_and_expired_families_do_not_rotate()
    {
        var revoked = await FamilyAsync();
        var expired = await FamilyAsync();

        (await WriteAsync(unit => unit.Families.RevokeAsync(revoked.Id, Now, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Families.RevokeAsync(revoked.Id, Now, Ct))).ShouldBeFalse();

        (await RotateAsync(revoked, "r0", "r1", TimeSpan.Zero, Now)).ShouldBe(RotationOutcome.Revoked);
        (await RotateAsync(expired, "r0", "r1", TimeSpan.Zero, expired.ExpiresAt)).ShouldBe(RotationOutcome.Expired);
        (await RotateAsync(expired with { Id = "never" }, "r0", "r1", TimeSpan.Zero, Now)).ShouldBe(RotationOutcome.Expired);
        (await ReadAsync(stores => stores.Families.FindAsync(revoked.Id, Ct))).ShouldBe(revoked with { RevokedAt = Now });
    }

    [Fact]
    public async Task All_families_of_a_user_end_together()
    {
        var pool = await PoolAsync();
        var client = await ClientAsync(pool);
        var bob = await UserAsync(pool, "bob");
        var mine = new[] { await FamilyAsync(bob, client), await FamilyAsync(bob, client) };
        var other = await FamilyAsync(await UserAsync(pool, "eve"), client);

        await WriteAsync(unit => unit.Families.RevokeAllAsync(pool.Id, bob.Sub, Now, Ct));

        foreach (var family in mine)
            (await ReadAsync(stores => stores.Families.FindAsync(family.Id, Ct)))!.RevokedAt.ShouldBe(Now);
        (await ReadAsync(stores => stores.Families.FindAsync(other.Id, Ct)))!.RevokedAt.ShouldBeNull();
    }

    [Fact]
    public async Task An_id_is_spent_once()
    {
        var id = NewId();

        (await ReadAsync(stores => stores.Spent.IsSpentAsync(id, Ct))).ShouldBeFalse();
        var spent = await RaceAsync((unit, _) => unit.Spent.SpendAsync(id, Now.AddMinutes(3), Ct));

        spent.Count(isSpent => isSpent).ShouldBe(1);
        (await ReadAsync(stores => stores.Spent.IsSpentAsync(id, Ct))).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_guesses_at_once_five_pass()
    {
        var key = NewId();

        var admitted = await RaceAsync((unit, _) => unit.Attempts.AdmitGuessAsync(key, Now, Ct));

        admitted.Count(isAdmitted => isAdmitted).ShouldBe(5);
    }

    [Fact]
    public async Task The_lock_doubles_up_to_fifteen_minutes()
    {
        var key = NewId();
        for (var i = 0; i < 5; i++) (await AdmitAsync(key, Now)).ShouldBeTrue();

        var time = Now;
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900 })
        {
            (await AdmitAsync(key, time.AddSeconds(seconds).AddMilliseconds(-1))).ShouldBeFalse();
            time = time.AddSeconds(seconds);
            (await AdmitAsync(key, time)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_right_guess_clears_the_lock()
    {
        var key = NewId();
        for (var i = 0; i < 6; i++) await AdmitAsync(key, Now);

        await WriteAsync(unit => unit.Attempts.ClearAsync(key, Ct));

        (await AdmitAsync(key, Now)).ShouldBeTrue();
    }

    [Fact]
    public async Task Attempts_are_counted_each_and_anew_after_the_window()
    {
        var key = NewId();
        var window = TimeSpan.FromMinutes(1);

        var counts = await RaceAsync((unit, _) => unit.Attempts.CountAsync(key, window, Now, Ct));
        var later = await WriteAsync(unit => unit.Attempts.CountAsync(key, window, Now + window, Ct));

        counts.Order().ShouldBe(Enumerable.Range(1, Racers));
        later.ShouldBe(1);
    }

    private async Task<Code> CodeAsync()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");
        var code = new Code
        {
            PoolId = pool.Id,
            Sub = user.Sub,
            Purpose = CodePurpose.AttributeVerification,
            Attribute = "email",
            Destination = "bob@example.com",
            Hash = Right,
            ExpiresAt = Now.AddMinutes(10),
        };
        await WriteAsync(unit => unit.Codes.PutAsync(code, Ct));
        return code;
    }

    private async Task<TokenFamily> FamilyAsync()
    {
        var pool = await PoolAsync();
        return await FamilyAsync(await UserAsync(pool, "bob"), await ClientAsync(pool));
    }

    private async Task<CodeOutcome> ConsumeAsync(Code code, string? attribute, DateTimeOffset now, params byte[][] hashes) =>
        (await WriteAsync(unit => unit.Codes.ConsumeAsync(code.PoolId, code.Sub, code.Purpose, attribute, hashes, now, Ct))).Outcome;

    private ValueTask<RotationOutcome> RotateAsync(TokenFamily family, string presented, string next, TimeSpan grace, DateTimeOffset now) =>
        WriteAsync(unit => unit.Families.RotateAsync(family.Id, presented, next, grace, now, Ct));

    private ValueTask<bool> AdmitAsync(string key, DateTimeOffset now) => WriteAsync(unit => unit.Attempts.AdmitGuessAsync(key, now, Ct));
}

public sealed class SecurityStoreOnSqliteTests(SqliteFixture fixture) : SecurityStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class SecurityStoreOnPostgresTests(PostgresFixture fixture) : SecurityStoreTests(fixture), IClassFixture<PostgresFixture>;
