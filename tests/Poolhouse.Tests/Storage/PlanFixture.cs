using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

/// <summary>A pool of ten thousand users on both databases, enough that a plan that reads them all is the dearer one.</summary>
public sealed class PlanFixture : IAsyncLifetime
{
    /// <summary>The pool.</summary>
    public const string Pool = "us-east-1_Plans";

    // One text for both; numbers of six digits, so that their text has their order, and subs in another. Rows are as long as real ones.
    private static readonly string Rows = $$"""
        insert into pools (id, name, document, created_at, modified_at) values ('us-east-1_Plans', 'p', '{}', 0, 0);
        insert into groups (pool_id, name, created_at, modified_at) values ('us-east-1_Plans', 'g', 0, 0);
        with recursive n(i) as (select 100001 union all select i + 1 from n where i < 110000)
        insert into users (pool_id, sub, username, normalized_username, status, is_enabled, attributes, created_at, modified_at, version)
        select 'us-east-1_Plans', 's' || (100000 + i * 7919 % 10000), 'user' || i, 'user' || i, 'confirmed', true, '{"name":"{{new string('a', 1000)}}"}', i, i, 1 from n;
        insert into user_search (pool_id, attribute, value, user_created_at, sub)
        select u.pool_id, 'email', 'mail' || u.created_at || '@example.com', u.created_at, u.sub from users u;
        insert into user_search (pool_id, attribute, value, user_created_at, sub)
        select u.pool_id, 'name', 'Ada', u.created_at, u.sub from users u where u.created_at % 2 = 0;
        insert into group_members (pool_id, group_name, user_created_at, sub)
        select u.pool_id, 'g', u.created_at, u.sub from users u
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-plans-").FullName;
    private string? postgres;

    /// <summary>Connects to SQLite, which is not analyzed: the server never does that.</summary>
    public string Sqlite => $"Data Source={Path.Combine(folder, "plans.db")};Pooling=false";

    /// <summary>Connects to PostgreSQL, analyzed as it does by itself; skips the test where it is not installed.</summary>
    public string Postgres
    {
        get
        {
            if (postgres is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
            Assert.SkipWhen(postgres is null, "PostgreSQL is not installed.");
            return postgres!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        await using (var database = new SqliteDatabase(Sqlite, TestSealer.Instance, TimeProvider.System)) await database.MigrateAsync(CancellationToken.None);
        await FillAsync(new SqliteConnection(Sqlite), Rows);
        if (await PostgresServer.FindAsync() is not { } server) return;
        postgres = await server.CreateDatabaseAsync();
        await FillAsync(new NpgsqlConnection(postgres), Rows);
        await FillAsync(new NpgsqlConnection(postgres), "vacuum analyze");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task FillAsync(DbConnection opened, string sql)
    {
        await using var connection = opened;
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
