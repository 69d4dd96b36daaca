using System.Data.Common;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Storage.Imports;

/// <summary>A job as its row has it.</summary>
internal static class ImportRow
{
    public const string Columns =
        """
        j.pool_id, j.id, j.name, j.role_arn, j.hash_algorithm, j.state, j.created_at, j.started_at, j.ended_at, j.imported, j.skipped, j.failed,
        j.message, j.upload_id, j.next_byte, j.line
        """;

    public static ImportJob Read(DbDataReader row) => new()
    {
        PoolId = new PoolId(row.GetString(0)),
        Id = row.GetString(1),
        Name = row.GetString(2),
        RoleArn = row.GetString(3),
        HashAlgorithm = row.TextOrNull(4),
        State = EnumText.ToImportState(row.GetString(5)),
        CreatedAt = row.Time(6),
        StartedAt = row.TimeOrNull(7),
        EndedAt = row.TimeOrNull(8),
        Imported = row.GetInt64(9),
        Skipped = row.GetInt64(10),
        Failed = row.GetInt64(11),
        Message = row.TextOrNull(12),
        UploadId = row.TextOrNull(13),
        Position = row.GetInt64(14),
        Line = row.GetInt64(15),
    };

    /// <summary>Adds the two parameters that name a job.</summary>
    public static Statement Job(this Statement statement, PoolId pool, string id) => statement.Text("pool_id", pool.Value).Text("id", id);
}
