using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Stores;
using Poolhouse.Server;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Hosting;

public sealed class UpkeepTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task What_fell_due_goes_at_once_however_much_it_is(Engine engine)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(engine);
        var database = world.Services.GetRequiredService<IDatabase>();
        var ids = Enumerable.Range(0, (2 * IDatabaseMaintenance.MostExpired) + 500).Select(number => $"spent-{number}").ToList();
        await database.WriteAsync(
            async unit =>
            {
                foreach (var id in ids) await unit.Spent.SpendAsync(id, world.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(-1), ct);
                return true;
            },
            ct);
        using var upkeep = ActivatorUtilities.CreateInstance<Upkeep>(world.Services);

        await upkeep.StartAsync(ct);

        string[] sample = [ids[0], ids[IDatabaseMaintenance.MostExpired], ids[^1]];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await database.ReadAsync(async stores => await AnyAsync(stores), patience.Token)) await Task.Yield();
        await upkeep.StopAsync(ct);

        async ValueTask<bool> AnyAsync(IStores stores)
        {
            foreach (var id in sample)
                if (await stores.Spent.IsSpentAsync(id, ct)) return true;
            return false;
        }
    }
}
