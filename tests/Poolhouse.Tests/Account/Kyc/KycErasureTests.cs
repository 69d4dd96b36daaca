using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Kyc;

/// <summary>What must not be kept is not, and what stops between two steps leaves nothing behind.</summary>
public sealed class KycErasureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_is_erased_a_year_after_the_decision_and_the_decision_stays()
    {
        var objects = new MemoryObjects();
        await using var world = await StartAsync(objects);
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var (id, waiting) = (await person.DocumentAsync(), await person.DocumentAsync("selfie"));
        (await reviewer.ReviewAsync(id, "approved", "seen")).Good();
        objects.Kept.Count.ShouldBe(2);

        await world.AdvanceAsync("P366D");
        await EraseUntilAsync(world, () => objects.Kept.Count == 1);

        (reviewer, person) = (await world.SignInAsync(reviewer.Email), await world.SignInAsync(person.Email));
        ((int)(await reviewer.ContentAsync(id)).Response.StatusCode).ShouldBe(410);
        ((int)(await reviewer.ContentAsync(waiting)).Response.StatusCode).ShouldBe(200);
        var document = (await person.GetAsync("kyc/documents")).Good().Json["documents"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == id)!;
        document["state"]!.GetValue<string>().ShouldBe("approved");
        document["erased_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task With_no_retention_it_stays_as_long_as_the_account()
    {
        var objects = new MemoryObjects();
        await using var world = await StartAsync(objects, "--Kyc:RetentionDays", "0");
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        (await reviewer.ReviewAsync(await person.DocumentAsync(), "approved")).Good();

        await world.AdvanceAsync("P3000D");
        await EraseAsync(world);

        objects.Kept.Count.ShouldBe(1);
        await world.DoAsync("AdminDeleteUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = person.Email });
        await EraseUntilAsync(world, () => objects.Kept.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Documents_go_with_their_account(Engine engine)
    {
        var objects = new MemoryObjects();
        await using var world = await StartAsync(engine, objects);
        var (person, other) = (await world.AccountAsync(), await world.AccountAsync());
        var reviewer = await world.OperatorAsync();
        var id = await person.DocumentAsync();
        await other.DocumentAsync();

        await world.DoAsync("AdminDeleteUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = person.Email });

        ((int)(await reviewer.ContentAsync(id)).Response.StatusCode).ShouldBe(404, "At once, not only after upkeep.");
        (await reviewer.ReviewAsync(id, "approved")).ShouldBeProblem(404, "NOT_FOUND");
        await EraseUntilAsync(world, () => objects.Kept.Count == 1);
        (await FindAsync(world, id)).ShouldBeNull();
    }

    [Fact]
    public async Task All_of_an_account_can_be_erased_in_the_transaction_that_deletes_it()
    {
        var objects = new MemoryObjects();
        await using var world = await StartAsync(objects);
        var person = await world.AccountAsync();
        var id = await person.DocumentAsync();
        var account = (await FindAsync(world, id))!.AccountId!.Value;

        var now = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        (await world.Services.GetRequiredService<IDatabase>().WriteAsync(unit => KycErasure.EraseAllAsync(unit, account, now, Ct), Ct)).ShouldBe(1);

        (await FindAsync(world, id)).ShouldBeNull();
        (await person.StatusAsync()).ShouldBe(("none", null));
        await EraseUntilAsync(world, () => objects.Kept.IsEmpty);
    }

    [Fact]
    public async Task Killed_after_the_object_and_before_the_row_upkeep_removes_the_object()
    {
        var objects = new MemoryObjects { IsKilledAfterPut = true };
        await using var world = await StartAsync(objects);
        var person = await world.AccountAsync();

        (await person.UploadAsync(Samples.Jpeg())).Status.ShouldBe(500);

        objects.Kept.Count.ShouldBe(1);
        (await person.StatusAsync()).ShouldBe(("none", null));
        await EraseAsync(world);
        objects.Kept.Count.ShouldBe(1, "It might be an upload under way.");
        await world.AdvanceAsync("PT61M");
        await EraseUntilAsync(world, () => objects.Kept.IsEmpty);
    }

    [Fact]
    public async Task An_upload_that_upkeep_gave_up_keeps_nothing()
    {
        var objects = new MemoryObjects();
        await using var world = await StartAsync(objects);
        var person = await world.AccountAsync();
        objects.OnPut = async () =>
        {
            await world.AdvanceAsync("PT61M");
            await EraseUntilAsync(world, () => objects.Kept.IsEmpty);
        };

        (await person.UploadAsync(Samples.Jpeg())).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");

        objects.OnPut = null;
        (await (await world.SignInAsync(person.Email)).StatusAsync()).ShouldBe(("none", null));
        objects.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_and_tried_again()
    {
        var objects = new MemoryObjects();
        await using var world = await StartAsync(objects);
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var id = await person.DocumentAsync();

        objects.IsAway = true;
        var refused = await person.UploadAsync(Samples.Jpeg());
        refused.ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        refused.RetryAfter.ShouldNotBeNull();
        ((int)(await reviewer.ContentAsync(id)).Response.StatusCode).ShouldBe(503);
        (await person.SendAsync(HttpMethod.Delete, $"kyc/documents/{id}")).Good(204);
        await Should.ThrowAsync<ObjectStoreException>(async () =>
        {
            // The server's own upkeep may have taken it first; then it is due again.
            while (true)
            {
                await EraseAsync(world);
                await world.AdvanceAsync("PT6M");
            }
        });
        objects.Kept.Count.ShouldBe(1);

        objects.IsAway = false;
        await world.AdvanceAsync("PT6M");
        await EraseUntilAsync(world, () => objects.Kept.IsEmpty);
    }

    [Fact]
    public async Task An_object_that_was_changed_or_exchanged_is_never_shown()
    {
        var objects = new MemoryObjects();
        await using var world = await StartAsync(objects);
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var (one, two) = (await person.DocumentAsync(), await person.DocumentAsync("selfie"));
        var (first, second) = ((await FindAsync(world, one))!.ObjectName!, (await FindAsync(world, two))!.ObjectName!);

        (objects.Kept[first], objects.Kept[second]) = (objects.Kept[second], objects.Kept[first]);
        ((int)(await reviewer.ContentAsync(one)).Response.StatusCode).ShouldBe(500);
        objects.Kept[second] = objects.Kept[first][..^1];
        ((int)(await reviewer.ContentAsync(two)).Response.StatusCode).ShouldBe(500);
        objects.Kept.Remove(second, out _);
        ((int)(await reviewer.ContentAsync(two)).Response.StatusCode).ShouldBe(500, "Lost is not erased.");
    }

    private static Task<World> StartAsync(MemoryObjects objects, params string[] arguments) => StartAsync(Engine.Sqlite, objects, arguments);

    private static Task<World> StartAsync(Engine engine, MemoryObjects objects, params string[] arguments) =>
        World.StartAsync(engine, services => services.AddSingleton<IObjectStore>(objects), arguments);

    private static async Task EraseAsync(World world) =>
        await world.Services.GetRequiredService<KycErasure>().RunAsync(world.Services.GetRequiredService<TimeProvider>().GetUtcNow(), Ct);

    // The server's own upkeep may be at it already.
    private static async Task EraseUntilAsync(World world, Func<bool> isDone)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            await EraseAsync(world);
            if (isDone()) return;
            await Task.Delay(20, Ct);
        }

        isDone().ShouldBeTrue();
    }

    private static async Task<KycDocument?> FindAsync(World world, string id) =>
        await world.Services.GetRequiredService<IDatabase>().ReadAsync(stores => stores.Kyc.FindAsync(id, Ct), Ct);

    /// <summary>An object store that a test can break.</summary>
    private sealed class MemoryObjects : IObjectStore
    {
        public ConcurrentDictionary<string, byte[]> Kept { get; } = new();

        public bool IsAway { get; set; }

        public bool IsKilledAfterPut { get; init; }

        public Func<Task>? OnPut { get; set; }

        public async Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            Check();
            Kept[name] = bytes.ToArray();
            if (IsKilledAfterPut) throw new InvalidOperationException("This is where the process ends.");
            if (OnPut is { } then) await then();
        }

        public Task<byte[]?> FindAsync(string name, int most, CancellationToken ct)
        {
            Check();
            return Task.FromResult(Kept.GetValueOrDefault(name));
        }

        public Task DeleteAsync(string name, CancellationToken ct)
        {
            Check();
            Kept.Remove(name, out _);
            return Task.CompletedTask;
        }

        private void Check()
        {
            if (IsAway) throw new ObjectStoreException("away");
        }
    }
}
