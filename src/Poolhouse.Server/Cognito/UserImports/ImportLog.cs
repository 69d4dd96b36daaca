using Microsoft.Extensions.Options;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>
/// The log of a job: a line for each row, by line number, without anything of the row, in the form that Amazon writes to CloudWatch. While the
/// job runs it grows in the database, in the transaction of the users it tells of; the node that ends the job writes it out.
/// </summary>
internal sealed partial class ImportLog(IDatabase database, IOptions<ServerOptions> options, ILogger<ImportLog> logger)
{
    /// <summary>Where a job's log is once the job has ended: <c>imports/{job}.log</c> in the data folder.</summary>
    public string PathOf(ImportJob job) => Path.Combine(options.Value.Data, "imports", job.Id + ".log");

    /// <summary>Writes the log out. That it can't be written doesn't undo an import.</summary>
    public async ValueTask WriteAsync(ImportJob job, CancellationToken ct)
    {
        var path = PathOf(job);
        try
        {
            DataFolder.Create(options.Value.Data);
            DataFolder.Create(Path.GetDirectoryName(path)!);
            await using (var file = new StreamWriter(path + ".part"))
            {
                for (var after = 0L; ;)
                {
                    var entries = await database.ReadAsync(stores => stores.Imports.ReadLogAsync(job, after, ct), ct);
                    if (entries.Count == 0) break;
                    foreach (var (_, text) in entries) await file.WriteLineAsync(text.AsMemory(), ct);
                    after = entries[^1].Line;
                }
            }

            File.Move(path + ".part", path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(failure, job.Id);
        }
    }

    [LoggerMessage(EventIds.ImportLogNotWritten, LogLevel.Warning, "The log of import job {Job} could not be written to the data folder.")]
    private partial void LogNotWritten(Exception failure, string job);
}
