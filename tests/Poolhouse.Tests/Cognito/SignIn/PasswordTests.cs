using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class PasswordTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_right_password_signs_in(Engine engine)
    {
        var bob = await (await (await World.OnAsync(engine)).PoolAsync()).ConfirmedAsync("bob");

        var answer = await bob.TrySignInAsync();

        answer.ShouldBeSignedIn().Refresh.ShouldNotBeNull();
        answer.Json["ChallengeParameters"]!.AsObject().Count.ShouldBe(0);
        answer.Json.ContainsKey("ChallengeName").ShouldBeFalse();
        answer.Json["AuthenticationResult"]!["TokenType"]!.GetValue<string>().ShouldBe("Bearer");
        answer.Json["AuthenticationResult"]!["ExpiresIn"]!.GetValue<int>().ShouldBe(3600);
    }

    [Theory]
    [InlineData("Wrong-horse-1")]
    [InlineData("correct-horse-1")]
    [InlineData("Correct-horse-1 ")]
    [InlineData("Correct-horse-")]
    public async Task Any_other_password_does_not(string password)
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");

        var answer = await bob.TrySignInAsync(password);

        answer.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
    }

    [Fact]
    public async Task A_password_of_any_letters_signs_in()
    {
        const string password = "Pässwörd-1-𠮷-\"quoted\"-\\u0000-<b>";
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob", password);

        var answer = await bob.TrySignInAsync();

        answer.ShouldBeSignedIn();
    }

    [Fact]
    public async Task An_unknown_user_is_told_where_the_client_does_not_hide_users()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.StartAsync("USER_PASSWORD_AUTH", new JsonObject { ["USERNAME"] = "nobody", ["PASSWORD"] = TestPool.Password });

        answer.ShouldBeError("UserNotFoundException", "User does not exist.");
    }

    [Fact]
    public async Task A_disabled_user_is_told_only_after_the_right_password()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await pool.ManageAsync("AdminDisableUser", "bob");

        var wrong = await bob.TrySignInAsync("Wrong-horse-1");
        var right = await bob.TrySignInAsync();

        wrong.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        right.ShouldBeError("NotAuthorizedException", "User is disabled.");
    }

    [Fact]
    public async Task An_unconfirmed_user_is_told_only_after_the_right_password()
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).SignedUpAsync("bob");

        var wrong = await bob.TrySignInAsync("Wrong-horse-1");
        var right = await bob.TrySignInAsync();

        wrong.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        right.ShouldBeError("UserNotConfirmedException", "User is not confirmed.");
    }

    [Theory]
    [InlineData(null, "PasswordResetRequiredException", "Password reset required for the user")]
    [InlineData("ENABLED", "NotAuthorizedException", "Incorrect username or password.")]
    public async Task A_password_that_must_be_reset_no_longer_signs_in(string? hides, string type, string message)
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: SignInCalls.Client(hides: hides));
        var bob = await pool.VerifiedAsync("bob");
        await pool.ManageAsync("AdminResetUserPassword", "bob");

        var answer = await bob.TrySignInAsync();

        answer.ShouldBeError(type, message);
    }

    [Fact]
    public async Task A_temporary_password_expires()
    {
        await using var world = await World.StartAsync();
        var bob = await (await world.PoolAsync()).InvitedAsync("bob");
        await world.AdvanceAsync("P6D");
        (await bob.TrySignInAsync()).ShouldAskFor("NEW_PASSWORD_REQUIRED");
        await world.AdvanceAsync("P2D");

        var answer = await bob.TrySignInAsync();

        answer.ShouldBeError("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.");
    }

    [Theory]
    [InlineData("USERNAME")]
    [InlineData("PASSWORD")]
    public async Task A_missing_parameter_is_named(string missing)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var parameters = new JsonObject { ["USERNAME"] = "bob", ["PASSWORD"] = TestPool.Password };
        parameters.Remove(missing);

        var answer = await pool.StartAsync("USER_PASSWORD_AUTH", parameters);

        answer.ShouldBeError("InvalidParameterException", "Missing required parameter " + missing);
    }

    [Fact]
    public async Task A_name_of_another_case_is_the_same_user()
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("Bob");

        var answer = await (bob with { Name = "bOB" }).TrySignInAsync();

        Testing.Tokens.Claims(answer.ShouldBeSignedIn().Access)["username"]!.GetValue<string>().ShouldBe("Bob");
    }

    [Fact]
    public async Task A_case_sensitive_pool_tells_names_apart()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["UsernameConfiguration"] = new JsonObject { ["CaseSensitive"] = true } });
        var bob = await pool.ConfirmedAsync("Bob");

        var answer = await (bob with { Name = "bob" }).TrySignInAsync();

        answer.ShouldBeError("UserNotFoundException");
    }

    [Fact]
    public async Task An_alias_signs_in_only_once_it_is_verified()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        var bob = await pool.ConfirmedAsync("bob");
        var byAlias = bob with { Name = bob.Email };
        (await byAlias.TrySignInAsync()).ShouldBeError("UserNotFoundException");
        await pool.ManageAsync("AdminUpdateUserAttributes", "bob", new JsonObject { ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email_verified", "true")) });

        var answer = await byAlias.TrySignInAsync();

        Testing.Tokens.Claims(answer.ShouldBeSignedIn().Access)["username"]!.GetValue<string>().ShouldBe("bob");
    }

    [Fact]
    public async Task A_user_of_one_pool_is_nobody_in_another()
    {
        var world = await World.OnAsync();
        var bob = await (await world.PoolAsync()).ConfirmedAsync("bob");
        var other = await world.PoolAsync();

        var answer = await (bob with { Pool = other }).TrySignInAsync();

        answer.ShouldBeError("UserNotFoundException");
    }
}
