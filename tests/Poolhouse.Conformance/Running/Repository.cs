namespace Poolhouse.Conformance.Running;

/// <summary>Where things are: these tests run from their build folder and use what the repository holds.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Scripts that drive other people's clients, with their packages.</summary>
    public static string Clients { get; } = Path.Combine(Root, "tests", "Poolhouse.Conformance", "clients");

    /// <summary>The server that was built together with these tests, in the same configuration.</summary>
    public static string Server { get; } =
        Path.Combine(Root, "src", "Poolhouse.Server", "bin", Configuration(), "net10.0", "Poolhouse.Server.dll");

    /// <summary>The sample API, built the same way.</summary>
    public static string ProtectedApi { get; } =
        Path.Combine(Root, "samples", "ProtectedApi", "bin", Configuration(), "net10.0", "ProtectedApi.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Poolhouse.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from the repository's build folders only.");
        return folder.FullName;
    }

    // …/bin/Release/net10.0/
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
