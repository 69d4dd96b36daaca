using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Links;

/// <summary><c>/api/v1/links</c>: accounts of one person in two applications.</summary>
public sealed class LinkTests
{
    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task A_password_of_the_other_account_links_and_either_side_unlinks(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));

        var link = (await own.LinkAsync("swp", other.Email.ToUpperInvariant(), TestAccount.Password)).Good().Json;
        var again = (await own.LinkAsync("swp", other.Email, TestAccount.Password)).Good().Json;
        var theirs = (await other.LinksAsync()).ShouldHaveSingleItem();

        link["application"]!.GetValue<string>().ShouldBe("swp");
        link["title"]!.GetValue<string>().ShouldBe("SWP");
        link["name"]!.GetValue<string>().ShouldBe($"{other.Email[0]}***@e***");
        again["id"]!.GetValue<string>().ShouldBe(link["id"]!.GetValue<string>());
        theirs["application"]!.GetValue<string>().ShouldBe("ltd");
        theirs["id"]!.GetValue<string>().ShouldBe(link["id"]!.GetValue<string>());
        foreach (var account in new[] { own, other })
        {
            var notice = (await world.MailsAsync(account.Email, 2))[^1];
            notice["subject"]!.GetValue<string>().ShouldBe("Your account was linked");
            notice["text"]!.GetValue<string>().ShouldContain(account == own ? "SWP" : "LTD");
        }

        (await other.SendAsync(HttpMethod.Delete, "links/" + link["id"]!.GetValue<string>())).Good();
        (await own.LinksAsync()).ShouldBeEmpty();
        (await own.SendAsync(HttpMethod.Delete, "links/" + link["id"]!.GetValue<string>())).ShouldBeProblem(404, "NOT_FOUND");
        (await world.MailsAsync(own.Email, 3))[^1]["subject"]!.GetValue<string>().ShouldBe("A link of your account was removed");
        (await KindsAsync(world, own)).ShouldBe(["link.created", "link.removed"], ignoreOrder: true);
        (await KindsAsync(world, other)).ShouldBe(["link.created", "link.removed"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task A_code_that_was_mailed_to_the_other_account_links_once(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));
        var id = await own.AskAsync("swp", other.Email);
        var code = await world.CodeAsync(other.Email, 2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => own.VerifyAsync(id, code))));

        answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text).Distinct()));
        foreach (var loser in answers.Where(answer => answer.Status != 200)) loser.ShouldBeProblem(400, "CODE_EXPIRED");
        (await own.LinksAsync()).ShouldHaveSingleItem();
        (await other.LinksAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task Sixty_four_links_at_once_from_both_sides_leave_one(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));
        var links = world.Services.GetRequiredService<IDatabase>();
        var (one, two) = (await StoredAsync(world, own), await StoredAsync(world, other));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () => await links.WriteAsync(
            async unit =>
            {
                var linked = await unit.Links.LinkAsync(Guid.NewGuid().ToString(), i % 2 == 0 ? one : two, i % 2 == 0 ? two : one, one.CreatedAt, default);
                if (linked.Outcome != Poolhouse.Core.Accounts.Links.LinkOutcome.Linked) unit.Abandon();
                return linked;
            },
            default))));

        outcomes.Count(o => o.Outcome == Poolhouse.Core.Accounts.Links.LinkOutcome.Linked).ShouldBe(1);
        outcomes.Select(o => o.Id).Distinct().Count().ShouldBe(1);
        (await own.LinksAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task An_account_has_one_link_to_each_application(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, second) = (await world.AccountAsync(), await world.AccountAsync());
        var (other, another) = (await world.AccountAsync("swp"), await world.AccountAsync("swp"));
        var id = (await own.LinkAsync("swp", other.Email, TestAccount.Password)).Good().Json["id"]!.GetValue<string>();

        (await own.LinkAsync("swp", another.Email, TestAccount.Password)).ShouldBeProblem(409, "ALREADY_LINKED");
        (await second.LinkAsync("swp", other.Email, TestAccount.Password)).ShouldBeProblem(409, "ALREADY_LINKED");
        (await another.LinksAsync()).ShouldBeEmpty();
        (await second.LinksAsync()).ShouldBeEmpty();
        (await second.SendAsync(HttpMethod.Delete, "links/" + id)).ShouldBeProblem(404, "NOT_FOUND");
        (await own.LinksAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task What_proves_nothing_links_nothing(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));

        (await own.LinkAsync("swp", other.Email, "wrong")).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await own.LinkAsync("swp", TestAccount.NewEmail(), TestAccount.Password)).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await own.LinkAsync("ltd", own.Email, TestAccount.Password)).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await own.LinkAsync("nothing", other.Email, TestAccount.Password)).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await own.LinkAsync("swp", "no address")).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await own.LinkAsync("swp", other.Email, new string('x', 257))).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await own.PostAsync("links/verify", new JsonObject { ["link_id"] = 5, ["code"] = "000000" })).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await world.ApiAsync(HttpMethod.Get, "links")).ShouldBeProblem(401, "TOKEN_INVALID");
        (await own.LinksAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task An_address_that_nobody_has_is_answered_alike_and_gets_no_mail(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));
        var nobody = TestAccount.NewEmail();

        var unknown = (await own.LinkAsync("swp", nobody)).Good(202);
        var unknownVerified = await own.VerifyAsync(unknown.Json["link_id"]!.GetValue<string>(), "000000");
        var known = (await own.LinkAsync("swp", other.Email)).Good(202);
        var code = await world.CodeAsync(other.Email, 2);
        var knownVerified = await own.VerifyAsync(known.Json["link_id"]!.GetValue<string>(), code == "000000" ? "000001" : "000000");

        Masked(unknown).ShouldBe(Masked(known));
        unknownVerified.ShouldBeProblem(400, "CODE_MISMATCH");
        knownVerified.ShouldBeProblem(400, "CODE_MISMATCH");
        unknownVerified.Text.ShouldBe(knownVerified.Text);
        (await world.Http.GetStringAsync("/dev/mailbox?to=" + nobody)).ShouldBe("[]");

        static string Masked(ApiAnswer answer) => answer.Text.Replace(answer.Json["link_id"]!.GetValue<string>(), "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_code_has_five_tries(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));
        var id = await own.AskAsync("swp", other.Email);
        var code = await world.CodeAsync(other.Email, 2);
        var wrong = code == "000000" ? "000001" : "000000";

        for (var i = 0; i < 5; i++) (await own.VerifyAsync(id, wrong)).ShouldBeProblem(400, "CODE_MISMATCH");

        (await own.VerifyAsync(id, code)).ShouldBeProblem(400, "CODE_EXPIRED");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_code_is_good_for_who_asked_and_for_the_newest_request_only(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, stranger, other) = (await world.AccountAsync(), await world.AccountAsync(), await world.AccountAsync("swp"));
        var id = await own.AskAsync("swp", other.Email);
        var code = await world.CodeAsync(other.Email, 2);

        (await stranger.VerifyAsync(id, code)).ShouldBeProblem(400, "CODE_EXPIRED");
        var newer = await own.AskAsync("swp", other.Email);
        var newest = await world.CodeAsync(other.Email, 3);
        (await own.VerifyAsync(id, code)).ShouldBeProblem(400, "CODE_EXPIRED");
        (await own.VerifyAsync(id, newest)).ShouldBeProblem(400, "CODE_EXPIRED");
        (await own.VerifyAsync(newer, newest)).Good();
    }

    [Fact]
    public async Task Codes_and_sign_ins_grow_old()
    {
        await using var world = await World.StartAsync();
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));
        var id = await own.AskAsync("swp", other.Email);
        var code = await world.CodeAsync(other.Email, 2);
        var link = await (await world.AccountAsync()).LinkAsync("swp", other.Email, TestAccount.Password);

        await world.AdvanceAsync("PT10M");
        (await own.VerifyAsync(id, code)).ShouldBeProblem(400, "CODE_EXPIRED");
        await world.AdvanceAsync("PT6M");

        (await own.LinkAsync("swp", other.Email)).ShouldBeProblem(403, "REAUTHENTICATION_REQUIRED");
        (await own.VerifyAsync(id, code)).ShouldBeProblem(403, "REAUTHENTICATION_REQUIRED");
        (await other.SendAsync(HttpMethod.Delete, "links/" + link.Good().Json["id"]!.GetValue<string>())).ShouldBeProblem(403, "REAUTHENTICATION_REQUIRED");
        (await other.LinksAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Nobody_can_have_one_address_mailed_again_and_again(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var other = await world.AccountAsync("swp");
        var callers = new List<TestAccount>();
        for (var i = 0; i < 2; i++) callers.Add(await world.AccountAsync());

        for (var i = 0; i < 5; i++) await callers[i % 2].AskAsync("swp", other.Email);

        var refused = await callers[1].LinkAsync("swp", other.Email);
        refused.ShouldBeProblem(429, "TOO_MANY_REQUESTS");
        refused.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_link_goes_with_either_account()
    {
        var world = await World.OnAsync();
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));
        (await own.LinkAsync("swp", other.Email, TestAccount.Password)).Good();

        await world.DoAsync("AdminDeleteUser", new JsonObject { ["UserPoolId"] = "us-east-1_PoolhouseSwp", ["Username"] = other.Email });

        (await own.LinksAsync()).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> KindsAsync(World world, TestAccount account)
    {
        var stored = await StoredAsync(world, account);
        var page = await world.Services.GetRequiredService<IDatabase>().ReadAsync(stores => stores.Audit.ListAsync(stored.Id, 50, null, default), default);
        return [.. page.Items.Select(entry => entry.Kind).Where(kind => kind.StartsWith("link.", StringComparison.Ordinal))];
    }

    private static async Task<Poolhouse.Core.Accounts.Account> StoredAsync(World world, TestAccount account)
    {
        await account.LinksAsync();
        var claims = Tokens.Claims(account.Access);
        var (issuer, sub) = (claims["iss"]!.GetValue<string>(), claims["sub"]!.GetValue<string>());
        var pool = new PoolId(issuer[(issuer.LastIndexOf('/') + 1)..]);
        return (await world.Services.GetRequiredService<IDatabase>().ReadAsync(
            stores => stores.Accounts.FindByUserAsync(pool.Value.EndsWith("Swp", StringComparison.Ordinal) ? "swp" : "ltd", pool, new Sub(sub), default), default))!;
    }
}
