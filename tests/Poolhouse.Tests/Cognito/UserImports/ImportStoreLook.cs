using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserImports;

/// <summary>What another node would do, and a look at files that no operation shows.</summary>
internal static class ImportStoreLook
{
    private const string OtherNode = "other node";

    /// <summary>Starts a job and has another node lease it, in one transaction, so that this server's runner finds nothing to do.</summary>
    public static async Task StartForOtherNodeAsync(World world, string poolId, string jobId)
    {
        var (database, now) = Of(world);
        await database.WriteAsync(async unit =>
        {
            await unit.Imports.StartAsync(new PoolId(poolId), jobId, now, CancellationToken.None);
            return await unit.Imports.LeaseAsync(OtherNode, TimeSpan.FromHours(1), now, CancellationToken.None);
        }, CancellationToken.None);
    }

    /// <summary>The other node gives it back.</summary>
    public static async Task ReleaseAsync(World world, string poolId, string jobId)
    {
        var (database, _) = Of(world);
        await database.WriteAsync(async unit =>
        {
            var job = await unit.Imports.FindAsync(new PoolId(poolId), jobId, CancellationToken.None);
            return await unit.Imports.ReleaseAsync(job!, OtherNode, CancellationToken.None);
        }, CancellationToken.None);
    }

    /// <summary>What upkeep does every minute.</summary>
    public static Task<int> ExpireAsync(World world) =>
        world.Services.GetRequiredService<IDatabaseMaintenance>().RemoveExpiredAsync(Of(world).Now, CancellationToken.None);

    /// <summary>Whether a job's file is there.</summary>
    public static async Task<bool> HasFileAsync(World world, string poolId, string jobId) => await Of(world).Database.ReadAsync(
        async stores =>
        {
            var job = await stores.Imports.FindAsync(new PoolId(poolId), jobId, CancellationToken.None);
            return await stores.Imports.FindChunkAsync(job!, 0, CancellationToken.None) is not null;
        },
        CancellationToken.None);

    private static (IDatabase Database, DateTimeOffset Now) Of(World world) =>
        (world.Services.GetRequiredService<IDatabase>(), world.Services.GetRequiredService<TimeProvider>().GetUtcNow());
}
