using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

/// <summary>Profile, history and export.</summary>
public sealed class MeTests
{
    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task A_profile_is_read_and_changed(Engine engine)
    {
        var account = await (await World.OnAsync(engine)).AccountAsync();
        var name = "u" + Guid.NewGuid().ToString("N")[..12];

        var before = (await account.GetAsync("me")).Good().Json;
        var after = (await account.SendAsync(HttpMethod.Patch, "me", new JsonObject { ["first_name"] = "Ada", ["locale"] = "de", ["username"] = name })).Good().Json;

        (before["email"]!.GetValue<string>(), before["first_name"]!.GetValue<string>(), before["email_verified"]!.GetValue<bool>()).ShouldBe((account.Email, "Test", true));
        (after["first_name"]!.GetValue<string>(), after["last_name"]!.GetValue<string>(), after["locale"]!.GetValue<string>(), after["username"]!.GetValue<string>())
            .ShouldBe(("Ada", "User", "de", name));
        (await account.GetAsync("me")).Json.ToJsonString().ShouldBe(after.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task One_of_64_gets_a_name_by_changing_the_profile_and_nobody_takes_anothers(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var accounts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.AccountAsync()));
        var name = "u" + Guid.NewGuid().ToString("N")[..12];

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
            (Who: i % 8, Answer: await accounts[i % 8].SendAsync(HttpMethod.Patch, "me", new JsonObject { ["username"] = name })))));

        answers.Where(a => a.Answer.Status == 200).Select(a => a.Who).Distinct().ShouldHaveSingleItem();
        foreach (var loser in answers.Where(a => a.Answer.Status != 200)) loser.Answer.ShouldBeProblem(409, "USERNAME_TAKEN");
    }

    [Fact]
    public async Task The_history_has_sign_ins_with_where_they_came_from_newest_first()
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();
        await account.SendAsync(HttpMethod.Patch, "me", new JsonObject { ["first_name"] = "Ada" });

        var entries = (await account.GetAsync("me/history")).Good().Json["entries"]!.AsArray();

        entries.Select(e => e!["kind"]!.GetValue<string>()).Take(2).ShouldBe(["profile.changed", "attributes_changed"], ignoreOrder: true);
        entries.Select(e => e!["kind"]!.GetValue<string>()).Skip(2).Where(kind => kind != "tree.placed").ShouldBe(["signed_in", "confirmed", "signed_up"]);
        entries[2]!["address"]!.GetValue<string>().ShouldBe("127.0.0.1");
        var next = Uri.EscapeDataString(entries[2]!["at"]!.GetValue<string>());
        (await account.GetAsync("me/history?before=" + next)).Json["entries"]!.AsArray().Select(e => e!["kind"]!.GetValue<string>())
            .Where(kind => kind != "tree.placed").ShouldBe(["confirmed", "signed_up"]);
        (await account.GetAsync("me/history?before=yesterday")).ShouldBeProblem(400, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task The_export_has_everything_but_secrets_and_needs_a_fresh_sign_in()
    {
        await using var world = await World.StartAsync();
        var account = await world.AccountAsync();

        var export = (await account.GetAsync("me/export")).Good();

        export.Json["profile"]!["email"]!.GetValue<string>().ShouldBe(account.Email);
        export.Json["history"]!["entries"]!.AsArray().ShouldNotBeEmpty();
        export.Text.ShouldNotContain("hash");
        await world.AdvanceAsync("PT16M");
        (await account.GetAsync("me/export")).ShouldBeProblem(403, "REAUTHENTICATION_REQUIRED");
    }

    [Theory]
    [InlineData("GET", "me")]
    [InlineData("PATCH", "me")]
    [InlineData("GET", "me/history")]
    [InlineData("GET", "me/export")]
    [InlineData("GET", "features")]
    [InlineData("GET", "security-questions")]
    [InlineData("PUT", "security-questions")]
    [InlineData("POST", "security-questions/answers")]
    [InlineData("GET", "security-matrix")]
    public async Task Strangers_and_what_is_no_token_are_refused(string method, string path)
    {
        var world = await World.OnAsync();

        foreach (var token in new[] { null, "x", "a.b.c", "e30.e30.e30", "e30.bnVsbA.e30", "e30.eyJpc3MiOjEsImNsaWVudF9pZCI6MX0.e30" })
            (await world.ApiAsync(new HttpMethod(method), path, [], token)).ShouldBeProblem(401, "TOKEN_INVALID");
    }
}
