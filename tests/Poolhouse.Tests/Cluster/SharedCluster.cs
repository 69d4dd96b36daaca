using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>Three nodes for all tests that leave them as they are. These tests run one after the other, once all others are done: they bound time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterCollection : ICollectionFixture<SharedCluster>
{
    /// <summary>For <c>[Collection(ClusterCollection.Name)]</c>.</summary>
    public const string Name = "cluster";
}

/// <summary>The nodes. Beside the usual application there is <c>letters</c>, which confirms accounts by a link.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private static readonly ClusterOptions Options = new()
    {
        Environment = new Dictionary<string, string?>
        {
            ["POOLHOUSE__DEFAULTAPPLICATION"] = "ltd",
            ["POOLHOUSE__APPLICATIONS__ltd__USERPOOLID"] = "us-east-1_Poolhouse",
            ["POOLHOUSE__APPLICATIONS__ltd__CLIENTID"] = "poolhouseaccountapi0000000",
            ["POOLHOUSE__APPLICATIONS__letters__USERPOOLID"] = "us-east-1_PoolhouseSwp",
            ["POOLHOUSE__APPLICATIONS__letters__CLIENTID"] = "poolhouseswpclient00000000",
            ["POOLHOUSE__APPLICATIONS__letters__CONFIRMBY"] = "Link",
        },
    };

    /// <summary>The cluster.</summary>
    internal TestCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await TestCluster.StartAsync(Options);

    public ValueTask DisposeAsync() => Cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
