using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Objects;

/// <summary>
/// Objects as files of a folder that only this user may look into, spread over 256 folders by the first two digits of their names. A file appears
/// under its name only once it is whole and on the disk.
/// </summary>
internal sealed class FolderObjects(string folder, IRandom random) : IObjectStore
{
    private const int NameLength = 32;

    /// <inheritdoc/>
    public async Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var path = PathOf(name);
        var temporary = Path.Combine(folder, $"{name}.{random.UuidText()}.part");
        try
        {
            DataFolder.Create(folder);
            DataFolder.Create(Path.GetDirectoryName(path)!);
            await using var file = new FileStream(temporary, Exclusive());
            await file.WriteAsync(bytes, ct);
            file.Flush(flushToDisk: true);
            // Within one file system a rename is whole or not at all. It changes the file's inode too, so the second flush takes the journal with the
            // new name along: without it a power cut could leave a row whose object is not there.
            File.Move(temporary, path, overwrite: true);
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw new ObjectStoreException("The folder of objects can't be written.", failure);
        }
        catch (OperationCanceledException)
        {
            Discard(temporary);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(string name, int most, CancellationToken ct)
    {
        try
        {
            await using var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (file.Length > most) throw new ObjectStoreException("The object is larger than any that was written.");
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, ct);
            return bytes;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ObjectStoreException("The folder of objects can't be read.", failure);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken ct)
    {
        try
        {
            var path = PathOf(name);
            // What a stopped upload left half written.
            if (Directory.Exists(folder))
                foreach (var part in Directory.EnumerateFiles(folder, name + ".*.part")) File.Delete(part);
            File.Delete(path);
            return Task.CompletedTask;
        }
        catch (DirectoryNotFoundException)
        {
            return Task.CompletedTask;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ObjectStoreException("The folder of objects can't be written.", failure);
        }
    }

    private static FileStreamOptions Exclusive()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The leftover's upkeep finds it.
        }
    }

    // Names are made here and never come from a request, but a path is no place to trust that.
    private string PathOf(string name) => name.Length == NameLength && name.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(folder, name[..2], name)
        : throw new ArgumentException("An object's name is 32 hex digits.", nameof(name));
}
