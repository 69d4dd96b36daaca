using System.Text.RegularExpressions;
using System.Xml.Linq;
using Poolhouse.Core.Pools;
using Poolhouse.Protocol;
using Poolhouse.Tests.Docs;

namespace Poolhouse.Tests.Architecture;

public sealed partial class LayeringTests
{
    // Each speaks one protocol or serves one kind of caller; what two of them need belongs to Core or beside them in the server.
    private static readonly string[] Slices = ["Account", "Admin", "Cognito", "CognitoIdentity", "Development", "Mailbox", "Oidc"];

    [Fact]
    public void A_slice_uses_no_other_slice()
    {
        var sideways = new List<string>();

        foreach (var slice in Slices.Where(s => Directory.Exists(Repository.PathOf("src", "Poolhouse.Server", s))))
            foreach (var (path, text) in Source.In("Poolhouse.Server", slice))
                foreach (var other in Slices.Where(s => s != slice && Regex.IsMatch(text, $@"\bPoolhouse\.Server\.{s}\b", RegexOptions.None, TimeSpan.FromSeconds(1))))
                    sideways.Add($"{path} uses {other}");

        sideways.ShouldBeEmpty();
    }

    [Fact]
    public void Wire_and_core_know_no_slice()
    {
        var upward = Source.In("Poolhouse.Server", "Wire").Concat(Source.In("Poolhouse.Core")).Concat(Source.In("Poolhouse.Storage")).Concat(Source.In("Poolhouse.Messaging")).Concat(Source.In("Poolhouse.Amazon"))
            .Where(f => Slices.Any(s => f.Text.Contains($"Poolhouse.Server.{s}", StringComparison.Ordinal)))
            .Select(f => f.Path);

        upward.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(UserPool))]
    [InlineData(typeof(OperationModel))]
    public void It_references_nothing_but_the_base_library(Type type)
    {
        var references = type.Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();

        references.ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal) || name == "System");
    }

    [Theory]
    [InlineData("Poolhouse.Amazon", "Poolhouse.Core")]
    [InlineData("Poolhouse.AspNetCore")]
    [InlineData("Poolhouse.Core")]
    [InlineData("Poolhouse.Protocol")]
    [InlineData("Poolhouse.Storage", "Poolhouse.Core")]
    [InlineData("Poolhouse.Messaging", "Poolhouse.Core")]
    [InlineData("Poolhouse.Server", "Poolhouse.Amazon", "Poolhouse.Core", "Poolhouse.Messaging", "Poolhouse.Protocol", "Poolhouse.Storage")]
    public void A_project_references_only_what_stands_below_it(string project, params string[] below)
    {
        var file = XDocument.Load(Repository.PathOf("src", project, project + ".csproj"));

        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        references.Order(StringComparer.Ordinal).ShouldBe(below);
    }

    [Fact]
    public void Sql_is_in_storage_only()
    {
        string[] projects = ["Poolhouse.Amazon", "Poolhouse.Core", "Poolhouse.Messaging", "Poolhouse.Protocol", "Poolhouse.Server"];

        var elsewhere = projects.SelectMany(p => Source.In(p)).Where(f => Sql().IsMatch(f.Text) || f.Text.Contains("using Npgsql", StringComparison.Ordinal)
            || f.Text.Contains("using Microsoft.Data", StringComparison.Ordinal)).Select(f => f.Path);

        elsewhere.ShouldBeEmpty();
    }

    [Fact]
    public void No_statement_selects_everything()
    {
        var careless = Source.In("Poolhouse.Storage").Where(f => SelectStar().IsMatch(f.Text)).Select(f => f.Path);

        careless.ShouldBeEmpty();
    }

    [Fact]
    public void Only_edges_catch_everything()
    {
        var catches = Source.In().Where(f => CatchAll().IsMatch(f.Text)).Select(f => f.Path).Order(StringComparer.Ordinal).ToList();

        // The endpoint, the background loops, and what must undo its own work whatever happened.
        catches.ShouldAllBe(path => Edges.Contains(path), string.Join('\n', catches));
    }

    private static readonly HashSet<string> Edges = new(StringComparer.Ordinal)
    {
        "Poolhouse.Server/Wire/CognitoEndpoint.cs",
        "Poolhouse.Messaging/Outbox/OutboxDelivery.cs",
        "Poolhouse.Messaging/Outbox/OutboxRelay.cs",
        "Poolhouse.Core/Passwords/HashWork.cs",
        "Poolhouse.Core/Primitives/Repeated.cs",
        "Poolhouse.Messaging/Queue/QueueConsumer.cs",
        "Poolhouse.Server/Health/EngineAsking.cs",
        "Poolhouse.Storage/SqliteUnit.cs",
        "Poolhouse.Storage/SqliteWriter.cs",
    };

    [GeneratedRegex(@"(?m)^\s*""?(select\s+[\w.,\s*@()]+\s+from|insert into|delete from|create table|update \w+\s+set)\s")]
    private static partial Regex Sql();

    [GeneratedRegex(@"select\s+\*")]
    private static partial Regex SelectStar();

    [GeneratedRegex(@"catch \(Exception(?: \w+)?\)\s*\r?\n")]
    private static partial Regex CatchAll();
}
