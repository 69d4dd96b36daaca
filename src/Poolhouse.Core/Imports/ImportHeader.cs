using Poolhouse.Core.Pools;

namespace Poolhouse.Core.Imports;

/// <summary>The columns of a pool's files. API_GetCSVHeader.</summary>
public static class ImportHeader
{
    /// <summary>The username.</summary>
    public const string Username = "cognito:username";

    /// <summary>Whether the user is asked for a code by SMS.</summary>
    public const string MfaEnabled = "cognito:mfa_enabled";

    /// <summary>
    /// The hash, in files of jobs with a PasswordHashingAlgorithm. Amazon's documentation of this column was not found; the name follows
    /// its neighbours'.
    /// </summary>
    public const string PasswordHash = "cognito:password_hash";

    // The order of the example in the user guide, "Creating the user import CSV file".
    private static readonly string[] Standard =
    [
        "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "email",
        "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number", "phone_number_verified", "address", "updated_at",
    ];

    /// <summary>Every column that a file must have, in any order.</summary>
    public static IReadOnlyList<string> Columns(UserPool pool)
    {
        var own = pool.Schema.Select(a => a.Name).Where(name => StandardAttributes.All.All(standard => standard.Name != name));
        return [.. Standard, .. own, MfaEnabled, Username];
    }

    /// <summary>What is wrong with a file's first row, in words for the completion message; null when nothing is.</summary>
    public static string? Check(UserPool pool, ImportJob job, CsvRow? row)
    {
        if (row is null) return "The CSV file is empty.";
        if (row.Problem is not null) return "The header of the CSV file could not be parsed.";
        var names = Names(row);
        if (names.Count != names.Distinct(StringComparer.Ordinal).Count()) return "The header of the CSV file has a column twice.";
        var columns = Columns(pool);
        // Names of a file are somebody's text and stay out of the message; the pool's own names may be told.
        if (columns.FirstOrDefault(column => !names.Contains(column)) is { } missing)
            return missing.Length <= 64 ? $"The header of the CSV file lacks the column {missing}." : "The header of the CSV file lacks a column.";
        var hasHashes = names.Contains(PasswordHash);
        if (hasHashes != job.HashAlgorithm is not null)
        {
            return hasHashes
                ? $"The CSV file has {PasswordHash}, and the job has no PasswordHashingAlgorithm."
                : $"The job has a PasswordHashingAlgorithm, and the CSV file lacks {PasswordHash}.";
        }

        return names.Count > columns.Count + (hasHashes ? 1 : 0) ? "The header of the CSV file has a column that the user pool has not." : null;
    }

    /// <summary>The names of a first row. Amazon asks for UTF-8 without a mark; Excel writes one.</summary>
    public static IReadOnlyList<string> Names(CsvRow row) => [.. row.Fields.Select((name, i) => i == 0 ? name.TrimStart('\uFEFF') : name)];
}
