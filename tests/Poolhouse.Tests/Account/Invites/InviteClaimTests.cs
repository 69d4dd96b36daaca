using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Invites;

/// <summary>Invitations as who is invited uses them.</summary>
public sealed class InviteClaimTests
{
    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task An_invitation_proves_the_address_that_it_was_mailed_to(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (op, email) = (await world.OperatorAsync(), TestAccount.NewEmail());
        await op.InviteAsync(email);
        var token = await world.TokenAsync(email);

        // A mail gateway that follows links spends nothing (the token's GET can be repeated).
        var shown = (await world.ApiAsync(HttpMethod.Get, "invites/" + token)).Good().Json;
        (await world.ApiAsync(HttpMethod.Get, "invites/" + token)).Good();
        var registered = await world.RegisterAsync(email.ToUpperInvariant(), token);

        (shown["email"]!.GetValue<string>(), shown["application"]!.GetValue<string>(), shown["kind"]!.GetValue<string>()).ShouldBe((email, "ltd", "account"));
        registered.Text.ShouldBe("""{"message":"Signup complete"}""");
        (await world.SignInAsync(email)).Access.ShouldNotBeEmpty();
        var user = (await world.UserAsync(email))!;
        (user["UserStatus"]!.GetValue<string>(), user.Attribute("email_verified")).ShouldBe(("CONFIRMED", "true"));
        (await world.ApiAsync(HttpMethod.Get, "invites/" + token)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.RegisterAsync(TestAccount.NewEmail(), token)).ShouldBeProblem(400, "INVITE_INVALID");
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task One_of_64_who_claim_an_invitation_gets_it_and_the_others_are_told(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (op, email) = (await world.OperatorAsync(), TestAccount.NewEmail());
        await op.InviteAsync(email);
        var token = await world.TokenAsync(email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => world.RegisterAsync(email, token))));

