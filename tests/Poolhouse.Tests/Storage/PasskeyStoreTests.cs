using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

/// <summary>The store of passkeys, on every database.</summary>
public abstract class PasskeyStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task What_is_stored_is_read()
    {
        var bob = await UserAsync();
        var passkey = New(bob) with { Attachment = "platform", Transports = ["internal", "hybrid"], IsBackupEligible = true, SignCount = uint.MaxValue };

        (await WriteAsync(unit => unit.Passkeys.CreateAsync(passkey, Ct))).ShouldBeTrue();

        var read = (await ReadAsync(stores => stores.Passkeys.ListAsync(bob.PoolId, bob.Sub, Ct))).Single();
        read.PublicKey.ShouldBe(passkey.PublicKey);
        read.Transports.ShouldBe(passkey.Transports);
        (read with { PublicKey = passkey.PublicKey, Transports = passkey.Transports }).ShouldBe(passkey);
    }

    [Fact]
    public async Task They_are_listed_by_age()
    {
        var bob = await UserAsync();
        var (young, old) = (New(bob) with { CreatedAt = Now.AddMinutes(1) }, New(bob));
        await WriteAsync(unit => unit.Passkeys.CreateAsync(young, Ct));
        await WriteAsync(unit => unit.Passkeys.CreateAsync(old, Ct));

        (await ReadAsync(stores => stores.Passkeys.ListAsync(bob.PoolId, bob.Sub, Ct))).Select(p => p.Id).ShouldBe([old.Id, young.Id]);
    }

    [Fact]
    public async Task Of_many_registrations_of_one_id_one_wins()
    {
        var bob = await UserAsync();
        var passkey = New(bob);

        var outcomes = await RaceAsync((unit, _) => unit.Passkeys.CreateAsync(passkey, Ct));

        outcomes.Count(won => won).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_uses_of_one_count_one_wins()
    {
        var bob = await UserAsync();
        var passkey = New(bob);
        await WriteAsync(unit => unit.Passkeys.CreateAsync(passkey, Ct));

        var outcomes = await RaceAsync((unit, _) => unit.Passkeys.CountAsync(bob.PoolId, bob.Sub, passkey.Id, 7, Ct));

        outcomes.Count(won => won).ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(5, 6, true)]
    [InlineData(5, 5, false)]
    [InlineData(5, 4, false)]
    [InlineData(5, 0, false)]
    public async Task A_count_only_rises(long last, long next, bool isTaken)
    {
        var bob = await UserAsync();
        var passkey = New(bob) with { SignCount = last };
        await WriteAsync(unit => unit.Passkeys.CreateAsync(passkey, Ct));

        (await WriteAsync(unit => unit.Passkeys.CountAsync(bob.PoolId, bob.Sub, passkey.Id, next, Ct))).ShouldBe(isTaken);
    }

    [Fact]
    public async Task Only_its_user_uses_and_deletes_it()
    {
        var bob = await UserAsync();
        var passkey = New(bob);
        await WriteAsync(unit => unit.Passkeys.CreateAsync(passkey, Ct));
        var eve = new Sub(NewId());

        (await WriteAsync(unit => unit.Passkeys.CountAsync(bob.PoolId, eve, passkey.Id, 9, Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.Passkeys.DeleteAsync(bob.PoolId, eve, passkey.Id, Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.Passkeys.DeleteAsync(bob.PoolId, bob.Sub, passkey.Id, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Passkeys.DeleteAsync(bob.PoolId, bob.Sub, passkey.Id, Ct))).ShouldBeFalse();
    }

    private static Passkey New(User user) => new()
    {
        PoolId = user.PoolId,
        Sub = user.Sub,
        Id = Guid.NewGuid().ToString("N"),
        RelyingPartyId = "example.com",
        PublicKey = [1, 2, 3],
        SignCount = 0,
        IsBackupEligible = false,
        FriendlyName = "Passkey",
        Transports = [],
        CreatedAt = Now,
    };

    private async Task<User> UserAsync() => await UserAsync(await PoolAsync(), "bob");
}

public sealed class PasskeyStoreOnSqliteTests(SqliteFixture fixture) : PasskeyStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PasskeyStoreOnPostgresTests(PostgresFixture fixture) : PasskeyStoreTests(fixture), IClassFixture<PostgresFixture>;
