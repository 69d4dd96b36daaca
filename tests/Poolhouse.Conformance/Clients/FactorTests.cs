using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Runs <c>factors.mjs</c> once.</summary>
public sealed class FactorStory(DevelopmentServer development)
{
    private readonly Lazy<Task<Story>> story = new(() => Story.TellAsync("factors.mjs", new JsonObject { ["url"] = development.Server.Url }));

    /// <summary>What came of it.</summary>
    public Task<Story> ToldAsync() => story.Value;
}

/// <summary>Second factors, and codes as first factors, by aws-amplify v6.</summary>
public sealed class FactorTests(FactorStory factors) : IClassFixture<FactorStory>
{
    [Fact]
    public async Task An_authenticator_app_is_set_up_and_asked_for_its_code_which_serves_once()
    {
        var story = await factors.ToldAsync();

        story.Is("withoutFactor").ShouldBeTrue();
        story.Text("uri").ShouldStartWith("otpauth://totp/Poolhouse:");
        story.Text("wrongSetup").ShouldBe("EnableSoftwareTokenMFAException");
        story["preference"]["preferred"]!.GetValue<string>().ShouldBe("TOTP");
        story.Text("asked").ShouldBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
        story["replay"]["name"]!.GetValue<string>().ShouldBe("ExpiredCodeException");
        story["replay"]["message"]!.GetValue<string>().ShouldBe("Your software token has already been used once.");
        story.Is("withFactor").ShouldBeTrue();
    }

    [Fact]
    public async Task Where_a_factor_is_required_it_is_set_up_within_the_sign_in()
    {
        var story = await factors.ToldAsync();

        story.Text("setUpStep").ShouldBe("CONTINUE_SIGN_IN_WITH_TOTP_SETUP");
        story.Is("setUpInSignIn").ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_by_mail_is_a_second_factor()
    {
        var story = await factors.ToldAsync();

        story["emailAsked"]["signInStep"]!.GetValue<string>().ShouldBe("CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
        story["emailAsked"]["codeDeliveryDetails"]!["destination"]!.GetValue<string>().ShouldBe("a***@e***");
        story.Text("emailWrong").ShouldBe("Invalid code or auth state for the user.");
        story.Is("emailRight").ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_by_mail_signs_in_without_a_password()
    {
        var story = await factors.ToldAsync();

        story["choice"]["signInStep"]!.GetValue<string>().ShouldBe("CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
        story["choice"]["availableChallenges"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldContain("EMAIL_OTP");
        story.Text("firstAsked").ShouldBe("CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
        story.Is("firstRight").ShouldBeTrue();
        story.Is("firstUser").ShouldBeTrue();
        story.Text("preferred").ShouldBe("CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
        story.Is("preferredRight").ShouldBeTrue();
    }
}