        // At Amazon the user is there a moment before the invitation is spent; who comes in that moment is answered as for any known address.
        if (engine == Engine.Amazon) answers.Count(a => a.Status == 200).ShouldBeInRange(1, 63);
        else answers.Count(a => a.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text).Distinct()));
        foreach (var loser in answers.Where(a => a.Status != 200)) loser.ShouldBeProblem(400, "INVITE_INVALID");
        var page = (await op.GetAsync("invites")).Good().Json["invites"]!.AsArray();
        page.Single(i => i!["email"]!.GetValue<string>() == email)!["state"]!.GetValue<string>().ShouldBe("claimed");
        (await world.SignInAsync(email)).Access.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Group_47_an_invitation_is_good_for_its_address_application_and_use_only(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (op, email) = (await world.OperatorAsync(), TestAccount.NewEmail());
        await op.InviteAsync(email);
        var token = await world.TokenAsync(email);
        var elsewhere = AccountWorld.Registration(email, "swp");
        elsewhere["invite_token"] = token;

        (await world.RegisterAsync(TestAccount.NewEmail(), token)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.RegisterAsync(email, token[..^1] + (token[^1] == 'A' ? 'B' : 'A'))).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ApiAsync(HttpMethod.Post, "auth/register", elsewhere)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ConfirmAsync(token)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ApiAsync(HttpMethod.Get, $"invites/{token}?application=swp")).ShouldBeProblem(400, "INVITE_INVALID");
        foreach (var none in new[] { "x", new string('A', 43), new string('A', 300), "%00", "..", "é" })
            (await world.ApiAsync(HttpMethod.Get, "invites/" + Uri.EscapeDataString(none) + (none == ".." ? "x" : ""))).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.UserAsync(email)).ShouldBeNull();
        // Letters that fold to others in Unicode are other letters in an address.
        (await world.RegisterAsync(email.Replace("example", "examp\u017fe", StringComparison.Ordinal), token)).Status.ShouldBe(400);
        (await world.RegisterAsync(email, token)).Good();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_known_address_with_an_invitation_is_answered_alike_and_gets_a_reset(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (op, known) = (await world.OperatorAsync(), await world.AccountAsync());
        await op.InviteAsync(known.Email);
        var token = await world.TokenAsync(known.Email);

        var answer = await world.RegisterAsync(known.Email, token);

        answer.Text.ShouldBe("""{"message":"Signup complete"}""");
        var code = await world.CodeAsync(known.Email, atLeast: 3);
        (await world.ApiAsync(HttpMethod.Post, "auth/verify-otp", new JsonObject
        {
            ["email"] = known.Email, ["code"] = code, ["purpose"] = "password_reset", ["new_password"] = "Another-1234567",
        })).Text.ShouldBe("""{"message":"Password reset"}""");
        // It was not spent, and it confirms nobody.
        (await world.ApiAsync(HttpMethod.Get, "invites/" + token)).Good();
        (await world.ConfirmAsync(token)).ShouldBeProblem(400, "INVITE_INVALID");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Group_17_an_invitation_does_not_confirm_the_account_that_somebody_else_made_with_the_address(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (op, victim) = (await world.OperatorAsync(), TestAccount.NewEmail());
        (await world.RegisterAsync(victim, null)).Good();
        await world.CodeAsync(victim);
        await op.InviteAsync(victim);
        var token = await world.TokenAsync(victim);

        (await world.ConfirmAsync(token)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.RegisterAsync(victim, token)).Good();

        (await world.UserAsync(victim))!["UserStatus"]!.GetValue<string>().ShouldBe("UNCONFIRMED");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task An_inviter_who_is_gone_disabled_or_no_longer_allowed_invites_nobody(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var emails = Enumerable.Range(0, 3).Select(_ => TestAccount.NewEmail()).ToArray();
        JsonObject Pool(string username) => new() { ["UserPoolId"] = "us-east-1_PoolhouseSwp", ["Username"] = username };
        var operators = new List<TestAccount>();
        foreach (var email in emails)
        {
            operators.Add(await world.OperatorAsync("swp"));
            await operators[^1].InviteAsync(email);
        }

        var tokens = new List<string>();
        foreach (var email in emails) tokens.Add(await world.TokenAsync(email));
        foreach (var token in tokens) (await world.ApiAsync(HttpMethod.Get, "invites/" + token)).Good();
        await world.DoAsync("AdminDeleteUser", Pool(operators[0].Email));
        await world.DoAsync("AdminDisableUser", Pool(operators[1].Email));
        var group = Pool(operators[2].Email);
        group["GroupName"] = "operators";
        await world.DoAsync("AdminRemoveUserFromGroup", group);

        foreach (var (email, token) in emails.Zip(tokens))
        {
            var body = AccountWorld.Registration(email, "swp");
            body["invite_token"] = token;
            (await world.ApiAsync(HttpMethod.Post, "auth/register", body)).ShouldBeProblem(400, "INVITE_INVALID");
        }
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task A_failure_between_making_the_user_and_the_claim_leaves_neither(Engine engine)
    {
        var failing = new FailingPart();
        await using var world = await World.StartAsync(engine, services => services.AddSingleton<IRegistrationPart>(failing));
        var (op, email) = (await world.OperatorAsync(), TestAccount.NewEmail());
        await op.InviteAsync(email);
        var token = await world.TokenAsync(email);

        failing.Fails = true;
        (await world.RegisterAsync(email, token)).ShouldBeProblem(500, "INTERNAL_ERROR");
        failing.Fails = false;

        (await world.UserAsync(email)).ShouldBeNull();
        (await world.ApiAsync(HttpMethod.Get, "invites/" + token)).Good();
        (await world.RegisterAsync(email, token)).Good();
    }

    [Fact]
    public async Task An_application_may_want_invitations_or_none()
    {
        await using var closed = await World.StartAsync(Engine.Sqlite, InviteScene.Application(("Invitation", "Required"), ("SupportContact", "help@example.com")));
        await using var without = await World.StartAsync(Engine.Sqlite, InviteScene.Application(("Invitation", "None")));

        (await closed.RegisterAsync(TestAccount.NewEmail(), null)).ShouldBeProblem(400, "INVITE_REQUIRED");
        var wrong = await closed.RegisterAsync(TestAccount.NewEmail(), "x");
        var refused = await without.RegisterAsync(TestAccount.NewEmail(), "x");

        wrong.ShouldBeProblem(400, "INVITE_INVALID");
        wrong.Json["support"]!.GetValue<string>().ShouldBe("help@example.com");
        (await closed.ConfirmAsync("x")).Json["support"]!.GetValue<string>().ShouldBe("help@example.com");
        (await closed.ApiAsync(HttpMethod.Get, "invites/x")).Json["support"]!.GetValue<string>().ShouldBe("help@example.com");
        refused.Json["errors"]!["invite_token"]![0]!["code"]!.GetValue<string>().ShouldBe("NOT_TAKEN");
    }

    [Fact]
    public async Task Nobody_gets_past_the_invitation_by_signing_up_at_the_pool_itself()
    {
        await using var closed = await World.StartAsync(Engine.Sqlite, InviteScene.Application(("Invitation", "Required")));
        var (uninvited, made) = (TestAccount.NewEmail(), TestAccount.NewEmail());
        await closed.DoAsync("SignUp", new JsonObject { ["ClientId"] = "poolhousewebclient00000000", ["Username"] = uninvited, ["Password"] = TestAccount.Password });
        await closed.DoAsync("AdminConfirmSignUp", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = uninvited });
        await closed.DoAsync("AdminCreateUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = made, ["MessageAction"] = "SUPPRESS" });
        await closed.DoAsync("AdminSetUserPassword", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = made, ["Password"] = TestAccount.Password, ["Permanent"] = true });
        JsonObject Login(string email) => new() { ["email"] = email, ["password"] = TestAccount.Password };

        (await closed.ApiAsync(HttpMethod.Post, "auth/login", Login(uninvited))).ShouldBeProblem(400, "INVITE_REQUIRED");
        (await closed.ApiAsync(HttpMethod.Post, "session", Login(uninvited))).ShouldBeProblem(400, "INVITE_REQUIRED");
        (await closed.ApiAsync(HttpMethod.Post, "auth/login", Login(made))).Good();
    }

    [Fact]
    public async Task Wrong_invitations_are_limited_by_network_wherever_they_are_tried()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--enforce-rate-limits", "true");

        var answers = new List<ApiAnswer>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await world.RegisterAsync(TestAccount.NewEmail(), new string('A', 43)));
            answers.Add(await world.ConfirmAsync(new string('A', 43)));
            answers.Add(await world.ApiAsync(HttpMethod.Get, "invites/" + new string('A', 43)));
        }

        foreach (var answer in answers.Take(10)) answer.ShouldBeProblem(400, "INVITE_INVALID");
        foreach (var answer in answers.Skip(10)) answer.ShouldBeProblem(429, "TOO_MANY_REQUESTS");
    }

    private sealed class FailingPart : IRegistrationPart
    {
        public bool Fails { get; set; }

        public ValueTask CheckAsync(Newcomer newcomer, FieldErrors errors, CancellationToken ct) => ValueTask.CompletedTask;

        public ValueTask JoinAsync(IUnitOfWork unit, Newcomer newcomer, Poolhouse.Core.Accounts.Account account, CancellationToken ct) =>
            Fails ? throw new InvalidOperationException("The power went.") : ValueTask.CompletedTask;
    }
}
