using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Runs <c>identity-js.mjs</c> once.</summary>
public sealed class IdentityJsStory(DevelopmentServer development)
{
    private readonly Lazy<Task<Story>> story = new(() => Story.TellAsync("identity-js.mjs", new JsonObject { ["url"] = development.Server.Url }));

    /// <summary>What came of it.</summary>
    public Task<Story> ToldAsync() => story.Value;
}

/// <summary>amazon-cognito-identity-js, which many applications still carry.</summary>
public sealed class IdentityJsTests(DevelopmentServer development, IdentityJsStory library) : IClassFixture<IdentityJsStory>
{
    [Fact]
    public async Task A_sign_up_is_confirmed_with_the_code_of_its_mail()
    {
        var story = await library.ToldAsync();

        story.Is("confirmedAtOnce").ShouldBeFalse();
        story.Is("signedIn").ShouldBeTrue();
        story["attributes"]["email_verified"]!.GetValue<string>().ShouldBe("true");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_by_srp() =>
        (await library.ToldAsync()).Refusal("wrongPassword").ShouldBe("NotAuthorizedException: Incorrect username or password.");

    [Fact]
    public async Task A_refresh_brings_new_tokens_of_the_same_sign_in()
    {
        var story = await library.ToldAsync();

        story.Is("refreshed").ShouldBeTrue();
        story.Is("refreshKeepsEvent").ShouldBeTrue();
    }

    [Fact]
    public async Task A_changed_password_counts_at_once()
    {
        var story = await library.ToldAsync();

        story.Text("changePassword").ShouldBe("SUCCESS");
        story.Refusal("oldPassword").ShouldBe("NotAuthorizedException: Incorrect username or password.");
        story.Is("newPassword").ShouldBeTrue();
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_with_a_code()
    {
        var story = await library.ToldAsync();

        story["forgotDelivery"]["AttributeName"]!.GetValue<string>().ShouldBe("email");
        story.Is("resetPassword").ShouldBeTrue();
    }

    [Fact]
    public async Task A_global_sign_out_ends_refresh_tokens()
    {
        var story = await library.ToldAsync();

        story.Text("globalSignOut").ShouldBe("SUCCESS");
        story.Refusal("afterGlobalSignOut").ShouldBe("NotAuthorizedException: Refresh Token has been revoked");
    }

    [Fact]
    public async Task An_invited_user_is_asked_for_a_new_password_once()
    {
        var story = await library.ToldAsync();

        story["invited"]["valid"]!.GetValue<bool>().ShouldBeTrue();
        story["invited"]["asked"]!["attributes"]!["email_verified"]!.GetValue<string>().ShouldBe("true");
        story["invited"]["asked"]!["required"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>
    /// Numbers are hashed in their shortest form with a zero byte before a high bit; a corner that is wrong fails about one sign-in
    /// in sixteen, so fifty of them would pass by luck about once in twenty-five runs of a wrong server.
    /// </summary>
    [Fact]
    public async Task Fifty_people_with_fifty_passwords_sign_in_by_srp()
    {
        var story = await Story.TellAsync("srp.mjs", new JsonObject { ["url"] = development.Server.Url, ["count"] = 50 });

        story["failures"].AsArray().Select(f => f!.ToJsonString()).ShouldBeEmpty();
        story["signedIn"].GetValue<int>().ShouldBe(50);
    }
}
