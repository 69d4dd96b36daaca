using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Poolhouse.Server.Wire;
using Poolhouse.Storage;
using Poolhouse.Storage.Maintenance;

namespace Poolhouse.Server.Commands.Examinations;

/// <summary>The database: that it answers, its schema beside the program's, that it can be written, its clock.</summary>
internal sealed class DatabaseExamination(Database database, DoctorTarget target, WallClock clock) : IExamination
{
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromSeconds(2);

    // Codes, challenges and leases live minutes.
    private static readonly TimeSpan HarmfulSkew = TimeSpan.FromSeconds(30);

    public string Part => "database";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        if (target.MissingFile is { } file) return [Finding.Warning(Part, $"There is no database yet at {file}.", "Nothing: the first start makes it.")];
        try
        {
            var before = clock.Now;
            var found = await database.InspectAsync(ct);
            return [.. Findings(found, before, clock.Now)];
        }
        catch (DbException failure)
        {
            var (text, remedy) = Describe(failure);
            return [Finding.Out(Part, text, remedy)];
        }
    }

    private IEnumerable<Finding> Findings(DatabaseInspection found, DateTimeOffset before, DateTimeOffset after)
    {
        yield return Finding.Good(Part, string.Create(CultureInfo.InvariantCulture, $"{found.Engine} answers."));
        if (found.NotServed is { } later) yield return Finding.Out(Part, later, "Start the newer program, or restore a backup from before it.");
        else if (found.Version == 0) yield return Finding.Warning(Part, "The database is empty.", "Nothing: the first start makes its tables.");
        else if (found.Waiting.Count > 0)
            yield return Finding.Warning(Part, $"Its schema is at {found.Version}; {found.Waiting.Count} steps wait: {string.Join(", ", found.Waiting)}.", "Nothing: the next start applies them; make a backup before.");
        else yield return Finding.Good(Part, string.Create(CultureInfo.InvariantCulture, $"Its schema is at {found.Version}; this program knows {found.KnownVersion}."));

        yield return found.NotWritable is { } why
            ? Finding.Out(Part, $"A table can't be made or written ({why}).", why.EndsWith("25006", StringComparison.Ordinal)
                ? "This server is a standby; name the primary, or several hosts."
                : "Give the user the right to create and write in the schema, and look whether the disk is full or read-only.")
            : Finding.Good(Part, "Tables can be made and written; what was tried was taken back.");

        // Between the two readings of this clock the server read its own.
        if (found.ServerTime is not { } server) yield break;
        var skew = server < before ? before - server : server > after ? server - after : TimeSpan.Zero;
        if (skew >= ToleratedSkew)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Its clock and this machine's differ by {skew.TotalSeconds:0} s.");
            const string Remedy = "Set both by NTP: nodes compare times that others wrote.";
            yield return skew >= HarmfulSkew ? Finding.Out(Part, text, Remedy) : Finding.Warning(Part, text, Remedy);
        }
        else
        {
            yield return Finding.Good(Part, "Its clock agrees with this machine's.");
        }
    }

    private static (string Text, string Remedy) Describe(DbException failure) => failure.SqlState switch
    {
        "28P01" or "28000" => ("The server refuses user and password.", "Look at Username and Password of Database, and at pg_hba.conf."),
        "3D000" => ("The server has no database of that name.", "Create it, or correct Database=… in the connection string."),
        "53300" => ("The server takes no more connections.", "Raise max_connections, or lower Maximum Pool Size of the nodes."),
        "57P03" or "57P01" or "57P02" => ("The server is starting or shutting down.", "Wait, then look at its log."),
        "42501" => ("The user may not read the tables.", "Give it the rights of the owner of the database."),
        { } state => ($"The server refuses with SQLSTATE {state}.", "Look at its log."),
        null when Inner<SocketException>(failure) is { } socket => ($"It can't be reached ({socket.SocketErrorCode}).", "Look whether it runs, and at Host and Port of Database; a firewall may be in between."),
        null when Inner<TimeoutException>(failure) is not null => ("No server answers.", "Look whether it runs or hangs, and at Host and Port of Database; a firewall may be in between."),
        null => ("It can't be opened.", "Look at the connection string, and whether this user may read and write the file."),
    };

    private static T? Inner<T>(Exception failure)
        where T : Exception
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
            if (cause is T found) return found;
        return null;
    }
}
