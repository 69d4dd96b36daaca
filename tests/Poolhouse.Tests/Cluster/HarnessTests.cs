using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>That the cluster of these tests is one.</summary>
[Collection(ClusterCollection.Name)]
public sealed class HarnessTests(SharedCluster shared) : IDisposable
{
    private readonly TestCluster cluster = shared.Cluster;

    public void Dispose() => cluster.TellIfFailed();

    [Fact]
    public async Task Three_nodes_that_start_at_once_on_an_empty_database_make_one_installation()
    {
        await using var client = cluster.NewClient();

        var pools = await client.Front.DoAsync("ListUserPools", new JsonObject { ["MaxResults"] = 60 });

        pools["UserPools"]!.AsArray().Select(pool => pool!["Id"]!.GetValue<string>()).Where(id => id.Contains("_Poolhouse", StringComparison.Ordinal)).Order()
            .ShouldBe(["us-east-1_Poolhouse", "us-east-1_PoolhouseSwp"]);
        foreach (var node in client.Each())
            (await node.DoAsync("ListUserPoolClients", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["MaxResults"] = 60 }))["UserPoolClients"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Requests_go_round_and_mail_comes()
    {
        await using var client = cluster.NewClient();
        var before = cluster.Nodes.Select(node => cluster.Front.Served.GetValueOrDefault(node.Name)).ToList();

        var account = await client.Front.AccountAsync();
        for (var i = 0; i < 6; i++) (await account.GetAsync("me")).Good();

        var served = cluster.Nodes.Select((node, i) => cluster.Front.Served.GetValueOrDefault(node.Name) - before[i]).ToList();
        served.ShouldAllBe(count => count >= 2);
        cluster.Front.Failures.ShouldBeEmpty();
    }
}
