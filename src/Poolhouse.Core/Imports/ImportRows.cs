using Poolhouse.Core.Passwords.Foreign;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Imports;

/// <summary>What became of a row before it met the users that there are.</summary>
/// <param name="Line">Its line.</param>
/// <param name="User">The user to add; null where it can't be one.</param>
/// <param name="Problem">Why not, without anything of the row; null with a user.</param>
public sealed record ImportedRow(long Line, User? User, string? Problem);

/// <summary>Makes users of rows, by the rules for users that administrators make and those of the user guide, "Creating the user import CSV file".</summary>
public static class ImportRows
{
    /// <summary>The user of a row, or what is wrong with it.</summary>
    public static ImportedRow Read(UserPool pool, ImportJob job, IReadOnlyList<string> header, CsvRow row, DateTimeOffset now, IRandom random)
    {
        if (FormProblem(row, header.Count) is { } form) return new ImportedRow(row.Line, null, form);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
            if (row.Fields[i].Length > 0) values[header[i]] = row.Fields[i];
        values.Remove(ImportHeader.MfaEnabled, out var mfa);
        values.Remove(ImportHeader.PasswordHash, out var hash);
        values.Remove(ImportHeader.Username, out var name);
        // In pools where addresses are usernames the name may be left to their columns.
        name ??= pool.UsernameAttributes.Select(values.GetValueOrDefault).FirstOrDefault(v => v is not null);

        var problem = NameProblem(pool, name, values) ?? FlagProblem(pool, values) ?? MfaProblem(pool, mfa, values);
        if (problem is not null) return new ImportedRow(row.Line, null, problem);
        var written = Registration.WithUsername(pool, name!, values);
        if (AttributeRules.Check(pool, client: null, current: null, written) is { } wrong) return new ImportedRow(row.Line, null, Words(wrong));
        if (hash is not null && !ForeignHashes.IsAccepted(job.HashAlgorithm!, hash))
            return new ImportedRow(row.Line, null, $"The password hash is not one of {job.HashAlgorithm}, or costs more than is accepted.");

        var sub = new Sub(random.UuidText());
        var user = new User
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = pool.UsesAttributesAsUsername ? sub.Value : name!,
            // User guide: imported users are in RESET_REQUIRED; who brings a hash has a password to sign in with.
            Status = hash is null ? UserStatus.ResetRequired : UserStatus.Confirmed,
            Attributes = AttributeRules.Given(written),
            Password = hash is null ? null : new PasswordCredential(hash, null, null),
            Mfa = IsTrue(mfa) && pool.Settings.Mfa.AllowsSms ? new UserMfa().With(MfaFactors.Sms) : new UserMfa(),
            CreatedAt = now,
            ModifiedAt = now,
        };
        return new ImportedRow(row.Line, user, null);
    }

    private static string? FormProblem(CsvRow row, int columns) => row.Problem switch
    {
        CsvProblem.TooLong => "The row is longer than 16,000 characters.",
        CsvProblem.NotUtf8 => "The row is not UTF-8.",
        CsvProblem.TextAfterQuote => "The row has text after a closing quotation mark.",
        _ => row.Fields.Count == columns ? null : "The row does not have as many values as the header has columns.",
    };

    private static string? NameProblem(UserPool pool, string? name, Dictionary<string, string> values)
    {
        if (name is null) return "The User Record does not have a cognito:username.";
        // API_AdminCreateUser.Username: 1–128 characters, none of them white space.
        if (name.Length > 128 || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return "The cognito:username is longer than 128 characters or has white space.";
        if (UsernameRules.Check(pool, name) is { } form)
        {
            return form is UsernameProblem.LooksLikeEmailAlias or UsernameProblem.LooksLikePhoneAlias
                ? "The cognito:username has the form of an alias."
                : "The cognito:username is not an address as the user pool asks for.";
        }

        return UsernameRules.AttributeOf(pool, name) is { } attribute && values.TryGetValue(attribute, out var address) && address != name
            ? $"The cognito:username and {attribute} are two addresses."
            : null;
    }

    private static string? FlagProblem(UserPool pool, Dictionary<string, string> values)
    {
        foreach (var attribute in (string[])["email", "phone_number"])
        {
            var flag = attribute + "_verified";
            if (!values.TryGetValue(flag, out var value)) continue;
            if (!IsTrue(value) && !value.Equals("false", StringComparison.OrdinalIgnoreCase)) return $"The {flag} is neither true nor false.";
            values[flag] = value.ToLowerInvariant();
            if (IsTrue(value) && !values.ContainsKey(attribute) && !pool.UsernameAttributes.Contains(attribute))
                return $"The User Record sets {flag} to true and does not have the attribute.";
        }

        return pool.Settings.AutoVerifiedAttributes.Any(a => IsTrue(values.GetValueOrDefault(a + "_verified")))
            ? null
            : "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).";
    }

    // The three rules of the guide: required means true for all, off means false for all, optional leaves it to the row.
    private static string? MfaProblem(UserPool pool, string? value, Dictionary<string, string> values)
    {
        var isTrue = IsTrue(value);
        if (!isTrue && !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase)) return "The cognito:mfa_enabled is neither true nor false.";
        if (!isTrue && pool.Settings.Mfa.Mode == PoolMfa.On) return "The cognito:mfa_enabled must be true because the user pool requires MFA.";
        if (isTrue && pool.Settings.Mfa.Mode == PoolMfa.Off) return "The cognito:mfa_enabled must be false because MFA is off in the user pool.";
        return isTrue && pool.Settings.Mfa.AllowsSms && !values.ContainsKey("phone_number") && !pool.UsernameAttributes.Contains("phone_number")
            ? "The User Record sets cognito:mfa_enabled to true and does not have a phone_number."
            : null;
    }

    private static string Words(AttributeProblem problem) => problem is AttributeProblem.Required
        ? $"The User Record does not have the required attribute {problem.Name}."
        : $"The {problem.Name} does not match the schema of the user pool.";

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
