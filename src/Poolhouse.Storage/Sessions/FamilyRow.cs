using System.Data.Common;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;

namespace Poolhouse.Storage.Sessions;

/// <summary>The columns of a token family and how they are read.</summary>
internal static class FamilyRow
{
    /// <summary>In the order that <see cref="Read"/> expects, of a table named <c>f</c>.</summary>
    public const string Columns =
        "f.id, f.origin_jti, f.pool_id, f.client_id, f.sub, f.authenticated_at, f.expires_at, f.current_refresh_id, f.revoked_at, f.device_key, "
        + "f.session_id, f.last_active_at, f.device, f.address, f.acr, f.amr, f.scopes";

    /// <summary>Reads a family from the ordinal <paramref name="first"/> on.</summary>
    public static TokenFamily Read(DbDataReader row, int first) => new()
    {
        Id = row.GetString(first),
        OriginJti = row.GetString(first + 1),
        PoolId = new PoolId(row.GetString(first + 2)),
        ClientId = new ClientId(row.GetString(first + 3)),
        Sub = new Sub(row.GetString(first + 4)),
        AuthenticatedAt = row.Time(first + 5),
        ExpiresAt = row.Time(first + 6),
        CurrentRefreshId = row.GetString(first + 7),
        RevokedAt = row.TimeOrNull(first + 8),
        DeviceKey = row.TextOrNull(first + 9),
        SessionId = row.TextOrNull(first + 10),
        LastActiveAt = row.TimeOrNull(first + 11),
        Device = row.TextOrNull(first + 12),
        Address = row.TextOrNull(first + 13),
        Acr = row.TextOrNull(first + 14),
        Amr = row.TextOrNull(first + 15)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Scopes = row.TextOrNull(first + 16)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
    };
}
