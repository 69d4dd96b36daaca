using Microsoft.Extensions.Logging.Abstractions;
using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Stores;
using Poolhouse.Server;
using Poolhouse.Tests.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Deletion;

/// <summary>What deleted accounts leave outside the database goes, if not now then later, and is removed by one node at a time.</summary>
public abstract class ErasureTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task What_fails_is_tried_again_later_and_what_is_gone_is_not()
    {
        var kind = NewId();
        var clock = new ManualTime(Now);
        var work = new Work(kind) { Failures = 2 };
        using var runner = new ErasureRunner(Database, [work], new ErasureSignal(clock), clock, NullLogger<ErasureRunner>.Instance);
        await WriteAsync(unit => unit.Erasures.AddAsync(new Erasure(NewId(), kind, "file-1", 0), Now, Ct));

        (await runner.RunOnceAsync(Ct)).ShouldBe(1);
        (await runner.RunOnceAsync(Ct)).ShouldBe(0);
        clock.Advance(TimeSpan.FromSeconds(10));
        (await runner.RunOnceAsync(Ct)).ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(20));
        (await runner.RunOnceAsync(Ct)).ShouldBe(1);
        clock.Advance(TimeSpan.FromDays(1));

        (await runner.RunOnceAsync(Ct)).ShouldBe(0);
        work.Asked.ShouldBe(["file-1", "file-1", "file-1"]);
    }

    [Fact]
    public async Task Of_many_nodes_one_takes_it_and_another_only_when_the_first_is_lost()
    {
        await WriteAsync(unit => unit.Erasures.AddAsync(new Erasure(NewId(), NewId(), "file-1", 0), Now, Ct));

        var taken = await RaceAsync((unit, _) => unit.Erasures.TakeAsync(20, Now, Now.AddMinutes(5), Ct));

        taken.Sum(each => each.Count).ShouldBe(1);
        var later = await WriteAsync(unit => unit.Erasures.TakeAsync(20, Now.AddMinutes(5), Now.AddMinutes(10), Ct));
        later.ShouldHaveSingleItem().Attempts.ShouldBe(2);
        await WriteAsync(unit => unit.Erasures.CompleteAsync(later[0].Id, Ct));
    }

    private sealed class Work(string kind) : IErasureWork
    {
        public int Failures { get; set; }

        public List<string> Asked { get; } = [];

        public string Kind => kind;

        public ValueTask EraseAsync(string subject, CancellationToken ct)
        {
            Asked.Add(subject);
            return Failures-- > 0 ? throw new IOException("The disk is full.") : ValueTask.CompletedTask;
        }
    }
}

public sealed class ErasureOnSqliteTests(SqliteFixture fixture) : ErasureTests(fixture), IClassFixture<SqliteFixture>;

public sealed class ErasureOnPostgresTests(PostgresFixture fixture) : ErasureTests(fixture), IClassFixture<PostgresFixture>;
