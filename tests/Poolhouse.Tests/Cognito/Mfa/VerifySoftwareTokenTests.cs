using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Mfa;

/// <summary>AssociateSoftwareToken and VerifySoftwareToken.</summary>
public sealed class VerifySoftwareTokenTests
{
    [Fact]
    public async Task An_app_is_set_up_with_its_first_code()
    {
        var (bob, tokens) = await SignedInAsync();
        var associated = await AssociateAsync(bob, tokens);

        var answer = await VerifyAsync(bob, tokens, associated.App.Code(), "My phone");

        associated.Text.ShouldNotContain("Session");
        answer.Text.ShouldBe("""{"Status":"SUCCESS"}""");
        // Amazon asks for it only once SetUserMFAPreference says so.
        ((await bob.TrySignInAsync()).Json).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_wrong_code_sets_nothing_up()
    {
        var (bob, tokens) = await SignedInAsync();
        var (app, _) = await AssociateAsync(bob, tokens);

        (await VerifyAsync(bob, tokens, app.WrongCode())).ShouldBeError("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA");

        (await bob.PreferAsync("totp")).ShouldBeError("InvalidParameterException");
        (await VerifyAsync(bob, tokens, app.Code())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_newest_secret_is_the_one_that_waits()
    {
        var (bob, tokens) = await SignedInAsync();
        var (older, _) = await AssociateAsync(bob, tokens);
        var (newer, _) = await AssociateAsync(bob, tokens);

        (await VerifyAsync(bob, tokens, older.Code())).Type.ShouldBe("EnableSoftwareTokenMFAException");

        (await VerifyAsync(bob, tokens, newer.Code())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_app_works_until_another_is_verified()
    {
        var (bob, tokens) = await SignedInAsync();
        var app = await bob.SetUpAppAsync(tokens);
        await AssociateAsync(bob, tokens);

        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();

        (await bob.Pool.RespondAsync(challenged, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1))).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Without_a_secret_there_is_nothing_to_verify()
    {
        var (bob, tokens) = await SignedInAsync();

        (await VerifyAsync(bob, tokens, "123456")).ShouldBeError("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.");
    }

    [Fact]
    public async Task A_pool_without_apps_has_none()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.World.OwnAsync("AssociateSoftwareToken", tokens))
            .ShouldBeError("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool");
    }

    [Fact]
    public async Task Somebody_must_call()
    {
        var world = await World.OnAsync();

        (await world.CallAsync("AssociateSoftwareToken", [])).ShouldBeError("InvalidParameterException", "Either AccessToken or Session must be provided.");
        (await world.CallAsync("AssociateSoftwareToken", new JsonObject { ["Session"] = "us-east-1_nobody.0123456789" }))
            .ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task One_of_many_at_once_puts_the_secret_in_use(Engine engine)
    {
        var (bob, tokens) = await SignedInAsync(engine);
        var (app, _) = await AssociateAsync(bob, tokens);
        var code = app.Code();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => VerifyAsync(bob, tokens, code)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "SoftwareTokenMFANotFoundException" || a.Type == "LimitExceededException");
    }

    private static async Task<(Authenticator App, string Text)> AssociateAsync(TestUser user, Testing.Tokens tokens)
    {
        var answer = await user.Pool.World.OwnAsync("AssociateSoftwareToken", tokens).ShouldSucceedAsync();
        return (new Authenticator(answer["SecretCode"]!.GetValue<string>()), answer.ToJsonString());
    }

    private static Task<Answer> VerifyAsync(TestUser user, Testing.Tokens tokens, string code, string? name = null) =>
        user.Pool.World.OwnAsync("VerifySoftwareToken", tokens, new JsonObject { ["UserCode"] = code, ["FriendlyDeviceName"] = name ?? "" });

    private static async Task<(TestUser User, Testing.Tokens Tokens)> SignedInAsync(Engine engine = Engine.Sqlite)
    {
        var pool = await (await World.OnAsync(engine)).MfaPoolAsync("OPTIONAL", "totp");
        var bob = await pool.ConfirmedAsync("bob");
        return (bob, await bob.SignInAsync());
    }
}
