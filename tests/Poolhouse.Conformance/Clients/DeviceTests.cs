using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Runs <c>devices.mjs</c> once.</summary>
public sealed class DeviceStory(DevelopmentServer development)
{
    private readonly Lazy<Task<Story>> story = new(() => Story.TellAsync("devices.mjs", new JsonObject { ["url"] = development.Server.Url }));

    /// <summary>What came of it.</summary>
    public Task<Story> ToldAsync() => story.Value;
}

/// <summary>Remembered devices by aws-amplify v6, in whose pool the user is asked, and by amazon-cognito-identity-js, in whose pool nobody is.</summary>
public sealed class DeviceTests(DeviceStory devices) : IClassFixture<DeviceStory>
{
    private static readonly string[] WithDevice = ["PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"];

    [Fact]
    public async Task A_device_is_listed_once_its_user_wants_it_remembered()
    {
        var story = await devices.ToldAsync();

        story.Is("firstSignIn").ShouldBeTrue();
        story["beforeRemembering"].GetValue<int>().ShouldBe(0);
        var device = story["remembered"].AsArray().ShouldHaveSingleItem()!;
        device["id"]!.GetValue<string>().ShouldBe(story.Text("firstDevice"));
        device["name"]!.GetValue<string>().ShouldNotBeEmpty();
        device["attributes"]!["device_status"]!.GetValue<string>().ShouldBe("valid");
    }

    [Fact]
    public async Task Amplify_signs_in_with_the_device_instead_of_a_code()
    {
        var story = await devices.ToldAsync();

        story.Is("secondSignIn").ShouldBeTrue();
        Texts(story["secondChallenges"]).ShouldBe(WithDevice);
        story.Text("secondDevice").ShouldBe(story.Text("firstDevice"));
        story.Is("passwordSignIn").ShouldBeTrue();
        Texts(story["passwordChallenges"]).ShouldBe(WithDevice[1..]);
    }

    [Fact]
    public async Task Amplify_refreshes_with_the_device() =>
        (await devices.ToldAsync()).Text("refreshed").ShouldBe((await devices.ToldAsync()).Text("firstDevice"));

    [Fact]
    public async Task A_forgotten_device_needs_the_code_again()
    {
        var story = await devices.ToldAsync();

        story["afterForgetting"].GetValue<int>().ShouldBe(0);
        story.Text("signInAfterForgetting").ShouldBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
        story.Is("withCode").ShouldBeTrue();
    }

    [Fact]
    public async Task Amplify_gets_over_a_device_that_was_forgotten_elsewhere() =>
        (await devices.ToldAsync()).Text("signInWithForgotten").ShouldBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");

    [Fact]
    public async Task The_older_library_registers_a_device_without_asking_and_signs_in_with_it()
    {
        var story = await devices.ToldAsync();

        story.Is("oldAsksUser").ShouldBeFalse();
        Texts(story["oldChallenges"]).ShouldBe(WithDevice);
        story.Is("oldSameDevice").ShouldBeTrue();
        Texts(story["oldList"]).ShouldBe([story.Text("oldKey")]);
        story.Text("oldGet").ShouldBe(story.Text("oldKey"));
        story.Is("oldRefreshed").ShouldBeTrue();
    }

    [Fact]
    public async Task The_older_library_signs_in_on_a_device_that_is_not_remembered()
    {
        var story = await devices.ToldAsync();

        story.Text("oldNotRemembered").ShouldBe(story.Text("oldKey"));
        Texts(story["oldNotRememberedChallenges"]).ShouldBe(["PASSWORD_VERIFIER"]);
    }

    [Fact]
    public async Task The_older_library_registers_anew_what_was_forgotten_elsewhere()
    {
        var story = await devices.ToldAsync();

        story.Is("oldNewDevice").ShouldBeTrue();
        story.Is("oldRegisteredAnew").ShouldBeTrue();
    }

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(item => item!.GetValue<string>());
}
