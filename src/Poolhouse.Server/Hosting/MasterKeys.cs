using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>Where the master keys come from.</summary>
internal static class MasterKeys
{
    /// <summary>The configured ring; in Development without one, a file in the data folder that only its owner can read.</summary>
    /// <exception cref="StartupException">The keys can't be used.</exception>
    public static MasterKeyRing Load(ServerOptions options, IRandom random)
    {
        try
        {
            return MasterKeyRing.Parse(options.MasterKey ?? FromDataFolder(options, random));
        }
        catch (FormatException e)
        {
            throw new StartupException(e.Message);
        }
    }

    private static string FromDataFolder(ServerOptions options, IRandom random)
    {
        var path = Path.Combine(options.Data, "master.key");
        DataFolder.Create(options.Data);
        if (!File.Exists(path))
        {
            var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, creation);
            file.Write(Convert.ToBase64String(random.Bytes(MasterKeyRing.KeyLength)));
        }

        return File.ReadAllText(path).Trim();
    }
}
