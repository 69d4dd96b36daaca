using System.Reflection;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Cluster;

namespace Poolhouse.Tests.Docs;

/// <summary>The table of what holds with many nodes names the tests that show it: all of them, and no others.</summary>
public sealed partial class InvariantsTests
{
    [Fact]
    public void Every_row_names_a_test_and_every_test_has_a_row()
    {
        var named = Rows().Matches(File.ReadAllText(Repository.PathOf("docs", "invariants.md"))).Select(match => match.Groups["test"].Value);

        var tests = typeof(SharedCluster).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(SharedCluster).Namespace)
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
            .Select(method => method.Name);

        named.Order(StringComparer.Ordinal).ShouldBe(tests.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\|.*\| `(?<test>\w+)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();
}
