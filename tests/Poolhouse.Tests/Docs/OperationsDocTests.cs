using System.Text;
using System.Text.RegularExpressions;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito;
using Poolhouse.Server.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Tests.Docs;

/// <summary>docs/operations.md says of every operation whether it is there; its last column is written by hand and kept.</summary>
public sealed partial class OperationsDocTests
{
    [Fact]
    public void The_table_of_operations_says_what_the_code_says()
    {
        var notes = ReadNotes();

        var text = new StringBuilder("# Operations\n\nWhat each operation of the two services does here. The first three columns are made from the code (`UPDATE_DOCS=1 ./test --filter OperationsDoc`);\nthe last says what differs from Amazon's and why. An operation that is not there answers `UnknownOperationException`.\n");
        Append(text, "User pools (`cognito-idp`)", CognitoIdpModel.Operations, Operations.Table, notes);
        Append(text, "Identity pools (`cognito-identity`)", CognitoIdentityModel.Operations, IdentityOperations.Table, notes);

        Repository.ShouldHold("docs/operations.md", text.ToString());
    }

    private static void Append(
        StringBuilder text, string title, IReadOnlyDictionary<string, OperationModel> models, OperationTable table, Dictionary<string, string> notes)
    {
        var done = table.Rows.Select(r => r.Name).ToHashSet();
        text.Append($"\n## {title}\n\n{done.Count} of {models.Count} are there.\n\n| Operation | Called with | Here | What differs |\n|---|---|---|---|\n");
        foreach (var (name, model) in models.OrderBy(m => m.Key, StringComparer.Ordinal))
            text.Append($"| {name} | {Caller(model.Authorization)} | {(done.Contains(name) ? "yes" : "no")} | {notes.GetValueOrDefault(title + "/" + name, "")} |\n");
    }

    private static string Caller(Authorization authorization) => authorization switch
    {
        Authorization.Public => "nothing",
        Authorization.AccessToken => "access token",
        Authorization.SigV4 => "signature",
        _ => "signature or nothing",
    };

    private static Dictionary<string, string> ReadNotes()
    {
        var path = Repository.PathOf("docs", "operations.md");
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        var title = "";
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) title = line[3..];
            if (Row().Match(line) is { Success: true } row) notes[title + "/" + row.Groups["name"].Value] = row.Groups["note"].Value.Trim();
        }

        return notes;
    }

    [GeneratedRegex(@"^\| (?<name>\w+) \| [^|]* \| [^|]* \|(?<note>[^|]*)\|$", RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
