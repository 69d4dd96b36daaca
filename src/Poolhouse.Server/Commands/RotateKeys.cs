using Poolhouse.Core.Identities;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Server.Commands;

/// <summary>
/// <c>poolhouse rotate-keys</c>: gives one pool, or all, new signing keys at once, beside servers that run. With <c>--retire</c> the old
/// ones go too, for keys that somebody else has: what they signed is refused, by running servers within a second; sessions
/// refresh as before.
/// </summary>
internal static class RotateKeys
{
    private const int PageSize = 60;

    /// <summary>Does it and says what was done.</summary>
    /// <returns>0, or 2 where there is no such pool.</returns>
    /// <param name="args">Its own options and the server's.</param>
    /// <param name="environment">Development, Production, …; null takes DOTNET_ENVIRONMENT.</param>
    public static async Task<int> RunAsync(string[] args, string? environment = null)
    {
        var arguments = new CommandArguments(args);
        var isRetiring = arguments.Flag("--retire");
        var pool = arguments.Option("--pool");
        await using var app = await ServerBuilder.BuildAsync(arguments.Left, environment);
        var keys = app.Services.GetRequiredService<PoolKeys>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var database = app.Services.GetRequiredService<IDatabase>();
        var count = 0;
        await foreach (var id in PoolsAsync(database, pool))
        {
            await keys.RotateAsync(id, clock.GetUtcNow(), CancellationToken.None);
            if (isRetiring) await keys.RetireAsync(id, CancellationToken.None);
            await Console.Out.WriteLineAsync($"{id}: new signing keys{(isRetiring ? "; tokens of the old ones are refused" : "")}");
            count++;
        }

        if (pool is null)
        {
            var identityKeys = app.Services.GetRequiredService<IdentityKeys>();
            await identityKeys.RotateAsync(clock.GetUtcNow(), CancellationToken.None);
            if (isRetiring) await identityKeys.RetireAsync(CancellationToken.None);
        }

        if (count > 0) return 0;
        await Console.Error.WriteLineAsync(pool is null ? "There are no user pools." : $"There is no user pool {pool}.");
        return 2;
    }

    private static async IAsyncEnumerable<PoolId> PoolsAsync(IDatabase database, string? only)
    {
        if (only is not null)
        {
            if (await database.ReadAsync(stores => stores.Pools.FindAsync(new PoolId(only), CancellationToken.None), CancellationToken.None) is { } found)
                yield return found.Id;
            yield break;
        }

        string? after = null;
        do
        {
            var page = await database.ReadAsync(stores => stores.Pools.ListAsync(PageSize, after, CancellationToken.None), CancellationToken.None);
            foreach (var pool in page.Items) yield return pool.Id;
            after = page.Next;
        }
        while (after is not null);
    }
}
