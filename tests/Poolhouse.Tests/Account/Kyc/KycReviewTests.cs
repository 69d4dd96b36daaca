using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Kyc;

public sealed class KycReviewTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_64_reviews_at_once_one_wins(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var id = await person.DocumentAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => reviewer.ReviewAsync(id, i % 2 == 0 ? "approved" : "rejected", $"reason {i}")));

        var won = answers.Single(answer => answer.Status == 200).Json;
        answers.Count(answer => answer.Status == 409).ShouldBe(63);
        (await person.StatusAsync()).Status.ShouldBe(won["state"]!.GetValue<string>());
        (await EntriesAsync(world, id)).Count(entry => entry.Kind is "kyc.approved" or "kyc.rejected").ShouldBe(1);
    }

    [Fact]
    public async Task A_rejection_has_a_reason_which_the_person_reads()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var id = await person.DocumentAsync();

        (await reviewer.ReviewAsync(id, "rejected")).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await reviewer.ReviewAsync(id, "rejected", "  ")).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await reviewer.ReviewAsync(id, "rejected", new string('x', 501))).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await reviewer.ReviewAsync(id, "maybe", "x")).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await reviewer.ReviewAsync(id, "pending", "x")).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await reviewer.ReviewAsync(id, "rejected", "Too blurred to read.")).Good();

        (await person.StatusAsync()).ShouldBe(("rejected", "Too blurred to read."));
        (await reviewer.ReviewAsync(id, "approved")).ShouldBeProblem(409, "KYC_ALREADY_REVIEWED");
        await person.DocumentAsync();
        (await person.StatusAsync()).ShouldBe(("pending", null));
    }

    [Fact]
    public async Task Only_operators_review_and_never_their_own()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var (id, own) = (await person.DocumentAsync(), await reviewer.DocumentAsync());

        (await person.ReviewAsync(id, "approved")).ShouldBeProblem(403, "FORBIDDEN");
        (await person.GetAsync("kyc/reviews")).ShouldBeProblem(403, "FORBIDDEN");
        ((int)(await person.ContentAsync(id)).Response.StatusCode).ShouldBe(403);
        (await reviewer.ReviewAsync(own, "approved")).ShouldBeProblem(403, "FORBIDDEN");
        (await reviewer.ReviewAsync(Guid.NewGuid().ToString(), "approved")).ShouldBeProblem(404, "NOT_FOUND");
        (await reviewer.ReviewAsync("x%00y", "approved")).Status.ShouldBeOneOf(400, 404);
    }

    [Fact]
    public async Task Operators_of_another_application_learn_nothing()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var stranger = await world.OperatorAsync("swp");
        var id = await person.DocumentAsync();

        (await stranger.ReviewAsync(id, "approved")).ShouldBeProblem(404, "NOT_FOUND");
        ((int)(await stranger.ContentAsync(id)).Response.StatusCode).ShouldBe(404);
        (await PendingAsync(stranger)).ShouldNotContain(id);
        (await person.StatusAsync()).Status.ShouldBe("pending");
    }

    [Fact]
    public async Task What_waits_is_listed_page_by_page_the_oldest_first()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--Kyc:UploadsPerDay", "100");
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var ids = new List<string>();
        for (var i = 0; i < 35; i++) ids.Add(await person.DocumentAsync());
        (await reviewer.ReviewAsync(ids[0], "approved")).Good();

        var first = (await reviewer.GetAsync("kyc/reviews")).Good().Json;
        first["documents"]!.AsArray().Count.ShouldBe(30);
        first["documents"]![0]!["account_id"]!.GetValue<string>().ShouldNotBeEmpty();
        (await PendingAsync(reviewer)).ShouldBe(ids.Skip(1), ignoreOrder: true);
    }

    [Fact]
    public async Task Content_is_saved_not_opened_and_every_view_is_noted()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var id = await person.DocumentAsync("driving_licence");

        await reviewer.ContentAsync(id);
        var (response, _) = await reviewer.ContentAsync(id);

        response.Content.Headers.ContentDisposition!.ToString().ShouldBe($"attachment; filename=driving_licence-{id}.jpg; filename*=UTF-8''driving_licence-{id}.jpg");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var entries = await EntriesAsync(world, id);
        entries.Select(entry => entry.Kind).ShouldBe(["kyc.viewed", "kyc.viewed", "kyc.uploaded"]);
        entries[0].Actor.ShouldNotBe(entries[0].Account);
        entries[0].RequestId.ShouldNotBeNull();
    }

    private static async Task<List<string>> PendingAsync(TestAccount reviewer)
    {
        var ids = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = (await reviewer.GetAsync("kyc/reviews" + (after.Length == 0 ? "" : "?after=" + Uri.EscapeDataString(after)))).Good().Json;
            ids.AddRange(page["documents"]!.AsArray().Select(document => document!["id"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>();
        }

        return ids;
    }

    /// <summary>The audit log's entries about a document, newest first.</summary>
    private static async Task<List<AuditEntry>> EntriesAsync(World world, string id)
    {
        var database = world.Services.GetRequiredService<IDatabase>();
        var document = (await database.ReadAsync(stores => stores.Kyc.FindAsync(id, Ct), Ct))!;
        var page = await database.ReadAsync(stores => stores.Audit.ListAsync(document.AccountId!.Value, 60, null, Ct), Ct);
        return [.. page.Items.Where(entry => entry.Subject == id)];
    }
}
