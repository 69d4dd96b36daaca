using Poolhouse.Core.Documents;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class DocumentStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task A_document_comes_back_with_its_secret()
    {
        var pool = await PoolAsync();
        var client = await ClientAsync(pool);
        var document = New(pool, "k") with { ClientId = client.Id, Secret = new Secret("s3cret") };

        (await CreateAsync(document, "a", "b")).ShouldBe(SaveDocumentOutcome.Saved);

        var found = (await ReadAsync(stores => stores.Documents.FindByNameAsync(pool.Id, DocumentKind.Terms, "b", Ct)))!;
        found.Secret!.Reveal().ShouldBe("s3cret");
        (found with { Secret = null }).ShouldBe(document with { Secret = null });
        (await ReadAsync(stores => stores.Documents.FindAsync(pool.Id, DocumentKind.Branding, "k", Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_and_a_name_belong_to_one_document_each()
    {
        var pool = await PoolAsync();

        var keys = await RaceAsync((unit, i) => unit.Documents.CreateAsync(New(pool, "k"), [$"n{i}"], Ct));
        var names = await RaceAsync(async (unit, i) =>
        {
            var outcome = await unit.Documents.CreateAsync(New(pool, $"k{i}"), ["same"], Ct);
            if (outcome != SaveDocumentOutcome.Saved) unit.Abandon();
            return outcome;
        });

        (keys.Count(o => o == SaveDocumentOutcome.Saved), keys.Count(o => o == SaveDocumentOutcome.KeyTaken)).ShouldBe((1, Racers - 1));
        (names.Count(o => o == SaveDocumentOutcome.Saved), names.Count(o => o == SaveDocumentOutcome.NameTaken)).ShouldBe((1, Racers - 1));
        (await ReadAsync(stores => stores.Documents.CountAsync(pool.Id, DocumentKind.Terms, Ct))).ShouldBe(2);
    }

    [Fact]
    public async Task A_domain_is_one_pools()
    {
        var (first, second) = (await PoolAsync(), await PoolAsync());
        var name = NewId();

        (await CreateAsync(New(first, name) with { Kind = DocumentKind.Domain })).ShouldBe(SaveDocumentOutcome.Saved);

        (await CreateAsync(New(second, name) with { Kind = DocumentKind.Domain })).ShouldBe(SaveDocumentOutcome.KeyTaken);
        (await CreateAsync(New(second, name))).ShouldBe(SaveDocumentOutcome.Saved);
        (await ReadAsync(stores => stores.Documents.FindDomainAsync(name, Ct)))!.PoolId.ShouldBe(first.Id);
    }

    [Fact]
    public async Task An_update_replaces_names_and_loses_from_an_older_reading()
    {
        var pool = await PoolAsync();
        var document = New(pool, "k");
        await CreateAsync(document, "a", "b");
        await CreateAsync(New(pool, "other"), "c");
        var changed = document with { Json = "{\"x\":1}", ModifiedAt = Now.AddSeconds(1) };

        (await UpdateAsync(changed, Now, "b", "d")).ShouldBe(SaveDocumentOutcome.Saved);

        (await UpdateAsync(changed, Now, "b")).ShouldBe(SaveDocumentOutcome.Stale);
        (await UpdateAsync(changed, changed.ModifiedAt, "c")).ShouldBe(SaveDocumentOutcome.NameTaken);
        (await ReadAsync(stores => stores.Documents.FindByNameAsync(pool.Id, DocumentKind.Terms, "a", Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.Documents.FindByNameAsync(pool.Id, DocumentKind.Terms, "d", Ct)))!.Json.ShouldBe("{\"x\":1}");
    }

    [Fact]
    public async Task Documents_go_with_their_client_and_with_their_pool()
    {
        var pool = await PoolAsync();
        var client = await ClientAsync(pool);
        await CreateAsync(New(pool, "a") with { ClientId = client.Id }, "n");
        await CreateAsync(New(pool, "b"), "m");

        await WriteAsync(unit => unit.Clients.DeleteAsync(client.Id, Ct));
        var left = await ReadAsync(stores => stores.Documents.ListAsync(pool.Id, DocumentKind.Terms, 60, null, Ct));
        await WriteAsync(unit => unit.Pools.DeleteAsync(pool.Id, Ct));

        left.Items.Select(d => d.Key).ShouldBe(["b"]);
        (await ReadAsync(stores => stores.Documents.FindByNameAsync(pool.Id, DocumentKind.Terms, "m", Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task A_list_pages_by_key_and_a_deletion_happens_once()
    {
        var pool = await PoolAsync();
        foreach (var key in new[] { "c", "a", "b" }) await CreateAsync(New(pool, key), "name of " + key);

        var first = await ReadAsync(stores => stores.Documents.ListAsync(pool.Id, DocumentKind.Terms, 2, null, Ct));
        var second = await ReadAsync(stores => stores.Documents.ListAsync(pool.Id, DocumentKind.Terms, 2, first.Next, Ct));
        var deleted = await RaceAsync((unit, _) => unit.Documents.DeleteAsync(pool.Id, DocumentKind.Terms, "a", Ct));

        first.Items.Concat(second.Items).Select(d => d.Key).ShouldBe(["a", "b", "c"]);
        second.Next.ShouldBeNull();
        deleted.Count(isDeleted => isDeleted).ShouldBe(1);
        (await CreateAsync(New(pool, "d"), "name of a")).ShouldBe(SaveDocumentOutcome.Saved);
    }

    private static Document New(UserPool pool, string key) =>
        new() { PoolId = pool.Id, Kind = DocumentKind.Terms, Key = key, Json = "{}", CreatedAt = Now, ModifiedAt = Now };

    private ValueTask<SaveDocumentOutcome> CreateAsync(Document document, params string[] names) => WriteAsync(async unit =>
        Kept(unit, await unit.Documents.CreateAsync(document, names, Ct)));

    private ValueTask<SaveDocumentOutcome> UpdateAsync(Document document, DateTimeOffset expected, params string[] names) => WriteAsync(async unit =>
        Kept(unit, await unit.Documents.UpdateAsync(document, expected, names, Ct)));

    private static SaveDocumentOutcome Kept(IUnitOfWork unit, SaveDocumentOutcome outcome)
    {
        if (outcome != SaveDocumentOutcome.Saved) unit.Abandon();
        return outcome;
    }
}

public sealed class DocumentStoreOnSqliteTests(SqliteFixture fixture) : DocumentStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class DocumentStoreOnPostgresTests(PostgresFixture fixture) : DocumentStoreTests(fixture), IClassFixture<PostgresFixture>;
