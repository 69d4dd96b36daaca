using Poolhouse.Server;

namespace Poolhouse.Tests.Hosting;

public sealed class DataFolderTests
{
    [Fact]
    public void Only_its_owner_may_look_into_it()
    {
        if (OperatingSystem.IsWindows()) return;
        var path = Path.Combine(Path.GetTempPath(), $"poolhouse-folder-{Guid.NewGuid():N}");

        DataFolder.Create(path);

        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(path);
    }
}
