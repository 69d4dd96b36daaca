using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Links;

/// <summary>
/// Group 13 of past failures: an attacker prepares an account before its victim comes (Sudhodanan and Paverd, 2022). The five variants, as far as
/// links between applications could repeat them.
/// </summary>
public sealed class PreHijackingTests
{
    private const string SwpPool = "us-east-1_PoolhouseSwp";

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Group_13_classic_federated_merge_equal_addresses_link_nothing(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var victim = await world.AccountAsync();
        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(victim.Email, "swp"))).Good();
        await world.CodeAsync(victim.Email, 2);

        // The attacker's account with the victim's address is not confirmed: no code of a link goes there, and its password signs in to nothing.
        var id = await victim.AskAsync("swp", victim.Email);
        (await victim.VerifyAsync(id, "000000")).ShouldBeProblem(400, "CODE_MISMATCH");
        (await victim.LinkAsync("swp", victim.Email, TestAccount.Password)).ShouldBeProblem(403, "USER_NOT_CONFIRMED");

        (await victim.LinksAsync()).ShouldBeEmpty();
        (await world.MailsAsync(victim.Email, 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Group_13_unexpired_session_an_old_or_ended_sign_in_links_nothing()
    {
        await using var world = await World.StartAsync();
        var victim = await world.AccountAsync();
        var attackers = await world.AccountAsync("swp");
        var session = await world.SignInAsync(victim.Email);
        var id = await session.AskAsync("swp", attackers.Email);
        var code = await world.CodeAsync(attackers.Email, 2);

        (await victim.PostAsync("auth/logout", new JsonObject { ["everywhere"] = true })).Good();
        (await session.VerifyAsync(id, code)).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await session.LinkAsync("swp", attackers.Email, TestAccount.Password)).ShouldBeProblem(401, "TOKEN_REVOKED");

        var old = await world.SignInAsync(victim.Email);
        await world.AdvanceAsync("PT16M");
        (await old.LinkAsync("swp", attackers.Email, TestAccount.Password)).ShouldBeProblem(403, "REAUTHENTICATION_REQUIRED");
        (await (await world.SignInAsync(victim.Email)).LinksAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Group_13_trojan_identifier_an_unconfirmed_account_cannot_be_given_a_link_beforehand(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var attackers = await world.AccountAsync("swp");
        var victim = TestAccount.NewEmail();
        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(victim))).Good();

        // Whoever made it cannot sign in to it, and from the other side it is no target.
        (await world.ApiAsync(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = victim, ["password"] = TestAccount.Password })).ShouldBeProblem(403, "USER_NOT_CONFIRMED");
        (await attackers.LinkAsync("ltd", victim, TestAccount.Password)).ShouldBeProblem(403, "USER_NOT_CONFIRMED");
        var verification = new JsonObject { ["email"] = victim, ["code"] = await world.CodeAsync(victim), ["purpose"] = "email_verification" };
        (await world.ApiAsync(HttpMethod.Post, "auth/verify-otp", verification)).Good();

        (await (await world.SignInAsync(victim)).LinksAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Group_13_unexpired_email_change_a_code_is_void_once_the_address_is_not_the_accounts(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));
        var id = await own.AskAsync("swp", other.Email);
        var code = await world.CodeAsync(other.Email, 2);

        await ChangeEmailAsync(world, other.Email, TestAccount.NewEmail(), isVerified: true);

        (await own.VerifyAsync(id, code)).ShouldBeProblem(400, "CODE_EXPIRED");
        (await own.LinksAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Group_13_non_verifying_IdP_an_address_that_nobody_verified_gets_no_code(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (own, other) = (await world.AccountAsync(), await world.AccountAsync("swp"));
        var claimed = TestAccount.NewEmail();
        await ChangeEmailAsync(world, other.Email, claimed, isVerified: false);

        foreach (var email in new[] { claimed, other.Email })
        {
            var id = await own.AskAsync("swp", email);
            (await own.VerifyAsync(id, "000000")).ShouldBeProblem(400, "CODE_MISMATCH");
        }

        // Its pool may ask whether the address is theirs; that is all that goes there.
        (await world.MailsAsync(claimed, 0)).ShouldAllBe(mail => mail["subject"]!.GetValue<string>() != "Link your account");
        (await own.LinksAsync()).ShouldBeEmpty();
    }

    private static async Task ChangeEmailAsync(World world, string username, string email, bool isVerified) => await world.DoAsync(
        "AdminUpdateUserAttributes",
        new JsonObject
        {
            ["UserPoolId"] = SwpPool,
            ["Username"] = username,
            ["UserAttributes"] = new JsonArray(
                new JsonObject { ["Name"] = "email", ["Value"] = email },
                new JsonObject { ["Name"] = "email_verified", ["Value"] = isVerified ? "true" : "false" }),
        });
}
