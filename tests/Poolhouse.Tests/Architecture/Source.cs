using Poolhouse.Tests.Docs;

namespace Poolhouse.Tests.Architecture;

/// <summary>The product's source files as text.</summary>
internal static class Source
{
    /// <summary>Every C# file of a folder below src, generated ones left out; paths relative to src, with forward slashes.</summary>
    public static IEnumerable<(string Path, string Text)> In(params string[] folder)
    {
        var root = Repository.PathOf("src");
        return Directory.EnumerateFiles(Path.Combine([root, .. folder]), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
            .Where(f => !f.Path.Contains("/obj/", StringComparison.Ordinal) && !f.Path.Contains("/bin/", StringComparison.Ordinal)
                && !f.Path.EndsWith(".g.cs", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllText(f.File)));
    }
}
