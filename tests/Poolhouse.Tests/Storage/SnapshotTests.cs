using Poolhouse.Core.Codes;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Maintenance;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public sealed class SnapshotTests(SqliteFixture sqlite, PostgresFixture postgres)
    : StoreTests(sqlite), IClassFixture<SqliteFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_snapshot_travels_to_the_other_database_and_back()
    {
        await FillAsync();
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        using var third = new MemoryStream();

        await sqlite.Database.WriteSnapshotAsync(first, Ct);
        (await postgres.Database.RestoreSnapshotAsync(Rewound(first), Ct)).ShouldBeTrue();
        await postgres.Database.WriteSnapshotAsync(second, Ct);
        (await sqlite.Database.RestoreSnapshotAsync(Rewound(second), Ct)).ShouldBeTrue();
        await sqlite.Database.WriteSnapshotAsync(third, Ct);

        second.ToArray().ShouldBe(first.ToArray());
        third.ToArray().ShouldBe(first.ToArray());
    }

    [Fact]
    public async Task A_snapshot_holds_every_column_of_every_table_but_positions()
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={SqlitePath()};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync(Ct);
        using var command = connection.CreateCommand();
        command.CommandText = """
            select m.name || '.' || c.name
            from sqlite_master m
            join pragma_table_info(m.name) c
            where m.type = 'table' and m.name not like 'sqlite%' and m.name <> 'schema_migrations' and c.name not in ('position', 'of_a_later_version')
            """;
        var columns = new List<string>();
        using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct)) columns.Add(reader.GetString(0));

        SnapshotTable.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}")).ShouldBe(columns, ignoreOrder: true);
    }

    [Fact]
    public async Task A_snapshot_from_before_a_column_was_added_is_restored_and_one_that_lacks_what_has_no_default_is_not()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "ann");
        using var written = new MemoryStream();
        await sqlite.Database.WriteSnapshotAsync(written, Ct);
        var document = System.Text.Json.Nodes.JsonNode.Parse(written.ToArray())!;
        foreach (var row in document["tables"]!["users"]!.AsArray()) row!.AsObject().Remove("mfa");

        using var older = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()));
        (await sqlite.Database.RestoreSnapshotAsync(older, Ct)).ShouldBeTrue();
        (await ReadAsync(stores => stores.Users.FindAsync(pool.Id, user.Sub, Ct))).ShouldNotBeNull();

        foreach (var row in document["tables"]!["users"]!.AsArray()) row!.AsObject().Remove("username");
        using var broken = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()));
        (await sqlite.Database.RestoreSnapshotAsync(broken, Ct)).ShouldBeFalse();
        (await ReadAsync(stores => stores.Users.FindAsync(pool.Id, user.Sub, Ct))).ShouldNotBeNull();
    }

    private string SqlitePath()
    {
        _ = Database;
        return sqlite.Path;
    }

    private async Task FillAsync()
    {
        var pool = await PoolAsync();
        var client = NewClient(pool) with { Secrets = [new("1", new("secret"), Now)] };
        await WriteAsync(unit => unit.Clients.CreateAsync(client, Ct));
        var user = NewUser(pool, "böb", ("email", "bob@example.com")) with { Password = new("hash", [0, 255], [1]), PasswordHistory = ["x"], IsEnabled = false };
        await WriteAsync(async unit =>
        {
            await unit.Users.CreateAsync(user, "böb", [new Alias("email", "bob@example.com")], Ct);
            await unit.Documents.CreateAsync(
                new()
                {
                    PoolId = pool.Id, Kind = Poolhouse.Core.Documents.DocumentKind.Terms, Key = "k", ClientId = client.Id, Json = "{}", Secret = new("s"),
                    CreatedAt = Now, ModifiedAt = Now,
                },
                ["n"],
                Ct);
            await unit.Groups.CreateAsync(new() { PoolId = pool.Id, Name = "g", Precedence = 1, CreatedAt = Now, ModifiedAt = Now }, Ct);
            await unit.Groups.AddMemberAsync(pool.Id, "g", user.Sub, Ct);
            await unit.Codes.PutAsync(new Code { PoolId = pool.Id, Sub = user.Sub, Purpose = CodePurpose.SignUp, Hash = [7], ExpiresAt = Now }, Ct);
            await unit.SigningKeys.AddAsync(new SigningKeyRecord(NewId(), pool.Id, "id", 1, [1, 2], Now), Ct);
            await unit.ServiceKeys.AddAsync(new ServiceKeyRecord(NewId(), "s", 1, [1, 2], Now), Ct);
            var identities = new Poolhouse.Core.Identities.IdentityPool { Id = new("us-east-1:1"), Name = "i", Settings = new(), CreatedAt = Now, ModifiedAt = Now };
            await unit.IdentityPools.CreateAsync(identities, Ct);
            await unit.Identities.CreateAsync(new() { Id = new("us-east-1:2"), PoolId = identities.Id, IsGuest = false, CreatedAt = Now, ModifiedAt = Now }, Ct);
            await unit.Identities.LinkAsync(identities.Id, new("us-east-1:2"), new("p", "s", true), Ct);
            await unit.Attempts.CountAsync("a", TimeSpan.FromHours(1), Now, Ct);
            await unit.Attempts.AdmitGuessAsync("a", Now, Ct);
            await unit.Spent.SpendAsync("a", Now, Ct);
            await unit.Settings.PutAsync("a", "b", Ct);
            await unit.Events.AnnounceAsync(new(NewId(), "t", "b", Now), Ct);
            await unit.Events.AddAsync(new() { Id = NewId(), PoolId = pool.Id, Sub = user.Sub, Kind = Poolhouse.Core.Events.UserEventKind.SignedUp, At = Now }, Ct);
            await unit.Mailbox.AddAsync(new(NewId(), MessageChannel.Sms, "+1", "", "text", null, null, Now), Ct);
            for (var i = 0; i < 3; i++)
            {
                await unit.Outbox.AddAsync(
                    new()
                    {
                        Id = NewId(), PoolId = pool.Id, Kind = MessageKind.SignUpCode, Channel = MessageChannel.Sms, To = "+1",
                        CreatedAt = Now, NotAfter = Now.AddHours(1),
                    },
                    Ct);
            }
        });
        var family = await FamilyAsync(user, client);
        await WriteAsync(unit => unit.Families.RotateAsync(family.Id, "r0", "r1", TimeSpan.Zero, Now, Ct));
    }

    private static MemoryStream Rewound(MemoryStream stream)
    {
        stream.Position = 0;
        return stream;
    }
}
