using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.CognitoIdentity;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>Section B: whose an account is, who may be joined with whom, and what an e-mail address proves.</summary>
public sealed class SectionBAccountsTests
{
    private const string Theirs = "Intruder-12345";

    /// <summary>
    /// Pre-hijacking, merge of two ways in: somebody makes an account with another's address, before its owner does or while its owner waits for the
    /// code. What the owner then confirms must not open by the other's password.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failure_13_no_password_of_somebody_else_opens_what_the_owner_of_the_address_confirmed(bool isOwnerFirst)
    {
        var world = await World.OnAsync();
        var email = TestAccount.NewEmail();
        var (first, second) = isOwnerFirst ? (TestAccount.Password, Theirs) : (Theirs, TestAccount.Password);
        await world.RegisteredAsync(email, first);

        var code = await world.RegisteredAsync(email, second, mails: 2);
        (await world.VerifyAsync(email, code)).Good();

        (await world.LoginAsync(email, Theirs)).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        // Neither counts: whoever reads the mail chooses the password.
        (await world.LoginAsync(email)).ShouldBeProblem(401, "INVALID_CREDENTIALS");
        (await world.VerifyAsync(email, await world.ResetCodeAsync(email, 3), "Owner-12345678")).Good();
        (await world.LoginAsync(email, "Owner-12345678")).Good();
    }

