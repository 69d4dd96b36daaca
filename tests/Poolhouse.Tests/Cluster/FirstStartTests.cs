using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>Three nodes were started at once on an empty database, and agree on everything that a first start makes.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FirstStartTests(SharedCluster shared) : IDisposable
{
    private readonly TestCluster cluster = shared.Cluster;

    public void Dispose() => cluster.TellIfFailed();

    [Fact]
    public async Task There_is_one_schema_with_one_of_each_pool_and_client()
    {
        await using var client = cluster.NewClient();

        foreach (var node in client.Each())
        {
            var pools = await node.DoAsync("ListUserPools", new JsonObject { ["MaxResults"] = 60 });
            pools["UserPools"]!.AsArray().Select(pool => pool!["Id"]!.GetValue<string>()).Where(id => id.StartsWith("us-east-1_Poolhouse", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).ShouldBe(["us-east-1_Poolhouse", "us-east-1_PoolhouseSwp"]);
            var clients = await node.DoAsync("ListUserPoolClients", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["MaxResults"] = 60 });
            clients["UserPoolClients"]!.AsArray().Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Somebody_who_does_not_exist_has_one_salt_on_all_nodes()
    {
        await using var client = cluster.NewClient();
        var salts = new List<string>();

        // Another one would tell that there is no such user: those that exist have one everywhere.
        foreach (var node in client.Each())
        {
            var answer = await node.CallAsync("InitiateAuth", new JsonObject
            {
                ["ClientId"] = "poolhousewebclient00000000",
                ["AuthFlow"] = "USER_SRP_AUTH",
                ["AuthParameters"] = new JsonObject { ["USERNAME"] = "nobody@example.com", ["SRP_A"] = new string('7', 700) },
            });
            salts.Add(answer.ShouldAskFor("PASSWORD_VERIFIER").Parameter("SALT"));
        }

        salts.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }
}
