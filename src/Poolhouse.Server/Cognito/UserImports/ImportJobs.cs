using Poolhouse.Core.Imports;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>Finds the job that a request names.</summary>
internal sealed class ImportJobs(Resources resources, IDatabase database)
{
    /// <summary>The job of a pool.</summary>
    public async ValueTask<ImportJob> JobAsync(string poolId, string id, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(poolId, ct);
        return await database.ReadAsync(stores => stores.Imports.FindAsync(pool.Id, id, ct), ct)
            ?? throw CognitoException.ResourceNotFound("User import job does not exist.");
    }

    /// <summary>Refuses what may not be done to a pool while users come into it.</summary>
    public static async ValueTask DemandNoneAsync(IStores stores, PoolId pool, CancellationToken ct)
    {
        if (await stores.Imports.IsAnyUnderWayAsync(pool, ct))
            throw CognitoException.UserImportInProgress("A user import job is in progress in the user pool.");
    }
}
