using System.Globalization;
using Poolhouse.Core.Groups;
using Poolhouse.Core.Passwords.Foreign;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Imports.Local;

/// <summary>What became of a row before it met the users that there are.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Key">What the operator finds it by; null where it could not be read.</param>
/// <param name="User">The user to add; null where it can't be one.</param>
/// <param name="Groups">The groups to put it into, each once.</param>
/// <param name="PlainPassword">The password that still has to be hashed, or null.</param>
/// <param name="Problem">Why it can't be a user; null with one.</param>
public sealed record LocalRow(long Line, string? Key, User? User, IReadOnlyList<string> Groups, string? PlainPassword, RowProblem? Problem);

/// <summary>
/// Makes users of rows, by the rules for users that administrators make. The operator's word counts: which addresses are verified, and
/// that a password is right although the pool's rules would not take it today.
/// </summary>
/// <param name="pool">Where they go.</param>
/// <param name="allowsPlainPasswords">Whether rows may have passwords in clear.</param>
/// <param name="firebase">How a Firebase project hashes; null where none was given.</param>
/// <param name="random">For subs.</param>
public sealed class LocalRows(UserPool pool, bool allowsPlainPasswords, FirebaseHashConfig? firebase, IRandom random)
{
    private const int LongestPassword = 256;
    private const int LongestKey = 128;

    /// <summary>The pool.</summary>
    public UserPool Pool => pool;

    /// <summary>The user of a row, or what is wrong with it.</summary>
    public LocalRow Read(LocalRecord record, DateTimeOffset now)
    {
        var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal);
        var name = values.GetValueOrDefault(LocalColumns.Username) ?? pool.UsernameAttributes.Select(values.GetValueOrDefault).FirstOrDefault(v => v is not null);
        var key = name ?? values.GetValueOrDefault("email") ?? values.GetValueOrDefault("phone_number");
        var groups = record.Groups.Distinct(StringComparer.Ordinal).ToList();
        var problem = record.Problem ?? CharacterProblem(values) ?? GroupProblem(groups) ?? NameProblem(name, values);
        if (problem is not null) return Failed(problem);
        values.Remove(LocalColumns.Username);

        if (TakeFlag(values, LocalColumns.Enabled, out var isEnabled) is { } flag) return Failed(flag);
        if (TakeTime(values, now) is not { } createdAt) return Failed(RowProblems.CreatedAt);
        if (TakePassword(values, out var hash, out var plain) is { } password) return Failed(password);
        if (TakeStatus(values, hash is not null || plain is not null) is not { } status) return Failed(RowProblems.Status);
        if (FlagProblem(values) is { } unverifiable) return Failed(unverifiable);
        var written = Registration.WithUsername(pool, name!, values);
        if (AttributeRules.Check(pool, client: null, current: null, written) is { } wrong) return Failed(RowProblems.Attribute(wrong));

