using System.Diagnostics;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>The disk under the embedded database is full, until somebody makes room: a file system of its own in memory, which only root can make.</summary>
internal sealed class DiskFull : Fault
{
    private const int Megabytes = 48;

    private string folder = "";

    public override string Name => "The disk under SQLite is full";

    public override string Note => "What only reads goes on; what would write is told to come back.";

    public override bool IsShared => false;

    public override int MayCopyMails => 8;

    public override int MayRepeatMails => 1;

    public override Task<Installation> StartAsync() => Installation.StartEmbeddedAsync(Mount, Unmount);

    public override async Task BeginAsync(Installation on)
    {
        folder = on.DataFolder;
        try
        {
            await using var filler = new FileStream(Path.Combine(folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
            var block = new byte[4096];
            for (var i = 0; i < Megabytes * 256; i++) filler.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public override Task EndAsync(Installation on)
    {
        File.Delete(Path.Combine(folder, "filler"));
        return Task.CompletedTask;
    }

    private static void Mount(string path)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "poolhouse-faults", path)) return;
        Assert.Skip("Only root can make a small file system.");
    }

    private static void Unmount(string path) => Run("umount", "--lazy", path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
