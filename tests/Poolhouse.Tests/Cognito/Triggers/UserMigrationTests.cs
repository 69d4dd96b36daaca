using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

public sealed class UserMigrationTests
{
    private const string Old = "old password";

    [Theory]
    [InlineData("USER_PASSWORD_AUTH", "LEGACY")]
    [InlineData("USER_PASSWORD_AUTH", "ENABLED")]
    [InlineData("USER_AUTH", "LEGACY")]
    [InlineData("ADMIN_USER_PASSWORD_AUTH", "LEGACY")]
    public async Task Who_signs_in_with_a_password_is_taken_over_once(string flow, string hides)
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(Known);
        var pool = await tw.PoolAsync(new JsonObject { ["UserMigration"] = arn }, hides: hides);
        var parameters = new JsonObject { ["USERNAME"] = "ann", ["PASSWORD"] = Old, ["PREFERRED_CHALLENGE"] = "PASSWORD" };

        (flow.StartsWith("ADMIN", StringComparison.Ordinal) ? await pool.AdminStartAsync(flow, parameters) : await pool.StartAsync(flow, parameters)).ShouldBeSignedIn();
        (await new TestUser(pool, "ann", Old, "").TrySignInAsync()).ShouldBeSignedIn();
        (await new SrpPerson(pool, Old).SignInAsync("ann")).ShouldBeSignedIn();

        var user = await pool.DescribeAsync("ann");
        (user.Text("UserStatus"), user.Attribute("email"), user.Attribute("email_verified")).ShouldBe(("CONFIRMED", "ann@old.example", "true"));
        tw.EventOf(arn).ShouldBeEvent(pool, """
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"UserMigration_Authentication",
             "request":{"password":"old password","validationData":null},
             "response":{"userAttributes":null,"finalUserStatus":null,"messageAction":null,"desiredDeliveryMediums":null,"forceAliasCreation":null,"enableSMSMFA":null}}
            """);
    }

    [Theory]
    [InlineData("LEGACY", "UserLambdaValidationException", "UserMigration failed with error Bad password.")]
    [InlineData("ENABLED", "NotAuthorizedException", "Incorrect username or password.")]
    public async Task Whom_the_function_refuses_is_not_made(string hides, string type, string message)
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["UserMigration"] = tw.Functions.Add(_ => throw new FunctionException("Bad password")) }, hides: hides);

        var answer = await new TestUser(pool, "ann", Old, "").TrySignInAsync();

        answer.ShouldBeError(type, message);
        (await pool.AdminAsync("AdminGetUser", "ann")).ShouldBeError("UserNotFoundException");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"userAttributes":null}""")]
    [InlineData("""{"userAttributes":{"email":"not an address"}}""")]
    [InlineData("""{"userAttributes":{"custom:unknown":"x"}}""")]
    [InlineData("""{"userAttributes":{},"finalUserStatus":"ARCHIVED"}""")]
    public async Task What_can_not_be_a_user_is_not_made(string response)
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["UserMigration"] = tw.Functions.Add(e => e["response"] = JsonNode.Parse(response)) });

        (await new TestUser(pool, "ann", Old, "").TrySignInAsync()).ShouldBeError("UserNotFoundException", $"Exception migrating user in app client {pool.ClientId}");
    }

    [Fact]
    public async Task A_user_may_have_to_reset_the_password()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject
        {
            ["UserMigration"] = tw.Functions.Add(e =>
            {
                Known(e);
                e.Response()["finalUserStatus"] = "RESET_REQUIRED";
            }),
        });

        (await new TestUser(pool, "ann", Old, "").TrySignInAsync()).ShouldBeError("PasswordResetRequiredException");
    }

    [Fact]
    public async Task Who_forgot_the_password_is_taken_over_and_gets_a_code()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(e => e["response"] = new JsonObject
        {
            ["userAttributes"] = new JsonObject { ["email"] = pool(e) + "@old.example", ["email_verified"] = true },
        });
        var pool1 = await tw.PoolAsync(new JsonObject { ["UserMigration"] = arn });
        var email = pool1.Id.Split('_')[1].ToLowerInvariant() + "@old.example";

        (await pool1.PublicAsync("ForgotPassword", "ann")).Status.ShouldBe(200);
        var code = await tw.World.CodeAsync(email);
        (await pool1.PublicAsync("ConfirmForgotPassword", "ann", new JsonObject { ["ConfirmationCode"] = code, ["Password"] = "Another-horse-2" })).Status.ShouldBe(200);

        (await new TestUser(pool1, "ann", "Another-horse-2", "").TrySignInAsync()).ShouldBeSignedIn();
        tw.EventOf(arn).Source().ShouldBe("UserMigration_ForgotPassword");
        tw.EventOf(arn).Request()["password"].ShouldBeNull();

        static string pool(JsonObject e) => e["userPoolId"]!.GetValue<string>().Split('_')[1].ToLowerInvariant();
    }

    [Fact]
    public async Task Pre_authentication_decides_about_who_is_taken_over_too()
    {
        var tw = await TriggerWorld.OnAsync();
        var before = tw.Functions.Add(e =>
        {
            if (!e.Request()["userNotFound"]!.GetValue<bool>()) throw new FunctionException("Closed");
        });
        var pool = await tw.PoolAsync(new JsonObject { ["UserMigration"] = tw.Functions.Add(Known), ["PreAuthentication"] = before }, hides: "ENABLED");

        (await new TestUser(pool, "ann", Old, "").TrySignInAsync()).ShouldBeError("UserLambdaValidationException", "PreAuthentication failed with error Closed.");

        tw.EventOf(before).Request()["userNotFound"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Guesses_are_counted_before_the_function_is_asked()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => throw new FunctionException("Bad password"));
        var pool = await tw.PoolAsync(new JsonObject { ["UserMigration"] = arn });
        var ann = new TestUser(pool, "ann", Old, "");

        Answer answer;
        var attempts = 0;
        do
        {
            answer = await ann.TrySignInAsync();
            attempts++;
        }
        while (answer.Type == "UserLambdaValidationException" && attempts < 20);

        answer.ShouldBeError("NotAuthorizedException", "Password attempts exceeded");
        tw.Functions.EventsOf(arn).Count.ShouldBe(attempts - 1);
    }

    [Fact]
    public async Task First_sign_ins_at_once_make_one_user()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["UserMigration"] = tw.Functions.Add(Known) });

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new TestUser(pool, "ann", Old, "").TrySignInAsync()));

        answers.ShouldAllBe(a => a.Status == 200, string.Join('\n', answers.Select(a => a.Text)));
        (await tw.World.DoAsync("ListUsers", new JsonObject { ["UserPoolId"] = pool.Id }))["Users"]!.AsArray().Count.ShouldBe(1);
    }

    private static void Known(JsonObject e)
    {
        if (e.Request()["password"]!.GetValue<string>() != Old) throw new FunctionException("Bad password");
        e["response"] = new JsonObject
        {
            ["userAttributes"] = new JsonObject { ["email"] = "ann@old.example", ["email_verified"] = "true" },
            ["messageAction"] = "SUPPRESS",
        };
    }
}