        var sub = new Sub(random.UuidText());
        var user = new User
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = pool.UsesAttributesAsUsername ? sub.Value : name!,
            Status = status,
            IsEnabled = isEnabled ?? true,
            Attributes = AttributeRules.Given(written),
            Password = hash is null ? null : new PasswordCredential(hash, null, null),
            TemporaryPasswordExpiresAt = status == UserStatus.ForceChangePassword ? TemporaryPasswords.ExpiresAt(pool, now) : null,
            CreatedAt = createdAt,
            ModifiedAt = now,
        };
        return new LocalRow(record.Line, Shown(key), user, groups, plain, null);

        LocalRow Failed(RowProblem why) => new(record.Line, Shown(key), null, [], null, why);
    }

    // PostgreSQL can't store NUL at all; the others make two names look alike, or reach into a terminal and a mail's header.
    private static RowProblem? CharacterProblem(Dictionary<string, string> values)
    {
        foreach (var (column, value) in values)
        {
            var mayHaveLines = column is "address" || column.StartsWith("custom:", StringComparison.Ordinal) || column.StartsWith("dev:", StringComparison.Ordinal);
            if (column != LocalColumns.Password && value.Any(c => char.IsControl(c) && !(mayHaveLines && c is '\n' or '\r' or '\t'))) return RowProblems.ControlCharacter(column);
        }

        return null;
    }

    private static RowProblem? GroupProblem(List<string> groups)
    {
        if (groups.Count > Group.MostPerUser) return RowProblems.GroupsTooMany;
        // API_CreateGroup.GroupName. What can't be a group's name is no group of the pool.
        return groups.Exists(group => group.Length is 0 or > 128 || group.Any(char.IsControl)) ? RowProblems.GroupUnknown : null;
    }

    private RowProblem? NameProblem(string? name, Dictionary<string, string> values)
    {
        if (name is null) return RowProblems.UsernameMissing;
        // API_AdminCreateUser.Username: 1–128 characters, none of them white space.
        if (name.Length > 128 || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) || UsernameRules.Check(pool, name) is not null) return RowProblems.UsernameInvalid;
        return UsernameRules.AttributeOf(pool, name) is { } attribute && values.TryGetValue(attribute, out var address) && address != name
            ? RowProblems.UsernameMismatch(attribute)
            : null;
    }

    private static RowProblem? TakeFlag(Dictionary<string, string> values, string column, out bool? flag)
    {
        flag = null;
        if (!values.Remove(column, out var text)) return null;
        if (!bool.TryParse(text, out var value)) return RowProblems.Flag(column);
        flag = value;
        return null;
    }

    private RowProblem? FlagProblem(Dictionary<string, string> values)
    {
        foreach (var attribute in (string[])["email", "phone_number"])
        {
            var column = attribute + "_verified";
            if (TakeFlag(values, column, out var flag) is { } problem) return problem;
            if (flag is null) continue;
            values[column] = flag.Value ? "true" : "false";
            if (flag.Value && !values.ContainsKey(attribute) && !pool.UsernameAttributes.Contains(attribute))
                return RowProblems.Attribute(new AttributeProblem.NothingToVerify { Name = column });
        }

        return null;
    }

    private static DateTimeOffset? TakeTime(Dictionary<string, string> values, DateTimeOffset now)
    {
        if (!values.Remove(LocalColumns.CreatedAt, out var text)) return now;
        DateTimeOffset time;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            // The last second that a DateTimeOffset can be.
            if (seconds > 253_402_300_799) return null;
            time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }
        else if (!DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
        {
            return null;
        }

        return time >= DateTimeOffset.UnixEpoch && time <= now ? time.ToUniversalTime() : null;
    }

    private RowProblem? TakePassword(Dictionary<string, string> values, out string? hash, out string? plain)
    {
        values.Remove(LocalColumns.Password, out plain);
        values.Remove(LocalColumns.PasswordHash, out hash);
        values.Remove(LocalColumns.PasswordSalt, out var salt);
        if (plain is not null)
        {
            if (!allowsPlainPasswords) return RowProblems.PlainPassword;
            if (hash is not null) return RowProblems.PasswordAndHash;
            return plain.Length > LongestPassword ? RowProblems.PasswordInvalid : null;
        }

        if (hash is not { } given) return null;
        if (given.StartsWith("$fbscrypt$", StringComparison.Ordinal)) hash = FirebaseHashConfig.TryConvert(given);
        else if (salt is not null && firebase is not null) hash = firebase.TryConvert(salt, given);
        if (hash is null) return RowProblems.HashMalformed("Firebase scrypt");

        var (verdict, form, limit) = ForeignHashes.Judge(hash);
        return verdict switch
        {
            HashVerdict.Accepted => null,
            HashVerdict.Malformed => RowProblems.HashMalformed(form),
            HashVerdict.TooCostly => RowProblems.HashTooCostly(form, limit),
            _ => RowProblems.HashUnknown,
        };
    }

    // User guide, "Importing users into user pools from a CSV file": who brings no password must reset; who has one may sign in.
    private static UserStatus? TakeStatus(Dictionary<string, string> values, bool hasPassword)
    {
        values.Remove(LocalColumns.Status, out var status);
        return status?.ToUpperInvariant() switch
        {
            null => hasPassword ? UserStatus.Confirmed : UserStatus.ResetRequired,
            "CONFIRMED" => UserStatus.Confirmed,
            "FORCE_CHANGE_PASSWORD" when hasPassword => UserStatus.ForceChangePassword,
            "RESET_REQUIRED" => UserStatus.ResetRequired,
            "UNCONFIRMED" => UserStatus.Unconfirmed,
            _ => null,
        };
    }

    // It is told to terminals, and PostgreSQL can't store NUL.
    private static string? Shown(string? key)
    {
        if (key is null) return null;
        if (key.Length > LongestKey) key = key[..(char.IsHighSurrogate(key[LongestKey - 1]) ? LongestKey - 1 : LongestKey)];
        return key.Any(char.IsControl) ? string.Concat(key.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : key;
    }
}
