using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Invites;

/// <summary><c>/api/v1/invites</c> as who invites uses it.</summary>
public sealed class InvitingTests
{
    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task An_operator_invites_and_sees_what_became_of_it(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (op, email) = (await world.OperatorAsync(), TestAccount.NewEmail());

        var made = (await op.PostAsync("invites", new JsonObject { ["email"] = email.ToUpperInvariant(), ["application"] = "ltd", ["locale"] = "de" })).Good(201).Json;
        var listed = await FindAsync(op, made["id"]!.GetValue<string>());
        (await world.RegisterAsync(email, await world.TokenAsync(email))).Good();
        var claimed = await FindAsync(op, made["id"]!.GetValue<string>());

        made.ToJsonString().ShouldNotContain("token");
        (made["email"]!.GetValue<string>(), made["state"]!.GetValue<string>(), made["kind"]!.GetValue<string>()).ShouldBe((email, "pending", "account"));
        (DateTimeOffset.Parse(made["expires_at"]!.GetValue<string>(), null) - DateTimeOffset.Parse(made["created_at"]!.GetValue<string>(), null)).ShouldBe(TimeSpan.FromDays(7));
        listed!["state"]!.GetValue<string>().ShouldBe("pending");
        (await world.MailsAsync(email))[0]["subject"]!.GetValue<string>().ShouldBe("Du bist zu LTD eingeladen");
        claimed!["state"]!.GetValue<string>().ShouldBe("claimed");
        claimed["claimed_at"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example, 127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "gopher")]
    [InlineData("X-Original-Host", "evil.example")]
    [InlineData("Forwarded", "for=1.2.3.4;host=evil.example;proto=https")]
    [InlineData("X-Forwarded-Prefix", "/evil")]
    public async Task Group_1_the_link_has_the_configured_origin_whatever_a_request_says(string header, string value)
    {
        var world = await World.OnAsync();
        var (op, email) = (await world.OperatorAsync(), TestAccount.NewEmail());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invites")
        {
            Content = new StringContent($$"""{"email":"{{email}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + op.Access);
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await world.Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(201);
        var mail = (await world.MailsAsync(email))[0];
        InviteScene.Link().Match(mail["text"]!.GetValue<string>()).Groups["base"].Value.ShouldBe(world.Url);
        mail.ToJsonString().ShouldNotContain("evil");
    }

    [Fact]
    public async Task Users_invite_where_they_may_and_as_often_as_they_may_and_see_their_own()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, InviteScene.Application(("UsersMayInvite", "true"), ("InvitesPerDay", "2")));
        var (ann, bob) = (await world.AccountAsync(), await world.AccountAsync());

        var first = await ann.InviteAsync(TestAccount.NewEmail());
        await ann.InviteAsync(TestAccount.NewEmail());
        (await ann.PostAsync("invites", new JsonObject { ["email"] = TestAccount.NewEmail() })).ShouldBeProblem(429, "TOO_MANY_REQUESTS");
        var own = (await ann.GetAsync("invites")).Good().Json["invites"]!.AsArray();
        var foreign = (await bob.GetAsync("invites")).Good().Json["invites"]!.AsArray();

        own.Count.ShouldBe(2);
        foreign.ShouldBeEmpty();
        (await bob.SendAsync(HttpMethod.Delete, "invites/" + first)).ShouldBeProblem(404, "NOT_FOUND");
        (await bob.PostAsync($"invites/{first}/resend")).ShouldBeProblem(404, "NOT_FOUND");
        (await ann.PostAsync("invites", new JsonObject { ["email"] = bob.Email, ["kind"] = "confirmation" })).ShouldBeProblem(403, "FORBIDDEN");
        await world.AdvanceAsync("PT25H");
        var again = await world.SignInAsync(ann.Email);
        await again.InviteAsync(TestAccount.NewEmail());
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task One_address_gets_five_invitations_a_day_whoever_invites(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (op, email) = (await world.OperatorAsync(), TestAccount.NewEmail());

        for (var i = 0; i < 5; i++) await op.InviteAsync(email);

        (await op.PostAsync("invites", new JsonObject { ["email"] = email })).ShouldBeProblem(429, "TOO_MANY_REQUESTS");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Who_may_not_is_refused(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var stranger = await world.ApiAsync(HttpMethod.Post, "invites", new JsonObject { ["email"] = TestAccount.NewEmail() });
        var user = await world.AccountAsync("swp");
        var op = await world.OperatorAsync();

        stranger.ShouldBeProblem(401, "TOKEN_INVALID");
        (await user.PostAsync("invites", new JsonObject { ["email"] = TestAccount.NewEmail() })).ShouldBeProblem(403, "FORBIDDEN");
        (await op.PostAsync("invites", new JsonObject { ["email"] = TestAccount.NewEmail(), ["application"] = "swp" })).ShouldBeProblem(403, "FORBIDDEN");
        (await op.PostAsync("invites", new JsonObject { ["email"] = "nobody", ["kind"] = "x" })).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await op.PostAsync("invites", new JsonObject { ["email"] = new string('x', 300) + "@example.com" })).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await op.PostAsync("invites/nothing/resend")).ShouldBeProblem(404, "NOT_FOUND");
    }

    [Fact]
    public async Task A_resent_invitation_has_another_token_which_is_the_one_that_works()
    {
        await using var world = await World.StartAsync();
        var (op, email) = (await world.OperatorAsync(), TestAccount.NewEmail());
        var id = await op.InviteAsync(email);
        var before = await world.TokenAsync(email);

        (await op.PostAsync($"invites/{id}/resend")).ShouldBeProblem(429, "TOO_MANY_REQUESTS");
        await world.AdvanceAsync("PT2M");
        (await op.PostAsync($"invites/{id}/resend")).Good();
        var after = await world.TokenAsync(email, atLeast: 2);

        after.ShouldNotBe(before);
        (await world.ApiAsync(HttpMethod.Get, "invites/" + before)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ApiAsync(HttpMethod.Get, "invites/" + after)).Good();
    }

    [Fact]
    public async Task What_is_taken_back_or_over_is_worth_nothing_and_says_so()
    {
        await using var world = await World.StartAsync();
        var op = await world.OperatorAsync();
        var (taken, over) = (TestAccount.NewEmail(), TestAccount.NewEmail());
        var (first, second) = (await op.InviteAsync(taken), await op.InviteAsync(over));
        var (tokenOfTaken, tokenOfOver) = (await world.TokenAsync(taken), await world.TokenAsync(over));

        (await op.SendAsync(HttpMethod.Delete, "invites/" + first)).Good();
        (await op.SendAsync(HttpMethod.Delete, "invites/" + first)).Good();
        (await op.PostAsync($"invites/{first}/resend")).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.RegisterAsync(taken, tokenOfTaken)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ApiAsync(HttpMethod.Get, "invites/" + tokenOfOver)).Good();
        await world.AdvanceAsync("PT168H");
        // Nothing has cleaned up: the time itself decides (group 47, CVE-2025-64708).
        (await world.ApiAsync(HttpMethod.Get, "invites/" + tokenOfOver)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.RegisterAsync(over, tokenOfOver)).ShouldBeProblem(400, "INVITE_INVALID");
        var again = await world.SignInAsync(op.Email);
        (await FindAsync(again, first))!["state"]!.GetValue<string>().ShouldBe("withdrawn");
        (await FindAsync(again, second))!["state"]!.GetValue<string>().ShouldBe("expired");
        (await again.PostAsync($"invites/{second}/resend")).Good();
        (await world.RegisterAsync(over, await world.TokenAsync(over, atLeast: 2))).Good();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_long_list_comes_in_pages(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var op = await world.OperatorAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add(await op.InviteAsync(TestAccount.NewEmail()));

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = (await op.GetAsync("invites?limit=2" + (next is null ? "" : "&before=" + next))).Good().Json;
            seen.AddRange(page["invites"]!.AsArray().Select(i => i!["id"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null && !ids.TrueForAll(seen.Contains));

        // Newest first; other tests of this server invite too.
        seen.Where(ids.Contains).ShouldBe(ids.AsEnumerable().Reverse());
        seen.ShouldBeUnique();
    }

    private static async Task<JsonNode?> FindAsync(TestAccount account, string id) =>
        (await account.GetAsync("invites?limit=200")).Good().Json["invites"]!.AsArray().FirstOrDefault(i => i!["id"]!.GetValue<string>() == id);
}
