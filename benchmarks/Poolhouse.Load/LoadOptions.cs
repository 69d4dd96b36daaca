using System.Globalization;
using System.Net;
using Poolhouse.Core.Passwords;

namespace Poolhouse.Load;

/// <summary>What to run and for how long.</summary>
internal sealed class LoadOptions
{
    /// <summary>Shown for a wrong argument.</summary>
    public const string Usage = """
        Options:
          --url http://127.0.0.1:8010   the server; only this machine is ever called
          --profile development         the hash profile the server runs with: development or production
          --only refresh,get-user       scenarios to run; without it all that fit the profile
          --server-process 123          the server's process id, to count its processor time
          --connections 16              requests in flight, 1 to 256
          --seconds 5                   length of one measurement, 1 to 60
          --wait 0                      seconds to wait, at most, before each measurement until the machine is idle, 0 to 600
          --rounds 3                    measurements of each scenario and of its limit; the best of each counts, 1 to 20
        """;

    private LoadOptions(CommandLine line)
    {
        Url = new Uri(line.Text("url") ?? "http://127.0.0.1:8010");
        IsProduction = (line.Text("profile") ?? "development") switch
        {
            "production" => true,
            "development" => false,
            _ => throw new FormatException("--profile is development or production."),
        };
        Only = line.Text("only")?.Split(',') ?? [];
        ServerProcess = line.Text("server-process") is { } process ? int.Parse(process, CultureInfo.InvariantCulture) : null;
        Connections = line.Number("connections", IsProduction ? 32 : 16, 1, 256);
        Length = TimeSpan.FromSeconds(line.Number("seconds", 5, 1, 60));
        Rounds = line.Number("rounds", 3, 1, 20);
        Patience = TimeSpan.FromSeconds(line.Number("wait", 0, 0, 600));
        if (Url.Scheme != "http" || !Url.IsLoopback) throw new FormatException("--url must be http on this machine.");
    }

    /// <summary>The server.</summary>
    public Uri Url { get; }

    /// <summary>The server's address on the loopback interface.</summary>
    public IPEndPoint EndPoint => new(IPAddress.TryParse(Url.Host, out var address) ? address : IPAddress.Loopback, Url.Port);

    /// <summary>Whether the server hashes passwords at full cost.</summary>
    public bool IsProduction { get; }

    /// <summary>The server's hash profile.</summary>
    public HashProfile HashProfile => IsProduction ? HashProfile.Production : HashProfile.Development;

    /// <summary>Names of scenarios; empty for all.</summary>
    public IReadOnlyList<string> Only { get; }

    /// <summary>The server's process id; null when it was not told.</summary>
    public int? ServerProcess { get; }

    /// <summary>Requests in flight.</summary>
    public int Connections { get; }

    /// <summary>How long one measurement takes.</summary>
    public TimeSpan Length { get; }

    /// <summary>How long to wait for an idle machine before each measurement.</summary>
    public TimeSpan Patience { get; }

    /// <summary>How often each measurement is made.</summary>
    public int Rounds { get; }

    /// <summary>The options, or null with what is wrong.</summary>
    public static LoadOptions? TryParse(string[] arguments, out string problem) =>
        CommandLine.TryParse(arguments, Usage, static line => new LoadOptions(line), out problem);
}
