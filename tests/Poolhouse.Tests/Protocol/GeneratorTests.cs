using System.Runtime.CompilerServices;
using Poolhouse.ModelGenerator;

namespace Poolhouse.Tests.Protocol;

public sealed class GeneratorTests
{
    public static TheoryData<string> Services => [.. Service.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public void The_checked_in_sources_are_what_the_generator_makes(string name)
    {
        var service = Service.All.Single(s => s.Name == name);
        var root = Root();
        var folder = Path.Combine(root, "src", "Poolhouse.Protocol", name);

        var made = Generator.Generate(service, File.ReadAllText(Path.Combine(root, "eng", "model", service.ModelFile)));

        var kept = Directory.EnumerateFiles(folder, "*.g.cs").ToDictionary(f => Path.GetFileName(f), File.ReadAllText, StringComparer.Ordinal);
        made.Keys.ShouldBe(kept.Keys, ignoreOrder: true);
        made.Where(f => kept[f.Key] != f.Value).Select(f => f.Key).ShouldBeEmpty("Run: dotnet run --project eng/ModelGenerator");
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
