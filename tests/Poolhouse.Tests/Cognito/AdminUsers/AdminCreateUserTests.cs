using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminCreateUserTests
{
    [Fact]
    public async Task The_invitation_brings_a_temporary_password_that_must_be_replaced()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var email = pool.EmailOf("bob");

        var created = (await CreateAsync(pool, "bob", Email(email)).ShouldSucceedAsync())["User"]!.AsObject();
        var password = await pool.World.CodeAsync(email);

        created["UserStatus"]!.GetValue<string>().ShouldBe("FORCE_CHANGE_PASSWORD");
        created["Enabled"]!.GetValue<bool>().ShouldBeTrue();
        created.Attribute("sub").ShouldNotBeNull();
        (created.Attribute("email"), created.Attribute("email_verified")).ShouldBe((email, null));
        var signIn = await new TestUser(pool, "bob", password, "").TrySignInAsync();
        signIn.Json["ChallengeName"]!.GetValue<string>().ShouldBe("NEW_PASSWORD_REQUIRED");
    }

    [Fact]
    public async Task A_suppressed_invitation_is_not_sent()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var email = pool.EmailOf("bob");

        await CreateAsync(pool, "bob", Email(email), "SUPPRESS").ShouldSucceedAsync();
        await CreateAsync(pool, "bob", null, "RESEND").ShouldSucceedAsync();

        await pool.World.CodeAsync(email);
        JsonNode.Parse(await pool.World.Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(email)))!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_pool_s_own_text_is_used()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["AdminCreateUserConfig"] = new JsonObject
            {
                ["InviteMessageTemplate"] = new JsonObject { ["EmailSubject"] = "Come in", ["EmailMessage"] = "You are {username}, say {####}" },
            },
        });
        var email = pool.EmailOf("bob");

        await CreateAsync(pool, "bob", Email(email)).ShouldSucceedAsync();

        await pool.World.CodeAsync(email);
        var mail = JsonNode.Parse(await pool.World.Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(email)))!.AsArray().Single()!;
        mail["subject"]!.GetValue<string>().ShouldBe("Come in");
        mail["text"]!.GetValue<string>().ShouldContain("You are bob, say");
    }

    [Fact]
    public async Task Resending_renews_the_temporary_password()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await CreateAsync(pool, "bob", Email(pool.EmailOf("bob")), "SUPPRESS", "First-horse-1").ShouldSucceedAsync();

        await CreateAsync(pool, "bob", null, "RESEND", "Second-horse-1").ShouldSucceedAsync();

        var bob = new TestUser(pool, "bob", "Second-horse-1", "");
        (await bob.TrySignInAsync("First-horse-1")).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await bob.TrySignInAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Only_who_never_signed_in_is_invited_again()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        (await CreateAsync(pool, "bob", null, "RESEND"))
            .ShouldBeError("UnsupportedUserStateException", "Resend not possible. User status is not FORCE_CHANGE_PASSWORD");
        (await CreateAsync(pool, "nobody", null, "RESEND")).ShouldBeError("UserNotFoundException", "User does not exist.");
    }

    [Fact]
    public async Task A_temporary_password_expires()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        await CreateAsync(pool, "bob", null, "SUPPRESS", TestPool.Password).ShouldSucceedAsync();
        await world.AdvanceAsync("P7DT1S");

        (await new TestUser(pool, "bob", TestPool.Password, "").TrySignInAsync()).ShouldBeError(
            "NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.");
    }

    [Fact]
    public async Task A_given_password_follows_the_policy()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await CreateAsync(pool, "bob", null, "SUPPRESS", "Short-1")).ShouldBeError(
            "InvalidPasswordException", "Password did not conform with password policy: Password not long enough");
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await CreateAsync(pool, "bob", null).ShouldSucceedAsync();

        (await CreateAsync(pool, "BOB", null)).ShouldBeError("UsernameExistsException", "User account already exists");
    }

    [Fact]
    public async Task Where_addresses_are_usernames_the_name_is_made()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["UsernameAttributes"] = new JsonArray("email") });
        var email = pool.EmailOf("bob");

        var created = (await CreateAsync(pool, email, null, "SUPPRESS").ShouldSucceedAsync())["User"]!.AsObject();

        created["Username"]!.GetValue<string>().ShouldBe(created.Attribute("sub"));
        created.Attribute("email").ShouldBe(email);
        (await CreateAsync(pool, email, null)).ShouldBeError("UsernameExistsException", "User account already exists");
        (await CreateAsync(pool, "bob", null)).ShouldBeError("InvalidParameterException", "Username should be an email.");
    }

    [Fact]
    public async Task A_verified_alias_is_taken_only_by_force()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        var email = pool.EmailOf("shared");
        var verified = Calls.Attributes(("email", email), ("email_verified", "True"));
        await CreateAsync(pool, "former", verified, "SUPPRESS").ShouldSucceedAsync();

        var polite = await CreateAsync(pool, "bob", verified.DeepClone().AsArray(), "SUPPRESS");
        var forced = await pool.AdminAsync("AdminCreateUser", "bob", new JsonObject
        {
            ["MessageAction"] = "SUPPRESS",
            ["ForceAliasCreation"] = true,
            ["UserAttributes"] = verified.DeepClone(),
        });

        polite.ShouldBeError("AliasExistsException", "An account with the given email already exists.");
        forced.Status.ShouldBe(200, forced.Text);
        (await pool.DescribeAsync(email))["Username"]!.GetValue<string>().ShouldBe("bob");
        (await pool.DescribeAsync("former")).Attribute("email_verified").ShouldBe("false");
    }

    private static JsonArray Email(string address) => Calls.Attributes(("email", address));

    private static Task<Answer> CreateAsync(TestPool pool, string name, JsonArray? attributes, string? action = null, string? password = null)
    {
        var request = new JsonObject();
        if (attributes is not null) request["UserAttributes"] = attributes;
        if (action is not null) request["MessageAction"] = action;
        if (password is not null) request["TemporaryPassword"] = password;
        return pool.AdminAsync("AdminCreateUser", name, request);
    }
}
