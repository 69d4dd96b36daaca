namespace Poolhouse.Conformance.Running;

/// <summary>A tool that may be absent: without it a test is skipped on a laptop and fails in CI.</summary>
internal static class Need
{
    private static readonly bool IsCi = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Answers <paramref name="tool"/> if it is there.</summary>
    public static string Tool(string? tool, string name)
    {
        if (tool is null && IsCi) throw new InvalidOperationException($"{name} is not installed, but CI has to test with it.");
        Assert.SkipUnless(tool is not null, $"{name} is not installed.");
        return tool!;
    }

    /// <summary>The first of <paramref name="paths"/> that exists, else <paramref name="program"/> on PATH.</summary>
    public static string? Find(string program, params string[] paths) =>
        paths.FirstOrDefault(File.Exists)
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
