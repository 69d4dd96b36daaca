using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>A server with roles, issuers and an STS elsewhere, which the tests of identities share; each makes its own identity pool.</summary>
public sealed class IdentityScene
{
    /// <summary>May list and get users of the default pool, and nothing else.</summary>
    public const string Member = "arn:aws:iam::000000000000:role/Member";

    /// <summary>May do anything but disable users.</summary>
    public const string Chief = "arn:aws:iam::000000000000:role/team/Chief";

    /// <summary>Trusts identities that signed in only; may nothing.</summary>
    public const string Trusting = "arn:aws:iam::000000000000:role/Trusting";

    /// <summary>What guests get; may look at the default pool.</summary>
    public const string Guest = "arn:aws:iam::000000000000:role/Guest";

    /// <summary>A role of AWS.</summary>
    public const string Exchanged = "arn:aws:iam::111122223333:role/Exchanged";

    /// <summary>The pool that the roles' policies name.</summary>
    public const string NamedPool = "us-east-1_Poolhouse";

    private static readonly Lazy<Task<IdentityScene>> Shared = new(StartAsync);

    private IdentityScene(World world, Elsewhere elsewhere)
    {
        World = world;
        Elsewhere = elsewhere;
    }

    public World World { get; }

    public Elsewhere Elsewhere { get; }

    public static Task<IdentityScene> GetAsync() => Shared.Value;

    /// <summary>A scene of the test's own, whose clock it may move.</summary>
    public static async Task<IdentityScene> StartAsync()
    {
        var elsewhere = await Elsewhere.StartAsync();
        return new IdentityScene(await World.StartAsync(Engine.Sqlite, "--Iam=" + Iam(elsewhere.Host)), elsewhere);
    }

    /// <summary>The ARN of one of the issuers elsewhere.</summary>
    public string ArnOf(string issuer) => $"arn:aws:iam::000000000000:oidc-provider/{Elsewhere.Host}/{issuer}";

    /// <summary>An identity pool that believes a user pool, with roles for both kinds of identity.</summary>
    public Task<TestIdentityPool> PoolAsync(TestPool? users = null, JsonObject? members = null, string? authenticated = Member, string? unauthenticated = Guest) =>
        TestIdentityPool.CreateAsync(World, users, members, authenticated, unauthenticated);

    private static string Iam(string host)
    {
        const string named = $"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{NamedPool}";
        return $$"""
            {
              "Roles": {
                "{{Member}}": { "Policy": { "Version": "2012-10-17", "Statement": [
                  { "Effect": "Allow", "Action": ["cognito-idp:ListUsers", "cognito-idp:AdminGet*"], "Resource": "{{named}}" },
                  { "Effect": "Allow", "Action": "cognito-identity:DescribeIdentityPool", "Resource": "arn:aws:cognito-identity:*:*:identitypool/*" }] } },
                "{{Chief}}": { "Policy": { "Statement": [
                  { "Effect": "Deny", "Action": "cognito-idp:AdminDisableUser", "Resource": "*" },
                  { "Effect": "Allow", "Action": "*", "Resource": "*" }] } },
                "{{Guest}}": { "Policy": { "Statement": { "Effect": "Allow", "Action": "cognito-idp:DescribeUserPool", "Resource": "{{named}}" } } },
                "{{Trusting}}": { "Policy": { "Statement": [] }, "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [
                  { "Effect": "Allow", "Principal": { "Federated": "cognito-identity.amazonaws.com" }, "Action": "sts:AssumeRoleWithWebIdentity",
                    "Condition": { "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" } } }] } },
                "{{Exchanged}}": { "Sts": "http://{{host}}/sts" },
                "{{Exchanged}}Denied": { "Sts": "http://{{host}}/sts" },
                "{{Exchanged}}Down": { "Sts": "http://{{host}}/sts" }
              },
              "OpenIdConnectProviders": {
                "arn:aws:iam::000000000000:oidc-provider/{{host}}/issuer": { "ClientIds": ["app", "other-app"] },
                "arn:aws:iam::000000000000:oidc-provider/{{host}}/large": { "ClientIds": "app" },
                "arn:aws:iam::000000000000:oidc-provider/{{host}}/liar": { "ClientIds": "app" },
                "arn:aws:iam::000000000000:oidc-provider/{{host}}/gone": { "ClientIds": "app" }
              }
            }
            """;
    }
}
