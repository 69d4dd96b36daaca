using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Objects;

namespace Poolhouse.Tests.Objects;

public sealed class FolderObjectsTests : IDisposable
{
    private const string Name = "0123456789abcdef0123456789abcdef";

    private readonly string root = Directory.CreateTempSubdirectory("poolhouse-objects-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(root, "kyc");

    private FolderObjects Objects => new(Folder, new SystemRandom());

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task What_was_put_is_found_until_it_is_deleted()
    {
        (await Objects.FindAsync(Name, 100, Ct)).ShouldBeNull();
        await Objects.DeleteAsync(Name, Ct);
        await Objects.PutAsync(Name, new byte[] { 1, 2, 3 }, Ct);
        await Objects.PutAsync(Name, new byte[] { 1, 2, 3 }, Ct);

        (await Objects.FindAsync(Name, 100, Ct)).ShouldBe([1, 2, 3]);
        await Should.ThrowAsync<ObjectStoreException>(() => Objects.FindAsync(Name, 2, Ct));
        Directory.EnumerateFiles(Folder).ShouldBeEmpty("Nothing half written is left.");

        await Objects.DeleteAsync(Name, Ct);
        (await Objects.FindAsync(Name, 100, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Only_the_server_may_look_into_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        await Objects.PutAsync(Name, new byte[] { 1 }, Ct);

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
#pragma warning disable CA1416 // Skipped above.
        foreach (var path in (string[])[Folder, Path.Combine(Folder, "01"), Path.Combine(Folder, "01", Name)]) (File.GetUnixFileMode(path) & others).ShouldBe(UnixFileMode.None, path);
#pragma warning restore CA1416
    }

    [Fact]
    public async Task What_a_killed_upload_left_half_written_goes_with_its_name()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllBytesAsync(Path.Combine(Folder, Name + ".x.part"), new byte[10], Ct);

        await Objects.DeleteAsync(Name, Ct);

        Directory.EnumerateFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_is_said()
    {
        await File.WriteAllTextAsync(Folder, "a file", Ct);

        await Should.ThrowAsync<ObjectStoreException>(() => Objects.PutAsync(Name, new byte[] { 1 }, Ct));
    }

    [Theory]
    [InlineData("../../../../../../../etc/passwd0")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("")]
    public async Task Names_are_of_one_form(string name) => await Should.ThrowAsync<ArgumentException>(() => Objects.FindAsync(name, 1, Ct));
}
