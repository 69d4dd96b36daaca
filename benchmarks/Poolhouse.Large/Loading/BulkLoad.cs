using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Poolhouse.Large.Loading;

#pragma warning disable CA2100 // Names of tables, columns and attributes are this program's or the schema's own.
/// <summary>
/// Fills a database faster than the server could: copies of rows that the server wrote, without checks of foreign keys and with
/// indexes made afterwards. Nobody else may use the database meanwhile.
/// </summary>
/// <remarks>
/// A copied verifier is sealed for user 0, so it has the right size and opens for nobody else: these users sign in by password,
/// not by SRP, whose arithmetic does not depend on how many users there are.
/// </remarks>
internal abstract class BulkLoad(DbConnection connection)
{
    /// <summary>Tables that grow with the users, and whose indexes are made anew.</summary>
    protected static readonly string[] Tables = ["users", "user_aliases", "user_search", "group_members"];

    /// <summary>Adds every user of the pool but the first, who is there.</summary>
    public async Task UsersAsync(TestPool pool, CancellationToken ct)
    {
        await BeginAsync(ct);
        var template = (await RowsAsync($"select * from users where pool_id = '{pool.Id}'", ct)).Single();
        await WriteAsync("users", [.. template.Keys], Users(template, pool, ct), ct);
        await ValuesAsync("user_aliases", "", pool, ct);
        await ValuesAsync("user_search", "user_created_at, ", pool, ct);
        await ExecuteAsync(
            $"""
            insert into group_members (pool_id, group_name, user_created_at, sub)
            select u.pool_id, '{TestPool.Group}', u.created_at, u.sub from users u
            where u.pool_id = '{pool.Id}' and u.sub <> '{pool.FirstSub}'{Order("3, 4")}
            """,
            ct);
        await EndAsync(ct);
    }

    /// <summary>Adds copies of the pool, each with a copy of its client, and without users.</summary>
    public async Task PoolsAsync(TestPool pool, int count, CancellationToken ct)
    {
        var row = (await RowsAsync($"select * from pools where id = '{pool.Id}'", ct)).Single();
        var client = (await RowsAsync($"select * from clients where id = '{pool.ClientId}'", ct)).Single();
        await WriteAsync("pools", [.. row.Keys], Enumerable.Range(0, count).Select(i => Row(row, ("id", Id(i)), ("name", $"Pool {i}"))), ct);
        await WriteAsync("clients", [.. client.Keys], Enumerable.Range(0, count).Select(i => Row(client, ("id", ClientId(i)), ("pool_id", Id(i)))), ct);

        static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"us-east-1_Copy{i:D5}");
        static string ClientId(int i) => string.Create(CultureInfo.InvariantCulture, $"copy{i:D22}");
    }

    /// <summary>Makes ready for a load.</summary>
    protected abstract Task BeginAsync(CancellationToken ct);

    /// <summary>Makes what <see cref="BeginAsync"/> left out, and leaves the database as upkeep would.</summary>
    protected abstract Task EndAsync(CancellationToken ct);

    /// <summary>Writes rows as fast as the database takes them.</summary>
    protected abstract Task WriteAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken ct);

    /// <summary>SQL for an attribute of <c>u</c>.</summary>
    protected abstract string Attribute(string name);

    /// <summary>The order in which rows are best written.</summary>
    protected abstract string Order(string columns);

    /// <summary>Runs a statement.</summary>
    protected async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Reads whole rows, by the names of their columns.</summary>
    protected async Task<List<Dictionary<string, object?>>> RowsAsync(string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.Ordinal));
        }

        return rows;
    }

    // A row per attribute that user 0 has there, with the value of the user's own.
    private async Task ValuesAsync(string table, string age, TestPool pool, CancellationToken ct)
    {
        var entries = await RowsAsync($"select attribute from {table} where pool_id = '{pool.Id}' and sub = '{pool.FirstSub}'", ct);
        foreach (var name in entries.Select(e => (string)e["attribute"]!).Order(StringComparer.Ordinal))
        {
            await ExecuteAsync(
                $"""
                insert into {table} (pool_id, attribute, value, {age}sub)
                select u.pool_id, '{name}', {Attribute(name)}, {(age.Length == 0 ? "" : "u.created_at, ")}u.sub from users u
                where u.pool_id = '{pool.Id}' and u.sub <> '{pool.FirstSub}'{Order("3, 4")}
                """,
                ct);
        }
    }

    // In the order in which people would have come, which is that of their age and not of their subs.
    private static IEnumerable<object?[]> Users(Dictionary<string, object?> template, TestPool pool, CancellationToken ct)
    {
        using (var stored = JsonDocument.Parse((string)template["attributes"]!))
        {
            var names = stored.RootElement.EnumerateObject().Select(a => a.Name).Order(StringComparer.Ordinal);
            if (!names.SequenceEqual(TestPool.Attributes(0).Select(a => a.Name).Order(StringComparer.Ordinal)))
                throw new InvalidOperationException("The server stores other attributes than it was sent.");
        }

        for (var number = 1; number < pool.Users; number++)
        {
            ct.ThrowIfCancellationRequested();
            var attributes = "{" + string.Join(',', TestPool.Attributes(number).Select(a => $"\"{a.Name}\":\"{a.Value}\"")) + "}";
            yield return Row(
                template,
                ("sub", pool.Sub(number)),
                ("username", TestPool.Username(number)),
                ("normalized_username", TestPool.Username(number)),
                ("attributes", attributes),
                ("created_at", TestPool.CreatedAt(number)));
        }
    }

    private static object?[] Row(Dictionary<string, object?> template, params ReadOnlySpan<(string Column, object? Value)> changes)
    {
        var row = new object?[template.Count];
        var i = 0;
        foreach (var (column, value) in template)
        {
            row[i] = value;
            foreach (var change in changes)
                if (change.Column == column) row[i] = change.Value;
            i++;
        }

        return row;
    }
}
