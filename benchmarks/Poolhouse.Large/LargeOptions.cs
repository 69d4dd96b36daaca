using Poolhouse.Load;

namespace Poolhouse.Large;

/// <summary>What to load and how long to measure.</summary>
internal sealed class LargeOptions
{
    /// <summary>Shown for a wrong argument.</summary>
    public const string Usage = """
        Options:
          --server PATH        the server's Poolhouse.Server.dll; benchmarks/large fills it in
          --database both      sqlite, postgres or both
          --users 1000000      users of the large pool, 10,000 to 5,000,000; the small one has 1,000
          --pools 10000        pools beside the two, 100 to 100,000
          --calls 400          measured calls of each kind to each pool, 20 to 10,000
          --starts 7           measured starts in each state, 1 to 50
        """;

    private LargeOptions(CommandLine line)
    {
        Server = line.Text("server") ?? throw new FormatException("--server is missing.");
        if (!File.Exists(Server)) throw new FormatException($"There is no {Server}.");
        Databases = (line.Text("database") ?? "both") switch
        {
            "both" => ["sqlite", "postgres"],
            "sqlite" => ["sqlite"],
            "postgres" => ["postgres"],
            _ => throw new FormatException("--database is sqlite, postgres or both."),
        };
        Users = line.Number("users", 1_000_000, 10_000, 5_000_000);
        Pools = line.Number("pools", 10_000, 100, 100_000);
        Calls = line.Number("calls", 400, 20, 10_000);
        Starts = line.Number("starts", 7, 1, 50);
    }

    /// <summary>The server's program.</summary>
    public string Server { get; }

    /// <summary>Databases to run on.</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>Users of the large pool.</summary>
    public int Users { get; }

    /// <summary>Pools beside the two that are compared.</summary>
    public int Pools { get; }

    /// <summary>Measured calls of each kind to each pool.</summary>
    public int Calls { get; }

    /// <summary>Measured starts in each state.</summary>
    public int Starts { get; }

    /// <summary>The options, or null with what is wrong.</summary>
    public static LargeOptions? TryParse(string[] arguments, out string problem) =>
        CommandLine.TryParse(arguments, Usage, static line => new LargeOptions(line), out problem);
}
