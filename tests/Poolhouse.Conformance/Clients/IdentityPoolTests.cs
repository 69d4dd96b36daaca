using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>An identity pool made by the AWS command line, used by aws-amplify, its credentials by the AWS SDK.</summary>
public sealed class IdentityPoolTests
{
    private const string Member = "arn:aws:iam::000000000000:role/Member";
    private const string Guest = "arn:aws:iam::000000000000:role/Guest";
    private const string Named = $"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{RunningServer.PoolId}";

    private const string Iam = $$$"""
        {
          "Roles": {
            "{{{Member}}}": { "Policy": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Action": ["cognito-idp:ListUsers", "cognito-idp:AdminGetUser"], "Resource": "{{{Named}}}" } ] } },
            "{{{Guest}}}": { "Policy": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Action": "cognito-idp:DescribeUserPool", "Resource": "{{{Named}}}" } ] } }
          }
        }
        """;

    [Fact]
    public async Task Guests_and_users_get_an_identity_and_credentials_that_do_what_their_role_may()
    {
        await using var server = await RunningServer.StartAsync("--iam", Iam);
        var aws = new AwsCli(server, service: "cognito-identity");
        var provider = $"{new Uri(server.Url).Authority}/{RunningServer.PoolId}";
        var pool = (await aws.CallAsync(
            "create-identity-pool", "--identity-pool-name", "Shop", "--allow-unauthenticated-identities",
            "--cognito-identity-providers", $"ProviderName={provider},ClientId={RunningServer.ClientId},ServerSideTokenCheck=true"))["IdentityPoolId"]!.GetValue<string>();
        await aws.CallAsync("set-identity-pool-roles", "--identity-pool-id", pool, "--roles", $"authenticated={Member},unauthenticated={Guest}");
        (await aws.CallAsync("get-identity-pool-roles", "--identity-pool-id", pool))["Roles"]!["authenticated"]!.GetValue<string>().ShouldBe(Member);

        var story = await Story.TellAsync("identity.mjs", new JsonObject
        {
            ["url"] = server.Url, ["pool"] = RunningServer.PoolId, ["client"] = RunningServer.ClientId, ["identityPool"] = pool,
        });

        story.Text("guestId").ShouldStartWith("us-east-1:");
        story.Is("guestTokens").ShouldBeFalse();
        story.Text("guestKey").ShouldStartWith("ASIA");
        story.Text("guestDescribes").ShouldBe(RunningServer.PoolId);
        story.Refusal("guestLists").ShouldBe(Denied("Guest", "ListUsers", Named));
        story.Is("signedIn").ShouldBeTrue();
        story["expiresIn"].GetValue<double>().ShouldBeInRange(55, 61);
        story["lists"].GetValue<int>().ShouldBe(1);
        story.Text("gets").ShouldBe("CONFIRMED");
        story.Text("refreshedId").ShouldBe(story.Text("id"));
        story.Text("idLater").ShouldBe(story.Text("id"));
        story["listsElsewhere"]["name"]!.GetValue<string>().ShouldBe("AccessDeniedException");
        story.Refusal("describes").ShouldBe(Denied("Member", "DescribeUserPool", Named));
        story.Refusal("withoutToken").ShouldBe("UnrecognizedClientException: The security token included in the request is invalid.");

        var listed = (await aws.CallAsync("list-identities", "--identity-pool-id", pool, "--max-results", "60"))["Identities"]!.AsArray();
        listed.Select(i => i!["IdentityId"]!.GetValue<string>()).ShouldContain(story.Text("id"));
        await aws.CallAsync("delete-identity-pool", "--identity-pool-id", pool);
        (await aws.TryAsync("describe-identity-pool", "--identity-pool-id", pool)).Error.ShouldContain(
            $"(ResourceNotFoundException) when calling the DescribeIdentityPool operation: IdentityPool '{pool}' not found.");
    }

    private static string Denied(string role, string operation, string resource) =>
        $"AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/{role}/CognitoIdentityCredentials is not authorized to perform: " +
        $"cognito-idp:{operation} on resource: {resource} because no identity-based policy allows the cognito-idp:{operation} action";
}
