using Poolhouse.Load;

namespace Poolhouse.Tree;

/// <summary>What to load and how long to measure.</summary>
internal sealed class TreeOptions
{
    private const string Usage = """
        Options:
          --database both      sqlite, postgres or both
          --nodes 1000000      nodes of each tree, 1,000 to 10,000,000
          --calls 1000         measured calls of each kind, 20 to 100,000
        """;

    private TreeOptions(CommandLine line)
    {
        Databases = (line.Text("database") ?? "both") switch
        {
            "both" => ["sqlite", "postgres"],
            "sqlite" => ["sqlite"],
            "postgres" => ["postgres"],
            _ => throw new FormatException("--database is sqlite, postgres or both."),
        };
        Nodes = line.Number("nodes", 1_000_000, 1_000, 10_000_000);
        Calls = line.Number("calls", 1000, 20, 100_000);
    }

    /// <summary>Databases to run on.</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>Nodes of each tree.</summary>
    public int Nodes { get; }

    /// <summary>Measured calls of each kind.</summary>
    public int Calls { get; }

    /// <summary>The options, or null with what is wrong.</summary>
    public static TreeOptions? TryParse(string[] arguments, out string problem) =>
        CommandLine.TryParse(arguments, Usage, static line => new TreeOptions(line), out problem);
}
