using System.Text;

namespace Poolhouse.Server.Logs;

/// <summary>JSON lines in a file; at 100 MB it becomes <c>.1</c>, that <c>.2</c>, up to <c>.9</c>, which goes.</summary>
internal sealed class FileLogSink(string path) : ILogSink
{
    private const long MostBytes = 100 * 1024 * 1024;
    private const int MostFiles = 9;

    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<string> lines, CancellationToken ct)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        if (File.Exists(path) && new FileInfo(path).Length >= MostBytes) Rotate();
        // Written at once, so that a failure leaves no half of the lines; read by others while it grows.
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        await file.WriteAsync(bytes, ct);
        file.Flush(flushToDisk: true);
    }

    private void Rotate()
    {
        for (var i = MostFiles - 1; i >= 1; i--)
            if (File.Exists($"{path}.{i}")) File.Move($"{path}.{i}", $"{path}.{i + 1}", overwrite: true);
        File.Move(path, path + ".1", overwrite: true);
    }
}
