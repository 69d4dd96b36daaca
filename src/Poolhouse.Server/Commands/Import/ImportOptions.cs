using Poolhouse.Core.Passwords.Foreign;

namespace Poolhouse.Server.Commands.Import;

/// <summary>How a file's rows are written.</summary>
internal enum ImportFormat
{
    Csv,
    JsonLines,
}

/// <summary>What the <c>import</c> command was told.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">How its rows are written.</param>
/// <param name="Pool">The pool's id; null for the pool of the first start.</param>
/// <param name="Report">Where rows that failed are written; null tells them on standard error.</param>
/// <param name="IsResuming">Whether it goes on where an earlier command stopped.</param>
/// <param name="IsDryRun">Whether nothing is written to the database.</param>
/// <param name="AnswersJson">Whether the result is one JSON object.</param>
/// <param name="AllowsPlainPasswords">Whether rows may have passwords in clear.</param>
/// <param name="Firebase">How a Firebase project hashes; null where it was not said.</param>
internal sealed record ImportOptions(
    string File, ImportFormat Format, string? Pool, string? Report, bool IsResuming, bool IsDryRun, bool AnswersJson, bool AllowsPlainPasswords, FirebaseHashConfig? Firebase)
{
    /// <summary>Takes them out of the arguments; what is left are the server's options.</summary>
    /// <exception cref="StartupException">They can't be used.</exception>
    public static ImportOptions Take(CommandArguments arguments)
    {
        var flags = (Resume: arguments.Flag("--resume"), DryRun: arguments.Flag("--dry-run"), Json: arguments.Flag("--json"), Plain: arguments.Flag("--allow-plain-passwords"));
        var (pool, format, report, firebase) = (arguments.Option("--pool"), arguments.Option("--format"), arguments.Option("--report"), arguments.Option("--firebase-hash-config"));
        if (arguments.Positional() is not { } file) throw new StartupException("import needs a FILE. docs/migration.md says what may be in it.");
        if (!System.IO.File.Exists(file)) throw new StartupException($"There is no file {file}.");
        if (flags is { Resume: true, DryRun: true }) throw new StartupException("--dry-run keeps nothing that --resume could go on with.");
        if (report is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(report)))) throw new StartupException($"The folder of --report {report} doesn't exist.");
        if (report is not null && Path.GetFullPath(report) == Path.GetFullPath(file)) throw new StartupException("--report would take the place of the file.");
        return new ImportOptions(file, FormatOf(format ?? Path.GetExtension(file)), pool, report, flags.Resume, flags.DryRun, flags.Json, flags.Plain, ReadFirebase(firebase));
    }

    private static ImportFormat FormatOf(string name) => name.TrimStart('.').ToLowerInvariant() switch
    {
        "csv" => ImportFormat.Csv,
        "jsonl" or "ndjson" => ImportFormat.JsonLines,
        _ => throw new StartupException("--format must be csv or jsonl; the file's name doesn't say."),
    };

    // A file, because a signer key on the command line could be read by everybody on the machine.
    private static FirebaseHashConfig? ReadFirebase(string? path)
    {
        if (path is null) return null;
        if (!System.IO.File.Exists(path)) throw new StartupException($"There is no file {path}.");
        return FirebaseHashConfig.TryParse(System.IO.File.ReadAllText(path))
            ?? throw new StartupException($"{path} isn't what Firebase's console shows as password hash parameters: base64_signer_key, base64_salt_separator, rounds and mem_cost.");
    }
}
