namespace Poolhouse.Tests.Testing.Cluster;

/// <summary>What a cluster is made of; the default is three nodes on a fresh database and a Redis of their own.</summary>
internal sealed record ClusterOptions
{
    /// <summary>Nodes at the start. They start at once.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>PostgreSQL's connection string; null takes a new, empty database of the tests' server.</summary>
    public string? Database { get; init; }

    /// <summary>Redis' connection string; null starts one of the cluster's own.</summary>
    public string? Redis { get; init; }

    /// <summary>Whether nodes have Redis at all.</summary>
    public bool HasRedis { get; init; } = true;

    /// <summary>Where mail goes to; null takes the cluster's own receiver.</summary>
    public string? Smtp { get; init; }

    /// <summary>Further variables of every node's environment, such as <c>POOLHOUSE__RABBITMQ</c>; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}