    /// <summary>The other side of it: who registers twice, or clicks twice, has the password that was given both times.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Failure_13_who_registers_again_with_the_same_password_keeps_it(int atOnce)
    {
        var world = await World.OnAsync();
        var email = TestAccount.NewEmail();
        await world.RegisteredAsync(email, TestAccount.Password);

        var again = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email))));
        await VerifyByNewestAsync(world, email);

        again.ShouldAllBe(a => a.Status == 200);
        (await world.LoginAsync(email)).Good();
    }

    /// <summary>Clicks at the same moment, before there is an account.</summary>
    [Fact]
    public async Task Failure_13_who_registers_many_times_at_once_has_one_account_with_the_password()
    {
        var world = await World.OnAsync();
        var email = TestAccount.NewEmail();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email))));

        await VerifyByNewestAsync(world, email);
        (await world.LoginAsync(email)).Good();
    }

    // Each registration has another code sent, behind its answer: the newest one counts, as soon as it is the newest.
    private static async Task VerifyByNewestAsync(World world, string email)
    {
        for (var last = ""; ; await Task.Delay(100))
        {
            var code = await world.CodeAsync(email);
            if (code != last && (await world.VerifyAsync(email, code)).Status == 200) return;
            last = code;
        }
    }

    /// <summary>Pre-hijacking, the session that does not end: who was signed in before the owner recovered the account stays out afterwards.</summary>
    [Fact]
    public async Task Failure_13_no_sign_in_of_before_outlives_a_new_password()
    {
        var world = await World.OnAsync();
        var intruder = await world.AccountAsync();

        (await world.VerifyAsync(intruder.Email, await world.ResetCodeAsync(intruder.Email), "Owner-12345678")).Good();

        (await intruder.GetAsync("me")).Status.ShouldBe(401);
        (await world.ApiAsync(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = intruder.Refresh })).Status.ShouldBe(401);
    }

    /// <summary>Pre-hijacking, the trojan identifier: a second address that nobody proved neither signs in nor gets the codes of a recovery.</summary>
    [Fact]
    public async Task Failure_13_no_unproved_number_signs_in_or_recovers()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"), ["AliasAttributes"] = new JsonArray("email", "phone_number"),
        });
        var bob = await pool.VerifiedAsync("bob");
        var tokens = await bob.SignInAsync();
        await pool.World.OwnAsync("UpdateUserAttributes", tokens, new JsonObject { ["UserAttributes"] = Calls.Attributes(("phone_number", bob.Phone())) }).ShouldSucceedAsync();

        (await (bob with { Name = bob.Phone() }).TrySignInAsync()).Type.ShouldBeOneOf("NotAuthorizedException", "UserNotFoundException");
        var sent = await pool.PublicAsync("ForgotPassword", "bob").ShouldSucceedAsync();
        sent["CodeDeliveryDetails"].Text("DeliveryMedium").ShouldBe("EMAIL");
    }

    /// <summary>Pre-hijacking, the e-mail change that waits: a code for an address that was asked for before the recovery is worth nothing after it.</summary>
    [Fact]
    public async Task Failure_13_no_change_of_address_that_waited_is_finished_after_a_recovery()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["UserAttributeUpdateSettings"] = new JsonObject { ["AttributesRequireVerificationBeforeUpdate"] = new JsonArray("email") },
        });
        var bob = await pool.VerifiedAsync("bob");
        var intruder = await bob.SignInAsync();
        var theirs = TestAccount.NewEmail();
        await pool.World.OwnAsync("UpdateUserAttributes", intruder, new JsonObject { ["UserAttributes"] = Calls.Attributes(("email", theirs)) }).ShouldSucceedAsync();
        var waiting = await pool.World.CodeAsync(theirs);

        await bob.ResetAsync(await bob.ForgottenAsync(2)).ShouldSucceedAsync();

        var owner = await (bob with { Password = "Another-horse-1" }).SignInAsync();
        foreach (var tokens in new[] { intruder, owner })
            (await pool.World.OwnAsync("VerifyUserAttribute", tokens, new JsonObject { ["AttributeName"] = "email", ["Code"] = waiting })).Status.ShouldBe(400);
        (await pool.DescribeAsync("bob")).Attribute("email").ShouldBe(bob.Email);
    }

    /// <summary>Pre-hijacking, the provider that verifies nothing: two logins that name one address are two identities.</summary>
    [Fact]
    public async Task Failure_13_no_address_in_a_foreign_token_is_proof_of_an_identity()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, issuer) = await GetIdTests.WithIssuerAsync(scene);
        var bob = await pool.TokenAsync("bob");
        var claims = new JsonObject { ["email"] = Testing.Tokens.Claims(bob)["email"]!.GetValue<string>(), ["email_verified"] = true };

        var foreign = scene.Elsewhere.Token(subject: "eve-" + pool.Id, more: claims);

        (await pool.GetIdAsync((issuer, foreign))).ShouldNotBe(await pool.GetIdAsync((pool.Provider, bob)));
    }

    /// <summary>A token was accepted elsewhere from an issuer that the request named, as if a well-known one had made it.</summary>
    [Fact]
    public async Task Failure_14_no_token_passes_for_one_of_another_issuer()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, issuer) = await GetIdTests.WithIssuerAsync(scene);
        var pretended = scene.Elsewhere.Token(more: new JsonObject { ["iss"] = "https://accounts.google.com" });

        (await pool.TryGetIdAsync((issuer, pretended))).ShouldBeError("NotAuthorizedException", "Invalid login token. Issuer doesn't match providerName");
        (await pool.TryGetIdAsync(("accounts.google.com", pretended))).ShouldBeError("NotAuthorizedException");
    }

    /// <summary>Accounts were joined by an address that nobody had verified.</summary>
    [Fact]
    public async Task Failure_15_no_unverified_address_stands_for_its_owner()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        var bob = await pool.VerifiedAsync("bob");
        var eve = new TestUser(pool, "eve", Theirs, "");
        await pool.AdminAsync("AdminCreateUser", "eve", new JsonObject
        {
            ["MessageAction"] = "SUPPRESS", ["UserAttributes"] = Calls.Attributes(("email", bob.Email), ("email_verified", "false")),
        }).ShouldSucceedAsync();
        await pool.AdminAsync("AdminSetUserPassword", "eve", new JsonObject { ["Password"] = Theirs, ["Permanent"] = true }).ShouldSucceedAsync();

        (await (eve with { Name = bob.Email }).TrySignInAsync()).ShouldBeError("NotAuthorizedException");
        var owner = (await (bob with { Name = bob.Email }).TrySignInAsync()).ShouldBeSignedIn();

        Testing.Tokens.Claims(owner.Access)["username"]!.GetValue<string>().ShouldBe("bob");
    }

    /// <summary>Who owned an account did not matter elsewhere when a further login was joined to it.</summary>
    [Fact]
    public async Task Failure_16_nobody_joins_a_login_to_an_identity_of_somebody_else()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, issuer) = await GetIdTests.WithIssuerAsync(scene);
        var bobs = await pool.GetIdAsync((pool.Provider, await pool.TokenAsync("bob")));
        var eve = scene.Elsewhere.Token(subject: "eve-" + pool.Id);

        (await pool.CredentialsAsync(bobs, null, (issuer, eve))).ShouldBeError("NotAuthorizedException");
        (await pool.CredentialsAsync(bobs, null)).ShouldBeError("NotAuthorizedException");

        (await scene.World.AboutAsync("DescribeIdentity", bobs)).Json["Logins"]!.AsArray().Select(l => l!.GetValue<string>()).ShouldBe([pool.Provider]);
    }

    /// <summary>The proof of an address was taken elsewhere from another sign-in than the one that had asked for it.</summary>
    [Fact]
    public async Task Failure_17_no_code_proves_an_address_for_somebody_else()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var (bob, eve) = (await pool.ConfirmedAsync("bob"), await pool.ConfirmedAsync("eve"));
        var (bobs, eves) = (await bob.SignInAsync(), await eve.SignInAsync());
        await pool.World.OwnAsync("GetUserAttributeVerificationCode", bobs, new JsonObject { ["AttributeName"] = "email" }).ShouldSucceedAsync();
        await pool.World.OwnAsync("GetUserAttributeVerificationCode", eves, new JsonObject { ["AttributeName"] = "email" }).ShouldSucceedAsync();
        var code = await pool.World.CodeAsync(eve.Email, 2);

        (await pool.World.OwnAsync("VerifyUserAttribute", bobs, new JsonObject { ["AttributeName"] = "email", ["Code"] = code })).ShouldBeError("CodeMismatchException");

        (await pool.DescribeAsync("bob")).Attribute("email_verified").ShouldNotBe("true");
    }

    /// <summary>Users could set elsewhere that their own address was verified.</summary>
    [Fact]
    public async Task Failure_18_nobody_calls_an_own_address_verified()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        foreach (var name in new[] { "email_verified", "phone_number_verified" })
        {
            var attributes = Calls.Attributes(("phone_number", "+15550100200"), (name, "true"));
            (await world.OwnAsync("UpdateUserAttributes", tokens, new JsonObject { ["UserAttributes"] = attributes })).Status.ShouldBe(400);
            (await pool.PublicAsync("SignUp", "eve", new JsonObject { ["Password"] = TestPool.Password, ["UserAttributes"] = attributes.DeepClone() })).Status.ShouldBe(400);
        }

        var account = await world.AccountAsync();
        await account.SendAsync(HttpMethod.Patch, "me", new JsonObject { ["email_verified"] = true, ["email"] = "eve@example.com", ["first_name"] = "Eve" });
        (await account.GetAsync("me")).Good().Text.ShouldContain(account.Email);
    }

    /// <summary>Addresses were checked before they were made uniform, so that look-alikes of one became second accounts, or another's.</summary>
    [Theory]
    [InlineData("bob\uFF20evil.example")]
    [InlineData("bob\uFF20evil.example@example.com")]
    [InlineData("bo\u200Bb@example.com")]
    [InlineData("bob@exam\u00ADple.com")]
    [InlineData("bob@\uFF45xample.com")]
    [InlineData("bob@example\uFF0Ecom")]
    [InlineData("\uFF42ob@example.com")]
    public async Task Failure_19_no_look_alike_of_an_address_makes_an_account(string email)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(new JsonObject { ["UsernameAttributes"] = new JsonArray("email") });

        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email))).Status.ShouldBe(400);
        (await pool.PublicAsync("SignUp", email, new JsonObject { ["Password"] = TestPool.Password })).Status.ShouldBe(400);
    }

    /// <summary>A recovery elsewhere worked for whichever user its answer named, or for another purpose than it was made for.</summary>
    [Fact]
    public async Task Failure_20_no_code_recovers_somebody_else_or_serves_another_purpose()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var (bob, eve) = (await pool.VerifiedAsync("bob"), await pool.VerifiedAsync("eve"));
        var signUp = await world.CodeAsync(eve.Email);
        var reset = await eve.ForgottenAsync(2);
        await bob.ForgottenAsync(2);

        (await bob.ResetAsync(reset)).ShouldBeError("CodeMismatchException");
        (await eve.ResetAsync(signUp)).Status.ShouldBe(400);
        (await world.OwnAsync("VerifyUserAttribute", await eve.SignInAsync(), new JsonObject { ["AttributeName"] = "email", ["Code"] = reset })).Status.ShouldBe(400);
        await eve.ResetAsync(reset).ShouldSucceedAsync();
        (await eve.ResetAsync(reset, "Third-horse-123")).Status.ShouldBe(400);
    }

    /// <summary>Disabled users got tokens elsewhere by another way than the one that had been looked at.</summary>
    [Theory]
    [MemberData(nameof(PastFailureCalls.Ways), MemberType = typeof(PastFailureCalls))]
    public async Task Failure_21_no_way_leads_a_disabled_user_to_tokens(string way)
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");
        var before = await bob.SignInAsync();
        (await bob.TryAsync(way, before)).Status.ShouldBe(200);

        await bob.Pool.AdminAsync("AdminDisableUser", "bob").ShouldSucceedAsync();

        (await bob.TryAsync(way, before)).ShouldBeError("NotAuthorizedException");
    }

    /// <summary>A client that had been deleted elsewhere, and a flow that it no longer allowed, still led to tokens.</summary>
    [Theory]
    [MemberData(nameof(PastFailureCalls.Ways), MemberType = typeof(PastFailureCalls))]
    public async Task Failure_21_no_way_works_at_a_client_that_is_gone_or_no_longer_allows_it(string way)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var before = await bob.SignInAsync();
        var begun = await pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = "bob" });
        Task<Answer> Try() => way == "USER_SRP_AUTH" ? new SrpPerson(pool).StartAsync("bob") : bob.TryAsync(way, before);

        await pool.ConfigureAsync("UpdateUserPoolClient", new JsonObject { ["ClientId"] = pool.ClientId, ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CUSTOM_AUTH") }).ShouldSucceedAsync();
        // The other two are no flows, and have no switch of their own.
        if (way is not ("GetUser" or "GetTokensFromRefreshToken")) (await Try()).Status.ShouldBe(400);

        await pool.ConfigureAsync("DeleteUserPoolClient", new JsonObject { ["ClientId"] = pool.ClientId });
        (await Try()).Status.ShouldBe(400);
        (await pool.RespondAsync(begun.Json, "bob", ("ANSWER", "PASSWORD"), ("PASSWORD", bob.Password))).Status.ShouldBe(400);
    }

    /// <summary>Sessions outlived elsewhere the user whose they were.</summary>
    [Fact]
    public async Task Failure_22_no_token_survives_its_user()
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();
        var browser = new Browser(world);
        (await browser.SignInAsync(account.Email)).Good();

        await world.DoAsync("AdminDeleteUser", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = account.Email });

        (await account.GetAsync("me")).Status.ShouldBe(401);
        (await browser.GetAsync("session")).Status.ShouldBe(401);
        (await world.GetUserAsync(account.Access)).Status.ShouldBe(400);
        (await world.ApiAsync(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = account.Refresh })).Status.ShouldBe(401);
    }
}
