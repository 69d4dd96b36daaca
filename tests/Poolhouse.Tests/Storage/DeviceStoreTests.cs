using Poolhouse.Core.Clients;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Users;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class DeviceStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task A_device_comes_back_as_it_was_stored()
    {
        var user = await UserAsync(await PoolAsync(), "bob");
        var device = NewDevice(user, "a") with { Name = "Böb's phone", IsRemembered = true, LastAddress = "203.0.113.7" };

        (await AddAsync(device)).ShouldBeTrue();

        var found = await FindAsync(user, "a");
        found.ShouldNotBeNull().Salt.ShouldBe(device.Salt);
        found.SealedVerifier.ShouldBe(device.SealedVerifier);
        (found with { Salt = device.Salt, SealedVerifier = device.SealedVerifier }).ShouldBe(device);
        (await FindAsync(user, "A")).ShouldBeNull();
    }

    [Fact]
    public async Task One_key_is_one_device_of_the_sign_in_that_was_given_it()
    {
        var pool = await PoolAsync();
        var (user, other, client) = (await UserAsync(pool, "bob"), await UserAsync(pool, "ann"), await ClientAsync(pool));
        var family = await BeginAsync(user, client, "a");

        var created = await RaceAsync((unit, i) => unit.Devices.CreateAsync(NewDevice(user, "a") with { Name = $"{i}" }, family.Id, Ct));

        created.Count(isCreated => isCreated).ShouldBe(1);
        (await FindAsync(user, "a"))!.Name.ShouldBe($"{Array.IndexOf(created, true)}");
        (await WriteAsync(unit => unit.Devices.CreateAsync(NewDevice(user, "b"), family.Id, Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.Devices.CreateAsync(NewDevice(other, "a"), family.Id, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_sign_in_that_is_over_or_lost_its_device_registers_none()
    {
        var pool = await PoolAsync();
        var (user, client) = (await UserAsync(pool, "bob"), await ClientAsync(pool));
        var (revoked, lost) = (await BeginAsync(user, client, "a"), await BeginAsync(user, client, "b"));
        await WriteAsync(unit => unit.Families.RevokeAsync(revoked.Id, Now, Ct));
        await WriteAsync(unit => unit.Families.EndRefreshOfDeviceAsync(pool.Id, user.Sub, "b", Ct));

        (await WriteAsync(unit => unit.Devices.CreateAsync(NewDevice(user, "a"), revoked.Id, Ct))).ShouldBeFalse();
        (await WriteAsync(unit => unit.Devices.CreateAsync(NewDevice(user, "b"), lost.Id, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_list_is_in_order_and_leaves_out_what_is_not_remembered()
    {
        var user = await UserAsync(await PoolAsync(), "bob");
        foreach (var key in new[] { "d", "b", "a", "c" }) await AddAsync(NewDevice(user, key) with { IsRemembered = key != "b" });

        var first = await ReadAsync(stores => stores.Devices.ListAsync(user.PoolId, user.Sub, true, 2, null, Ct));
        var second = await ReadAsync(stores => stores.Devices.ListAsync(user.PoolId, user.Sub, true, 2, first.Next, Ct));
        var all = await ReadAsync(stores => stores.Devices.ListAsync(user.PoolId, user.Sub, false, 60, null, Ct));

        first.Items.Select(d => d.Key).ShouldBe(["a", "c"]);
        second.Items.Select(d => d.Key).ShouldBe(["d"]);
        second.Next.ShouldBeNull();
        all.Items.Select(d => d.Key).ShouldBe(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task A_use_is_noted_and_ends_what_waited()
    {
        var user = await UserAsync(await PoolAsync(), "bob");
        await AddAsync(NewDevice(user, "a") with { LastAddress = "203.0.113.7" });
        await WriteAsync(unit => unit.Devices.AskAsync(user.PoolId, user.Sub, "a", "session", Ct));
        var later = Now.AddHours(1);

        var waiting = (await FindAsync(user, "a"))!.Session;
        var used = await WriteAsync(unit => unit.Devices.UseAsync(user.PoolId, user.Sub, "a", false, null, later, Ct));

        waiting.ShouldBe("session");
        used.ShouldBeTrue();
        var found = (await FindAsync(user, "a"))!;
        (found.Session, found.LastAddress, found.AuthenticatedAt, found.ModifiedAt, found.CreatedAt).ShouldBe((null, "203.0.113.7", later, later, Now));
        (await WriteAsync(unit => unit.Devices.UseAsync(user.PoolId, user.Sub, "b", false, null, later, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task What_has_to_be_remembered_is_not_used_otherwise()
    {
        var user = await UserAsync(await PoolAsync(), "bob");
        await AddAsync(NewDevice(user, "a"));

        ValueTask<bool> UseAsync() => WriteAsync(unit => unit.Devices.UseAsync(user.PoolId, user.Sub, "a", true, "203.0.113.8", Now, Ct));
        ValueTask<bool> RememberAsync(bool isRemembered) => WriteAsync(unit => unit.Devices.RememberAsync(user.PoolId, user.Sub, "a", isRemembered, Now, Ct));

        (await UseAsync()).ShouldBeFalse();
        (await RememberAsync(true)).ShouldBeTrue();
        (await UseAsync()).ShouldBeTrue();
        (await RememberAsync(false)).ShouldBeTrue();
        (await UseAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Those_unused_for_longest_go_first()
    {
        var user = await UserAsync(await PoolAsync(), "bob");
        foreach (var (key, minutes) in new[] { ("a", 3), ("b", 1), ("c", 2) }) await AddAsync(NewDevice(user, key) with { AuthenticatedAt = Now.AddMinutes(minutes) });

        await WriteAsync(unit => unit.Devices.TrimAsync(user.PoolId, user.Sub, 2, Ct));

        (await ReadAsync(stores => stores.Devices.ListAsync(user.PoolId, user.Sub, false, 60, null, Ct))).Items.Select(d => d.Key).ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task A_device_goes_by_itself_or_with_its_user()
    {
        var user = await UserAsync(await PoolAsync(), "bob");
        await AddAsync(NewDevice(user, "a"));
        await AddAsync(NewDevice(user, "b"));

        (await WriteAsync(unit => unit.Devices.DeleteAsync(user.PoolId, user.Sub, "a", Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Devices.DeleteAsync(user.PoolId, user.Sub, "a", Ct))).ShouldBeFalse();
        await WriteAsync(unit => unit.Users.DeleteAsync(user.PoolId, user.Sub, Ct));
        (await FindAsync(user, "b")).ShouldBeNull();
    }

    [Fact]
    public async Task Sign_ins_lose_a_device_that_is_forgotten()
    {
        var pool = await PoolAsync();
        var (user, client) = (await UserAsync(pool, "bob"), await ClientAsync(pool));
        var (lost, kept) = (await BeginAsync(user, client, "a"), await BeginAsync(user, client, "b"));

        await WriteAsync(unit => unit.Families.EndRefreshOfDeviceAsync(pool.Id, user.Sub, "a", Ct));

        (await ReadAsync(stores => stores.Families.FindAsync(lost.Id, Ct))).ShouldBe(lost with { DeviceKey = null, CurrentRefreshId = "" });
        (await ReadAsync(stores => stores.Families.FindAsync(kept.Id, Ct))).ShouldBe(kept);
    }

    private static Device NewDevice(User user, string key) => new()
    {
        PoolId = user.PoolId,
        Sub = user.Sub,
        Key = key,
        Salt = [0, 255],
        SealedVerifier = [1, 2, 3],
        CreatedAt = Now,
        ModifiedAt = Now,
        AuthenticatedAt = Now,
    };

    private async Task<TokenFamily> BeginAsync(User user, AppClient client, string device)
    {
        var family = new TokenFamily
        {
            Id = NewId(),
            OriginJti = NewId(),
            PoolId = user.PoolId,
            ClientId = client.Id,
            Sub = user.Sub,
            AuthenticatedAt = Now,
            ExpiresAt = Now.AddDays(30),
            CurrentRefreshId = "r0",
            DeviceKey = device,
        };
        await WriteAsync(unit => unit.Families.CreateAsync(family, Ct));
        return family;
    }

    private async Task<bool> AddAsync(Device device)
    {
        var pool = (await ReadAsync(stores => stores.Pools.FindAsync(device.PoolId, Ct)))!;
        var user = (await ReadAsync(stores => stores.Users.FindAsync(device.PoolId, device.Sub, Ct)))!;
        var family = await BeginAsync(user, await ClientAsync(pool), device.Key);
        return await WriteAsync(unit => unit.Devices.CreateAsync(device, family.Id, Ct));
    }

    private ValueTask<Device?> FindAsync(User user, string key) => ReadAsync(stores => stores.Devices.FindAsync(user.PoolId, user.Sub, key, Ct));
}

public sealed class DeviceStoreOnSqliteTests(SqliteFixture fixture) : DeviceStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class DeviceStoreOnPostgresTests(PostgresFixture fixture) : DeviceStoreTests(fixture), IClassFixture<PostgresFixture>;
