using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Docs;

namespace Poolhouse.Tests.PastFailures;

/// <summary>docs/past-failures.md has every number, names tests that exist, and leaves out none of this folder.</summary>
public sealed partial class PastFailuresDocTests
{
    // Of the list that the numbers are from, "Identity security", section 3.2.
    private const int Last = 60;

    private static readonly HashSet<string> Tests =
    [
        .. typeof(PastFailuresDocTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute))
            .Select(method => method.Name),
    ];

    private static readonly List<(int Number, string Here)> Rows =
    [
        .. Row().Matches(File.ReadAllText(Repository.PathOf("docs", "past-failures.md")))
            .Select(row => (int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture), row.Groups["here"].Value)),
    ];

    [Fact]
    public void Every_number_has_one_row() => Rows.Select(row => row.Number).ShouldBe(Enumerable.Range(1, Last));

    [Fact]
    public void Every_row_names_a_test_or_says_why_there_is_none()
    {
        foreach (var (number, here) in Rows)
        {
            var named = Named(here);
            if (named.Count == 0) here.ShouldMatch(@"does not apply", $"row {number}");
            named.Where(name => !Tests.Contains(name)).ShouldBeEmpty($"row {number}");
            // The first one bears the row's number; others may show it too.
            if (named.Count > 0) named[0].ShouldStartWith($"Failure_{number:D2}_");
        }
    }

    [Fact]
    public void Every_test_with_a_number_stands_in_its_row()
    {
        foreach (var test in Tests.Where(name => name.StartsWith("Failure_", StringComparison.Ordinal)))
        {
            var number = int.Parse(test.AsSpan("Failure_".Length, 2), CultureInfo.InvariantCulture);
            Named(Rows.Single(row => row.Number == number).Here).ShouldContain(test);
        }
    }

    private static List<string> Named(string here) => [.. Code().Matches(here).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \| (?<here>[^|]+) \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Row();

    // A test's name has several words; a scheme or a header in code marks has not.
    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
