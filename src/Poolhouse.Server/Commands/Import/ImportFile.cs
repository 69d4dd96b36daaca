using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Poolhouse.Core.Imports.Local;
using Poolhouse.Core.Pools;

namespace Poolhouse.Server.Commands.Import;

/// <summary>The file of an import, read in pieces; never more of it than one piece is in memory.</summary>
internal sealed class ImportFile : IDisposable
{
    private const int PieceLength = 256 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly ImportFormat _format;

    private ImportFile(SafeFileHandle handle, ImportFormat format) => (_handle, _format, Length) = (handle, format, RandomAccess.GetLength(handle));

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Opens it; others may read it meanwhile.</summary>
    /// <exception cref="StartupException">It can't be read.</exception>
    public static ImportFile Open(string path, ImportFormat format)
    {
        try
        {
            return new ImportFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan | FileOptions.Asynchronous), format);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartupException($"{path} can't be read: {failure.Message}");
        }
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>What the file is, whatever its name: SHA-256 over its format and its bytes, in hex.</summary>
    public async Task<string> DigestAsync(CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{_format}\n"));
        var read = Reader();
        for (var position = 0L; await read(position, ct) is { IsEmpty: false } piece; position += piece.Length) hash.AppendData(piece.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The rows from a place on.</summary>
    /// <param name="pool">Whose attributes the columns are.</param>
    /// <param name="options">Whether passwords in clear are allowed.</param>
    /// <param name="position">Bytes; 0 for the first row.</param>
    /// <param name="line">The line number there.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="StartupException">The header can't be used.</exception>
    public async Task<ILocalRecords> RecordsAsync(UserPool pool, ImportOptions options, long position, long line, CancellationToken ct)
    {
        if (_format == ImportFormat.JsonLines) return new JsonLineRecords(pool, Reader(), position, line);
        var (records, problem) = await CsvRecords.OpenAsync(pool, Reader(), position, line, ct);
        if (records is null) throw new StartupException(problem!);
        if (records.Has(LocalColumns.Password) && !options.AllowsPlainPasswords)
            throw new StartupException("The file has a column password: passwords in clear need --allow-plain-passwords.");
        return records;
    }

    private Func<long, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Reader()
    {
        var buffer = new byte[PieceLength];
        return async (position, ct) => buffer.AsMemory(0, await RandomAccess.ReadAsync(_handle, buffer, position, ct));
    }
}
