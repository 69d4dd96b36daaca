namespace Poolhouse.Conformance.Documentation;

/// <summary>
/// The commands of a document that carry the mark <c>&lt;!-- tested --&gt;</c> on the line before their <c>```sh</c> fence.
/// </summary>
internal static class TestedCommands
{
    private const string Mark = "<!-- tested -->";

    /// <summary>The blocks of a document as one script, or null where it has none. A failing command is told by its block's line.</summary>
    public static string? Of(IReadOnlyList<string> lines)
    {
        var script = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Trim() != Mark) continue;
            if (i + 1 == lines.Count || lines[i + 1].Trim() != "```sh")
                throw new InvalidOperationException($"Line {i + 1}: {Mark} stands before a block that is not ```sh.");
            script.Add($"block='the block at line {i + 2}'");
            for (i += 2; lines[i].Trim() != "```"; i++) script.Add(lines[i]);
        }

        if (script.Count == 0) return null;
        return string.Join('\n', ["set -euo pipefail", "trap 'echo \"failed: $block\" >&2' ERR", .. script]);
    }
}
