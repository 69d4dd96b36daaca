using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Imports.Local;

namespace Poolhouse.Server.Commands.Import;

/// <summary>
/// The rows that failed: a file, CSV or (by its name) JSON lines, or standard error. A file takes its place when it is complete; before, it stands beside
/// it as <c>.part</c>. Only its owner may read it: it has names of people.
/// </summary>
internal sealed class ImportReport : IAsyncDisposable
{
    private readonly TextWriter _writer;
    private readonly string? _path;
    private readonly bool _isJson;

    private ImportReport(TextWriter writer, string? path)
    {
        _writer = writer;
        _path = path;
        _isJson = path is not null && Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson" or ".json";
    }

    /// <summary>Begins it.</summary>
    /// <exception cref="StartupException">The file can't be written.</exception>
    public static async Task<ImportReport> BeginAsync(string? path, CommandConsole console)
    {
        if (path is null) return new ImportReport(console.Error, null);
        try
        {
            var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows()) creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var report = new ImportReport(new StreamWriter(path + ".part", creation), path);
            if (!report._isJson) await report._writer.WriteLineAsync("row,key,code,why");
            return report;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"--report {path} can't be written: {failure.Message}");
        }
    }

    /// <summary>Adds a row.</summary>
    public Task AddAsync(LocalFailure failure)
    {
        if (_path is null) return _writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"row {failure.Line} {failure.Key} {failure.Code}: {failure.Why}"));
        return _writer.WriteLineAsync(_isJson
            ? JsonSerializer.Serialize(new ReportLine(failure.Line, failure.Key, failure.Code, failure.Why), ImportJson.Default.ReportLine)
            : string.Create(CultureInfo.InvariantCulture, $"{failure.Line},{Cell(failure.Key ?? "")},{failure.Code},{Cell(failure.Why)}"));
    }

    /// <summary>Puts the file into its place.</summary>
    public async Task EndAsync()
    {
        await _writer.FlushAsync();
        if (_path is null) return;
        await _writer.DisposeAsync();
        File.Move(_path + ".part", _path, overwrite: true);
    }

    /// <summary>Leaves nothing of a report that was not completed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_path is null) return;
        await _writer.DisposeAsync();
        File.Delete(_path + ".part");
    }

    // RFC 4180, and an apostrophe before what a spreadsheet would take for a formula (OWASP, "CSV Injection").
    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 && text.Trim().Length == text.Length ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}

/// <summary>A line of a report.</summary>
internal sealed record ReportLine(long Row, string? Key, string Code, string Why);

/// <summary>What the command answers with <c>--json</c>.</summary>
/// <param name="Pool">The pool's id.</param>
/// <param name="Imported">Rows that became users, those of earlier commands included; of a dry run, those that would.</param>
/// <param name="Failed">Rows that did not.</param>
/// <param name="Complete">Whether every row was looked at; false where the command was stopped.</param>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Seconds">How long this command took.</param>
internal sealed record ImportResult(string Pool, long Imported, long Failed, bool Complete, bool DryRun, double Seconds);

/// <summary>The JSON of the import command.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImportResult))]
[JsonSerializable(typeof(ReportLine))]
internal sealed partial class ImportJson : JsonSerializerContext;
