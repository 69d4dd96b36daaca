namespace Poolhouse.Tests.Docs;

/// <summary>The checked-out repository around the running tests.</summary>
internal static class Repository
{
    /// <summary>Set to 1 to write documents anew instead of comparing them.</summary>
    public static bool Updates { get; } = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    /// <summary>The folder that holds Poolhouse.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file's full path.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Compares a document with what the code says, or writes it where that is asked for.</summary>
    public static void ShouldHold(string path, string expected)
    {
        var full = PathOf(path);
        if (Updates) File.WriteAllText(full, expected);
        File.Exists(full).ShouldBeTrue($"{path} is missing; run the tests with UPDATE_DOCS=1.");
        File.ReadAllText(full).ShouldBe(expected, $"{path} is not what the code says; run the tests with UPDATE_DOCS=1.");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Poolhouse.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Tests run outside the repository.");
        return folder;
    }
}
