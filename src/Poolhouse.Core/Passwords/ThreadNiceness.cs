using System.Runtime.InteropServices;

namespace Poolhouse.Core.Passwords;

/// <summary>
/// Lets the calling thread yield the processor to all others, so that a sign-in storm never slows refreshes. .NET's own thread
/// priorities do nothing on Linux.
/// </summary>
internal static partial class ThreadNiceness
{
    private const int PrioProcess = 0;
    private const uint CallingThread = 0;
    private const int Niceness = 10;

    /// <summary>Best effort: where it cannot be done, hashing merely competes as an equal.</summary>
    public static void Lower()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            // On Linux the "process" 0 of setpriority(2) is the calling thread, a known departure from POSIX.
            _ = SetPriority(PrioProcess, CallingThread, Niceness);
        }
        catch (Exception absent) when (absent is DllNotFoundException or EntryPointNotFoundException)
        {
            return;
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
