using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Runs <c>amplify.mjs</c> once.</summary>
public sealed class AmplifyStory(DevelopmentServer development)
{
    private readonly Lazy<Task<Story>> story = new(() => Story.TellAsync("amplify.mjs", new JsonObject
    {
        ["url"] = development.Server.Url,
        ["pool"] = RunningServer.PoolId,
        ["client"] = RunningServer.ClientId,
    }));

    /// <summary>What came of it.</summary>
    public Task<Story> ToldAsync() => story.Value;
}

/// <summary>aws-amplify v6 as an application uses it.</summary>
public sealed class AmplifyTests(DevelopmentServer development, AmplifyStory amplify) : IClassFixture<AmplifyStory>
{
    [Fact]
    public async Task A_sign_up_waits_for_the_code_it_has_mailed()
    {
        var story = await amplify.ToldAsync();

        story.Text("signUpStep").ShouldBe("CONFIRM_SIGN_UP");
        story["signUpDelivery"]["deliveryMedium"]!.GetValue<string>().ShouldBe("EMAIL");
        story["signUpDelivery"]["destination"]!.GetValue<string>().ShouldBe("a***@e***");
    }

    [Fact]
    public async Task Signing_in_before_the_code_leads_to_the_code() =>
        (await amplify.ToldAsync()).Text("unconfirmedSignIn").ShouldBe("CONFIRM_SIGN_UP");

    [Fact]
    public async Task A_name_can_be_taken_once_only() =>
        (await amplify.ToldAsync())["secondSignUp"]["name"]!.GetValue<string>().ShouldBe("UsernameExistsException");

    [Fact]
    public async Task A_wrong_code_confirms_nobody() =>
        (await amplify.ToldAsync()).Refusal("wrongCode").ShouldBe("CodeMismatchException: Invalid verification code provided, please try again.");

    [Fact]
    public async Task The_code_of_a_resent_mail_confirms_and_signs_in_without_the_password()
    {
        var story = await amplify.ToldAsync();

        story.Text("confirmStep").ShouldBe("COMPLETE_AUTO_SIGN_IN");
        story.Is("autoSignIn").ShouldBeTrue();
    }

    [Fact]
    public async Task The_id_token_says_who_signed_in()
    {
        var story = await amplify.ToldAsync();

        var claims = story["idClaims"];

        claims["email"]!.GetValue<string>().ShouldBe(story.Text("username"));
        claims["email_verified"]!.GetValue<bool>().ShouldBeTrue();
        claims["name"]!.GetValue<string>().ShouldBe("Ann");
        claims["token_use"]!.GetValue<string>().ShouldBe("id");
        claims["aud"]!.GetValue<string>().ShouldBe(RunningServer.ClientId);
        claims["iss"]!.GetValue<string>().ShouldBe($"{development.Server.Url}/{RunningServer.PoolId}");
        claims["cognito:username"]!.GetValue<string>().ShouldBe(claims["sub"]!.GetValue<string>());
        story["currentUser"]["userId"]!.GetValue<string>().ShouldBe(claims["sub"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_access_token_is_for_the_client_and_the_users_own_calls()
    {
        var claims = (await amplify.ToldAsync())["accessClaims"];

        claims["client_id"]!.GetValue<string>().ShouldBe(RunningServer.ClientId);
        claims["token_use"]!.GetValue<string>().ShouldBe("access");
        claims["scope"]!.GetValue<string>().ShouldBe("aws.cognito.signin.user.admin");
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(3600);
    }

    [Fact]
    public async Task Attributes_are_changed_and_read_again()
    {
        var attributes = (await amplify.ToldAsync())["attributes"];

        attributes["name"]!.GetValue<string>().ShouldBe("Ann Other");
        attributes["locale"]!.GetValue<string>().ShouldBe("de");
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_has_to_meet_the_policy()
    {
        var story = await amplify.ToldAsync();

        story.Refusal("wrongOldPassword").ShouldBe("NotAuthorizedException: Incorrect username or password.");
        story.Refusal("weakPassword").ShouldBe("InvalidPasswordException: Password did not conform with policy: Password not long enough");
    }

    [Fact]
    public async Task A_forced_refresh_brings_new_tokens_with_the_attributes_of_now()
    {
        var story = await amplify.ToldAsync();

        story.Is("refreshedAnew").ShouldBeTrue();
        story.Text("refreshedName").ShouldBe("Ann Other");
        story.Is("refreshKeepsOrigin").ShouldBeTrue();
    }

    [Fact]
    public async Task A_sign_out_ends_the_session_here_and_its_tokens_on_the_server()
    {
        var story = await amplify.ToldAsync();

        story.Is("signedOut").ShouldBeTrue();
        story.Refusal("tokenAfterSignOut").ShouldBe("NotAuthorizedException: Access Token has been revoked");
    }

    [Fact]
    public async Task The_old_password_is_refused_after_a_change() =>
        (await amplify.ToldAsync()).Refusal("wrongPassword").ShouldBe("NotAuthorizedException: Incorrect username or password.");

    [Theory]
    [InlineData("srpSignIn")]
    [InlineData("passwordSignIn")]
    [InlineData("choiceSignIn")]
    [InlineData("srpChoiceSignIn")]
    public async Task Every_flow_signs_in(string flow) => (await amplify.ToldAsync()).Is(flow).ShouldBeTrue();

    [Fact]
    public async Task A_sign_in_without_a_preference_is_offered_the_choice()
    {
        var story = await amplify.ToldAsync();

        story["choices"]["signInStep"]!.GetValue<string>().ShouldBe("CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
        story["choices"]["availableChallenges"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe(["PASSWORD", "PASSWORD_SRP"], ignoreOrder: true);
        story.Text("chosenStep").ShouldBe("CONFIRM_SIGN_IN_WITH_PASSWORD");
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_with_a_code_that_works_once()
    {
        var story = await amplify.ToldAsync();

        story["resetStep"]["resetPasswordStep"]!.GetValue<string>().ShouldBe("CONFIRM_RESET_PASSWORD_WITH_CODE");
        story.Refusal("weakReset").ShouldBe("InvalidPasswordException: Password did not conform with policy: Password must have uppercase characters");
        story.Refusal("spentCode").ShouldBe("ExpiredCodeException: Invalid code provided, please request a code again.");
        story.Is("signInAfterReset").ShouldBeTrue();
    }

    [Fact]
    public async Task A_global_sign_out_ends_tokens_that_were_good_until_then()
    {
        var story = await amplify.ToldAsync();

        story["tokenBefore"]["status"]!.GetValue<int>().ShouldBe(200);
        story.Refusal("tokenAfterGlobalSignOut").ShouldBe("NotAuthorizedException: Access Token has been revoked");
    }

    [Fact]
    public async Task A_deleted_account_has_no_session_and_no_password()
    {
        var story = await amplify.ToldAsync();

        story.Refusal("tokenOfDeleted").ShouldBe("UserNotFoundException: User does not exist.");
        story.Refusal("signInOfDeleted").ShouldBe("NotAuthorizedException: Incorrect username or password.");
    }
}
