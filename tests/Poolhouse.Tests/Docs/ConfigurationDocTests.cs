using System.Text;
using System.Text.RegularExpressions;

namespace Poolhouse.Tests.Docs;

/// <summary>docs/configuration.md is made from the doc comments of ServerOptions.</summary>
public sealed partial class ConfigurationDocTests
{
    [Fact]
    public void The_list_of_options_says_what_the_code_says()
    {
        var source = File.ReadAllText(Repository.PathOf("src", "Poolhouse.Server", "Options", "ServerOptions.cs"));

        var text = new StringBuilder("""
            # Configuration

            Every option can stand in `appsettings.json` (section `Poolhouse`), in the environment as `POOLHOUSE__NAME`, in a `.env` file of the
            working directory, or on the command line as `--name value`; the later of these wins. An option that does not exist stops the start and
            names the nearest one that does. `POOLHOUSE_MASTER_KEY` is read too. Made from the code: `UPDATE_DOCS=1 ./test --filter ConfigurationDoc`.

            | Option | Environment | What it is |
            |---|---|---|

            """);
        foreach (Match option in Option().Matches(source))
        {
            var name = option.Groups["name"].Value;
            text.Append($"| {name} | `POOLHOUSE__{name.ToUpperInvariant()}` | {Plain(option.Groups["summary"].Value)} |\n");
        }

        Repository.ShouldHold("docs/configuration.md", text.ToString());
    }

    private static string Plain(string summary)
    {
        var text = Reference().Replace(summary, "`${name}`");
        text = text.Replace("<c>", "`").Replace("</c>", "`").Replace("&amp;", "&").Replace("///", "").Replace("|", "\\|");
        return Space().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"/// <summary>(?<summary>(?:(?!</summary>)[\s\S])*)</summary>\s*public [\w<>\[\]?, ]+ (?<name>\w+) \{ get; set; \}", RegexOptions.ExplicitCapture)]
    private static partial Regex Option();

    [GeneratedRegex("""<see cref="(?<name>\w+)"/>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
