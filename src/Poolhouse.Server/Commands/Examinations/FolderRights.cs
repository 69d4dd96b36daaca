namespace Poolhouse.Server.Commands.Examinations;

/// <summary>What this user may do in a folder.</summary>
internal static class FolderRights
{
    /// <summary>Whether a file can be made there; it is gone again at once. A folder that isn't there counts by its parent, where it would be made.</summary>
    public static bool CanWrite(string folder)
    {
        var present = Path.GetFullPath(folder);
        while (!Directory.Exists(present))
        {
            if (File.Exists(present) || Path.GetDirectoryName(present) is not { } parent) return false;
            present = parent;
        }

        try
        {
            using var probe = new FileStream(
                Path.Combine(present, $".poolhouse-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            probe.WriteByte(1);
            probe.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
