using Poolhouse.Tests.Docs;
using YamlDotNet.RepresentationModel;

namespace Poolhouse.Tests.Deploy;

/// <summary>The files under deploy/, read as what they are.</summary>
internal static class DeployFiles
{
    /// <summary>Every file but the secrets that somebody may have made there.</summary>
    public static IEnumerable<string> Paths => Directory
        .EnumerateFiles(Repository.PathOf("deploy"), "*", SearchOption.AllDirectories)
        .Where(path => !path.StartsWith(Repository.PathOf("deploy", "secrets"), StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>A file's text; its name is below deploy/.</summary>
    public static string Text(string name) => File.ReadAllText(Repository.PathOf("deploy", name));

    /// <summary>The documents of a YAML file; a key that stands twice is an error.</summary>
    public static IReadOnlyList<YamlMappingNode> Documents(string name)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Text(name));
        stream.Load(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(reader)));
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    /// <summary>What stands at a path of keys; null where nothing does.</summary>
    public static YamlNode? At(this YamlNode node, params string[] keys)
    {
        foreach (var key in keys)
        {
            if (node is not YamlMappingNode map || !map.Children.TryGetValue(key, out var next)) return null;
            node = next;
        }

        return node;
    }

    /// <summary>The text at a path of keys; empty where nothing stands.</summary>
    public static string TextAt(this YamlNode node, params string[] keys) => (node.At(keys) as YamlScalarNode)?.Value ?? "";

    /// <summary>The members of a list at a path of keys; none where nothing stands.</summary>
    public static IReadOnlyList<YamlNode> ListAt(this YamlNode node, params string[] keys) => node.At(keys) is YamlSequenceNode list ? [.. list.Children] : [];

    /// <summary>The texts of a list at a path of keys.</summary>
    public static IReadOnlyList<string> TextsAt(this YamlNode node, params string[] keys) => [.. node.ListAt(keys).Select(item => ((YamlScalarNode)item).Value!)];

    /// <summary>The members of a map at a path of keys; none where nothing stands.</summary>
    public static IReadOnlyDictionary<string, YamlNode> MapAt(this YamlNode node, params string[] keys) => node.At(keys) is YamlMappingNode map
        ? map.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => pair.Value, StringComparer.Ordinal)
        : new Dictionary<string, YamlNode>(StringComparer.Ordinal);
}
