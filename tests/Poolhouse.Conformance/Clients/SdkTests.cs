using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Runs <c>sdk.mjs</c> once.</summary>
public sealed class SdkStory(DevelopmentServer development)
{
    private readonly Lazy<Task<Story>> story = new(() => Story.TellAsync("sdk.mjs", new JsonObject { ["url"] = development.Server.Url }));

    /// <summary>What came of it.</summary>
    public Task<Story> ToldAsync() => story.Value;
}

/// <summary>The AWS SDK for JavaScript v3: pools of one's own, clients with secrets, and the words of every refusal.</summary>
public sealed partial class SdkTests(SdkStory sdk) : IClassFixture<SdkStory>
{
    /// <summary>Which call is refused with which error and which words; <c>{client}</c> and <c>{pool}</c> are those of the story.</summary>
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "adminFlowInPublic", "InvalidParameterException", "Initiate Auth method not supported." },
        { "adminUnknownUser", "UserNotFoundException", "User does not exist." },
        { "aliasAsName", "InvalidParameterException", "Username cannot be of email format, since user pool is configured for email alias." },
        { "badFilter", "InvalidParameterException", "Invalid search attribute: custom:tenant" },
        { "confirmedTwice", "NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED" },
        { "disabled", "NotAuthorizedException", "User is disabled." },
        { "flowNotEnabled", "InvalidParameterException", "USER_SRP_AUTH flow not enabled for this client" },
        { "forgotUnknown", "UserNotFoundException", "Username/client id combination not found." },
        { "goneAfterwards", "ResourceNotFoundException", "User pool {pool} does not exist." },
        { "idTokenInstead", "NotAuthorizedException", "Invalid Access Token" },
        { "immutable", "InvalidParameterException", "user.custom:tenant: Attribute cannot be updated.\n" },
        { "missingAttribute", "InvalidParameterException", "Attributes did not conform to the schema: email: The attribute is required" },
        { "nameTaken", "UsernameExistsException", "User already exists" },
        { "noSecretHash", "NotAuthorizedException", "Client {client} is configured with secret but SECRET_HASH was not received" },
        { "refreshGarbage", "NotAuthorizedException", "Invalid Refresh Token" },
        { "refreshRevoked", "NotAuthorizedException", "Refresh Token has been revoked" },
        { "refreshWithoutHash", "NotAuthorizedException", "Client {client} is configured with secret but SECRET_HASH was not received" },
        { "resendConfirmed", "InvalidParameterException", "User is already confirmed." },
        { "revokeWithoutSecret", "UnauthorizedException", "Invalid client or secret" },
        { "signInWithWrongHash", "NotAuthorizedException", "Unable to verify secret hash for client {client}" },
        { "signInWithoutHash", "NotAuthorizedException", "Client {client} is configured with secret but SECRET_HASH was not received" },
        { "tamperedToken", "NotAuthorizedException", "Could not verify signature for Access Token" },
        { "tooManyResults", "InvalidParameterException", "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60" },
        { "unconfirmed", "UserNotConfirmedException", "User is not confirmed." },
        { "unknownAttribute", "InvalidParameterException", "Attributes did not conform to the schema: Type for attribute {custom:x} could not be determined" },
        { "unknownClient", "ResourceNotFoundException", "User pool client 0123456789abcdefghijklmnop does not exist." },
        { "unknownPool", "ResourceNotFoundException", "User pool us-east-1_NoSuchPool does not exist." },
        { "unknownUser", "UserNotFoundException", "User does not exist." },
        { "weakPassword", "InvalidPasswordException", "Password did not conform with policy: Password not long enough" },
        { "wrongCode", "CodeMismatchException", "Invalid verification code provided, please try again." },
        { "wrongPassword", "NotAuthorizedException", "Incorrect username or password." },
        { "wrongSecretHash", "NotAuthorizedException", "Unable to verify secret hash for client {client}" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_has_the_name_and_the_words_of_Cognito(string fact, string name, string message)
    {
        var story = await sdk.ToldAsync();

        var refusal = story[fact];

        var expected = message.Replace("{client}", story.Text("clientId"), StringComparison.Ordinal).Replace("{pool}", story.Text("poolId"), StringComparison.Ordinal);
        $"{refusal["name"]}: {refusal["message"]}".ShouldBe($"{name}: {expected}");
        refusal["status"]!.GetValue<int>().ShouldBe(400);
        RequestId().IsMatch(refusal["requestId"]!.GetValue<string>()).ShouldBeTrue();
    }

    [Fact]
    public async Task An_alias_that_is_not_verified_is_nobody() =>
        (await sdk.ToldAsync())["aliasBeforeConfirmation"]["name"]!.GetValue<string>().ShouldBeOneOf("UserNotFoundException", "NotAuthorizedException");

    [Fact]
    public async Task Pools_and_clients_are_made_described_listed_and_changed()
    {
        var story = await sdk.ToldAsync();

        story.Is("poolIdLooks").ShouldBeTrue();
        story.Is("poolDates").ShouldBeTrue();
        story["clientLooks"]["id"]!.GetValue<bool>().ShouldBeTrue();
        story["clientLooks"]["secret"]!.GetValue<bool>().ShouldBeTrue();
        story.Is("describedSecret").ShouldBeTrue();
        story.Is("listsPool").ShouldBeTrue();
        story.Is("listsClient").ShouldBeTrue();
        story["poolAfterUpdate"].GetValue<int>().ShouldBe(10);
        story["tags"]["purpose"]!.GetValue<string>().ShouldBe("conformance");
    }

    [Fact]
    public async Task Every_answer_has_a_request_id() =>
        RequestId().IsMatch((await sdk.ToldAsync()).Text("requestId")).ShouldBeTrue();

    [Fact]
    public async Task Custom_attributes_are_in_the_schema_and_in_the_id_token_as_texts()
    {
        var story = await sdk.ToldAsync();

        story["customAttributes"].AsArray().Select(a => a!["Name"]!.GetValue<string>()).ShouldBe(["custom:tenant", "custom:level"], ignoreOrder: true);
        story["customClaims"]["tenant"]!.GetValue<string>().ShouldBe("north");
        story["customClaims"]["level"]!.GetValue<string>().ShouldBe("3");
    }

    [Fact]
    public async Task A_sign_up_with_a_secret_hash_tells_where_the_code_went()
    {
        var signUp = (await sdk.ToldAsync())["signUp"];

        signUp["confirmed"]!.GetValue<bool>().ShouldBeFalse();
        Guid.TryParse(signUp["sub"]!.GetValue<string>(), out _).ShouldBeTrue();
        signUp["delivery"]!["Destination"]!.GetValue<string>().ShouldBe("a***@e***");
    }

    [Fact]
    public async Task Tokens_live_as_long_as_the_client_says()
    {
        var lifetimes = (await sdk.ToldAsync())["lifetimes"];

        lifetimes["told"]!.GetValue<int>().ShouldBe(600);
        lifetimes["access"]!.GetValue<int>().ShouldBe(600);
        lifetimes["id"]!.GetValue<int>().ShouldBe(1200);
    }

    [Fact]
    public async Task A_token_has_no_type_and_one_algorithm()
    {
        var header = (await sdk.ToldAsync())["tokenHeader"].AsObject();

        header.Select(member => member.Key).ShouldBe(["kid", "alg"]);
        header["alg"]!.GetValue<string>().ShouldBe("RS256");
    }

    [Fact]
    public async Task A_verified_alias_signs_in() => (await sdk.ToldAsync()).Is("byAlias").ShouldBeTrue();

    [Fact]
    public async Task A_refresh_takes_the_hash_of_the_name_or_the_sub_and_answers_no_refresh_token()
    {
        var story = await sdk.ToldAsync();

        story["refresh"]["tokens"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe(["AccessToken", "ExpiresIn", "IdToken", "TokenType"]);
        story["refresh"]["parameters"]!.AsObject().Count.ShouldBe(0);
        story["refreshBySub"].GetValue<int>().ShouldBe(600);
    }

    [Fact]
    public async Task A_user_and_an_administrator_see_the_same_person()
    {
        var story = await sdk.ToldAsync();

        story.Is("ownName").ShouldBeTrue();
        story["ownAttributes"]["custom:level"]!.GetValue<string>().ShouldBe("3");
        story["ownAttributes"]["email_verified"]!.GetValue<string>().ShouldBe("true");
        story["adminView"]["status"]!.GetValue<string>().ShouldBe("CONFIRMED");
        story["adminView"]["enabled"]!.GetValue<bool>().ShouldBeTrue();
        story["adminView"]["dates"]!.GetValue<bool>().ShouldBeTrue();
        story.Is("found").ShouldBeTrue();
    }

    [Fact]
    public async Task A_challenge_after_an_alias_names_the_user_and_takes_the_hash_of_that_name()
    {
        var story = await sdk.ToldAsync();

        story["challenge"]["name"]!.GetValue<string>().ShouldBe("NEW_PASSWORD_REQUIRED");
        story["challenge"]["inner"]!.GetValue<bool>().ShouldBeTrue();
        story.Is("answeredChallenge").ShouldBeTrue();
    }

    [Fact]
    public async Task Calls_without_an_answer_succeed_with_an_empty_body()
    {
        var story = await sdk.ToldAsync();

        story["deletedUser"].GetValue<int>().ShouldBe(200);
        story["deletedPool"].GetValue<int>().ShouldBe(200);
        story["revoked"].GetValue<int>().ShouldBe(200);
    }

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RequestId();
}
