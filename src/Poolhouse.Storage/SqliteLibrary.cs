using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Poolhouse.Storage;

/// <summary>Decides which SQLite is loaded: the system's where it is newer than the one in the package, which is from 2021.</summary>
internal static class SqliteLibrary
{
    private const string NativeName = "e_sqlite3";
    private const string SystemName = "libsqlite3.so.0";

    // The package carries 3.35.5; RETURNING came with 3.35.0.
    private const int BundledVersion = 3_035_005;

    private static readonly Lazy<string> LoadedVersion = new(Load);

    /// <summary>Loads the library if that has not happened; answers its version, e.g. <c>3.40.1</c>.</summary>
    public static string Version => LoadedVersion.Value;

    private static string Load()
    {
        // The resolver must stand before the first call into the provider.
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();

        // A connection belongs to one thread at a time: a reader to whoever rented it, the writer's to its thread. So SQLite need
        // not take a mutex for every column that is read. Refused if SQLite is at work already; then it goes on with mutexes.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != NativeName || !NativeLibrary.TryLoad(SystemName, out var library)) return 0;
        if (NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var export)
            && Marshal.GetDelegateForFunctionPointer<VersionNumber>(export)() > BundledVersion)
            return library;

        NativeLibrary.Free(library);
        return 0;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();
}
