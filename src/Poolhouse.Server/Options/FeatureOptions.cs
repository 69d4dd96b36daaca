namespace Poolhouse.Server.Options;

/// <summary>A feature that is on for some; one entry of Features. It is on for who is named by any of these.</summary>
internal sealed class FeatureOptions
{
    /// <summary>On for everybody. Default false.</summary>
    public bool Everybody { get; set; }

    /// <summary>On for these accounts: their ids or e-mail addresses.</summary>
    public string[] Users { get; set; } = [];

    /// <summary>On for so many percent of the members of groups of the pool, 0–100: <c>Features:beta:Groups:testers = 100</c>.</summary>
    public Dictionary<string, double> Groups { get; set; } = new(StringComparer.Ordinal);

    /// <summary>On for so many percent of all accounts, 0–100; always the same ones. Default 0.</summary>
    public double Percentage { get; set; }
}
