using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Invites;

/// <summary>Applications that confirm by a link. Source 003: a mail with a button, whose page posts to confirm-account.</summary>
public sealed class ConfirmationLinkTests
{
    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task Who_registers_gets_a_link_in_place_of_a_code_and_one_press_confirms(Engine engine)
    {
        await using var world = await StartAsync(engine);
        var email = TestAccount.NewEmail();

        (await world.RegisterAsync(email, null)).Text.ShouldBe("""{"message":"Confirmation link sent"}""");
        (await LoginAsync(world, email)).ShouldBeProblem(403, "USER_NOT_CONFIRMED");
        var token = await world.TokenAsync(email);
        var shown = (await world.ApiAsync(HttpMethod.Get, "invites/" + token)).Good().Json;
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => world.ConfirmAsync(token))));

        (shown["kind"]!.GetValue<string>(), shown["email"]!.GetValue<string>()).ShouldBe(("confirmation", email));
        answers.Where(a => a.Status == 200).ShouldHaveSingleItem().Text.ShouldBe("""{"message":"Account confirmed"}""");
        foreach (var late in answers.Where(a => a.Status != 200)) late.ShouldBeProblem(400, "INVITE_INVALID");
        (await LoginAsync(world, email)).Good();
        (await world.UserAsync(email))!.Attribute("email_verified").ShouldBe("true");
        var mails = JsonNode.Parse(await world.Http.GetStringAsync("/dev/mailbox?to=" + email, TestContext.Current.CancellationToken))!.AsArray();
        mails.Count.ShouldBe(1);
        mails[0]!["code"].ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_link_that_did_not_arrive_is_asked_for_again_and_the_newest_works(Engine engine)
    {
        await using var world = await StartAsync(engine);
        var email = TestAccount.NewEmail();
        (await world.RegisterAsync(email, null)).Good();
        var first = await world.TokenAsync(email);

        (await RequestAsync(world, email)).Text.ShouldBe("""{"message":"OTP sent"}""");
        var second = await world.TokenAsync(email, atLeast: 2);
        (await world.RegisterAsync(email, null)).Text.ShouldBe("""{"message":"Confirmation link sent"}""");
        var third = await world.TokenAsync(email, atLeast: 3);

        (await world.ConfirmAsync(first)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ConfirmAsync(second)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ConfirmAsync(third)).Good();
        // Whoever registers with it now hears the same; its owner gets a code for a new password, and no link.
        (await world.RegisterAsync(email, null)).Text.ShouldBe("""{"message":"Confirmation link sent"}""");
        (await world.CodeAsync(email, atLeast: 4)).Length.ShouldBe(6);
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_link_is_worth_nothing_once_the_account_has_another_address_or_is_gone(Engine engine)
    {
        await using var world = await StartAsync(engine);
        var (moved, gone) = (TestAccount.NewEmail(), TestAccount.NewEmail());
        foreach (var email in new[] { moved, gone }) (await world.RegisterAsync(email, null)).Good();
        var (tokenOfMoved, tokenOfGone) = (await world.TokenAsync(moved), await world.TokenAsync(gone));
        JsonObject Pool(string username) => new() { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = username };
        var change = Pool(moved);
        change["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = TestAccount.NewEmail() });

        await world.DoAsync("AdminUpdateUserAttributes", change);
        await world.DoAsync("AdminDeleteUser", Pool(gone));

        (await world.ConfirmAsync(tokenOfMoved)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ConfirmAsync(tokenOfGone)).ShouldBeProblem(400, "INVITE_INVALID");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task An_invitation_confirms_at_once_there_too_and_an_operator_can_send_the_link(Engine engine)
    {
        await using var world = await StartAsync(engine);
        var op = await OperatorAsync(world);
        var (invited, waiting) = (TestAccount.NewEmail(), TestAccount.NewEmail());
        await op.InviteAsync(invited);
        (await world.RegisterAsync(invited, await world.TokenAsync(invited))).Text.ShouldBe("""{"message":"Signup complete"}""");
        (await world.RegisterAsync(waiting, null)).Good();
        var before = await world.TokenAsync(waiting);

        await op.InviteAsync(waiting, "confirmation");
        var sent = await world.TokenAsync(waiting, atLeast: 2);

        (await world.ConfirmAsync(before)).ShouldBeProblem(400, "INVITE_INVALID");
        (await world.ConfirmAsync(sent)).Good();
        (await op.PostAsync("invites", new JsonObject { ["email"] = waiting, ["kind"] = "confirmation" })).ShouldBeProblem(404, "NOT_FOUND");
        (await op.PostAsync("invites", new JsonObject { ["email"] = TestAccount.NewEmail(), ["kind"] = "confirmation" })).ShouldBeProblem(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Mails_are_in_the_language_of_the_profile_or_of_the_request()
    {
        await using var world = await StartAsync(Engine.Sqlite);
        var (written, asked) = (TestAccount.NewEmail(), TestAccount.NewEmail());
        var body = AccountWorld.Registration(written);
        body["locale"] = "fr-CA";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/register")
        {
            Content = new StringContent(AccountWorld.Registration(asked).ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Accept-Language", "ar, en;q=0.5");

        (await world.ApiAsync(HttpMethod.Post, "auth/register", body)).Good();
        using var response = await world.Http.SendAsync(request, TestContext.Current.CancellationToken);
        (await world.ConfirmAsync(await world.TokenAsync(asked))).Good();
        await RequestAsync(world, asked, "password_reset");
        await world.CodeAsync(asked, atLeast: 2);

        (await world.MailsAsync(written))[0]["subject"]!.GetValue<string>().ShouldBe("Confirmez votre compte sur ltd");
        var mails = JsonNode.Parse(await world.Http.GetStringAsync("/dev/mailbox?to=" + asked, TestContext.Current.CancellationToken))!.AsArray();
        mails.Select(mail => mail!["subject"]!.GetValue<string>()).ShouldBe(["أكّد حسابك في ltd", "أعد تعيين كلمة المرور"]);
    }

    private static async Task<World> StartAsync(Engine engine)
    {
        var world = await World.StartAsync(engine, InviteScene.Application(("ConfirmBy", "Link")));
        await AmazonScene.SendNoCodesAsync(world);
        return world;
    }

    private static async Task<TestAccount> OperatorAsync(World world)
    {
        var email = TestAccount.NewEmail();
        (await world.RegisterAsync(email, null)).Good();
        (await world.ConfirmAsync(await world.TokenAsync(email))).Good();
        await world.DoAsync("CreateGroup", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["GroupName"] = "operators" });
        await world.DoAsync("AdminAddUserToGroup", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["GroupName"] = "operators", ["Username"] = email });
        return await world.SignInAsync(email);
    }

    private static Task<ApiAnswer> LoginAsync(World world, string email) =>
        world.ApiAsync(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = email, ["password"] = TestAccount.Password });

    private static Task<ApiAnswer> RequestAsync(World world, string email, string purpose = "email_verification") =>
        world.ApiAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = email, ["purpose"] = purpose });
}
