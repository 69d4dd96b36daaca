namespace Poolhouse.Server;

/// <summary>The folder of the embedded database and of the development key. Only its owner may look into it: it holds personal data.</summary>
internal static class DataFolder
{
    /// <summary>Makes the folder if it isn't there; one that is keeps its permissions.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
