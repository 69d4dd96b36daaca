using System.Globalization;
using Poolhouse.Tests.Docs;
using Poolhouse.Tests.Faults.Injection;
using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults;

/// <summary>The table of docs/reliability.md: one row a fault, written by the run that measured it.</summary>
internal static class ReliabilityPage
{
    private const string Begin = "<!-- faults -->";
    private const string End = "<!-- /faults -->";

    private const string Head = """
        | fault | lasted | requests | 503 / unanswered / other error | longest without sign-up, sign-in, refresh, reading, changing | p50 / p99 before → during → after (ms) | slowest mail | mails twice | lost / revoked alive / mails lost |
        |---|---|---|---|---|---|---|---|---|
        """;

    private static readonly string PagePath = Repository.PathOf("docs", "reliability.md");

    /// <summary>The names of the faults that the page has rows of.</summary>
    public static IReadOnlyList<string> Names => [.. Rows().Keys];

    /// <summary>Writes a row, in its place.</summary>
    public static void Write(FaultResult result)
    {
        var rows = Rows();
        rows[result.Fault.Name] = Row(result);
        var page = File.ReadAllText(PagePath);
        var (begin, end) = Bounds(page);
        var table = Catalogue.All.Where(fault => rows.ContainsKey(fault.Name)).Select(fault => rows[fault.Name]);
        File.WriteAllText(PagePath, $"{page[..begin]}\n\n{Head}\n{string.Join('\n', table)}\n\n{page[end..]}");
    }

    /// <summary>For people.</summary>
    public static string Describe(FaultResult result) =>
        $"{Row(result)}\n{string.Join('\n', Enum.GetValues<Service>().Select(service => $"{service}: away {Seconds(result.Seen.Outage(service))}"))}\nended ways in tried: {result.Watched}\n{string.Join('\n', result.Findings)}";

    private static string Row(FaultResult result)
    {
        var seen = result.Seen;
        var note = result.Fault.Note.Length == 0 ? "" : $". {result.Fault.Note}";
        string[] cells =
        [
            $"**{result.Fault.Name}**{note}",
            Seconds(result.Lasted),
            $"{seen.Requests}",
            $"{seen.Away} / {seen.NoAnswer} / {seen.Broken}",
            string.Join(", ", Enum.GetValues<Service>().Select(service => Seconds(seen.Outage(service)))),
            $"{seen.Before} → {seen.During} → {seen.After}",
            Seconds(result.SlowestMail),
            $"{result.MailsTwice}",
            $"{result.Broken(Promise.NothingIsLost)} / {result.Broken(Promise.NothingRevokedLives, Promise.NobodyElseGetsIn)} / {result.Broken(Promise.NoMailVanishes)}",
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Seconds(TimeSpan time) => time == TimeSpan.Zero ? "0" : time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    private static Dictionary<string, string> Rows()
    {
        var page = File.ReadAllText(PagePath);
        var (begin, end) = Bounds(page);
        return page[begin..end].Split('\n').Where(line => line.StartsWith("| **", StringComparison.Ordinal))
            .ToDictionary(line => line[4..line.IndexOf("**", 4, StringComparison.Ordinal)], StringComparer.Ordinal);
    }

    private static (int Begin, int End) Bounds(string page)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new InvalidOperationException($"docs/reliability.md has lost {Begin} and {End}, between which its table stands.");
        return (begin + Begin.Length, end);
    }
}
