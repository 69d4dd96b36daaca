using System.Data.Common;
using System.Text.Json;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;
using Poolhouse.Storage.Json;

namespace Poolhouse.Storage.Users;

/// <summary>The columns of a user and how they are read.</summary>
internal static class UserRow
{
    /// <summary>In the order that <see cref="Read"/> expects, of a table named <c>u</c>.</summary>
    public const string Columns = """
        u.pool_id, u.sub, u.username, u.status, u.is_enabled, u.attributes, u.password_hash, u.srp_salt, u.srp_verifier,
        u.password_history, u.temporary_password_expires_at, u.created_at, u.modified_at, u.version, u.mfa, u.sessions_ended_at
        """;

    /// <summary>How many columns there are.</summary>
    public const int Count = 16;

    private static readonly UserMfa NoMfa = new();
    private static readonly StoredDocument<UserMfa> Mfa = new(StorageJson.Default.UserMfa, NoMfa);

    public static User Read(DbDataReader row) => new()
    {
        PoolId = new PoolId(row.GetString(0)),
        Sub = new Sub(row.GetString(1)),
        Username = row.GetString(2),
        Status = EnumText.ToUserStatus(row.GetString(3)),
        IsEnabled = row.GetBoolean(4),
        Attributes = JsonSerializer.Deserialize(row.GetString(5), StorageJson.Default.DictionaryStringString)!,
        Password = row.TextOrNull(6) is { } hash ? new PasswordCredential(hash, row.BytesOrNull(7), row.BytesOrNull(8)) : null,
        PasswordHistory = row.TextOrNull(9) is { } history ? JsonSerializer.Deserialize(history, StorageJson.Default.ListString)! : [],
        TemporaryPasswordExpiresAt = row.TimeOrNull(10),
        CreatedAt = row.Time(11),
        ModifiedAt = row.Time(12),
        Version = row.GetInt64(13),
        Mfa = row.TextOrNull(14) is { } mfa ? Mfa.Read(mfa) : NoMfa,
        SessionsEndedAt = row.TimeOrNull(15),
    };

    /// <summary>Adds what a change may replace.</summary>
    public static Statement Changeable(this Statement statement, User user) => statement
        .Text("status", EnumText.Of(user.Status))
        .Flag("is_enabled", user.IsEnabled)
        .Text("attributes", JsonSerializer.Serialize(new Dictionary<string, string>(user.Attributes), StorageJson.Default.DictionaryStringString))
        .Text("password_hash", user.Password?.Hash)
        .Bytes("srp_salt", user.Password?.SrpSalt)
        .Bytes("srp_verifier", user.Password?.SealedSrpVerifier)
        .Text("password_history", user.PasswordHistory.Count == 0 ? null : JsonSerializer.Serialize([.. user.PasswordHistory], StorageJson.Default.ListString))
        .Time("temporary_password_expires_at", user.TemporaryPasswordExpiresAt)
        .Text("mfa", IsPlain(user.Mfa) ? null : Mfa.Write(user.Mfa))
        .Time("sessions_ended_at", user.SessionsEndedAt)
        .Time("modified_at", user.ModifiedAt);

    private static bool IsPlain(UserMfa mfa) => mfa is { Enabled.Count: 0, Preferred: null, HasSoftwareToken: false, SoftwareTokenName: null };
}
