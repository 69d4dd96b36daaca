using System.Text.Json;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Tests.Core.Identities;

public sealed class RoleChoiceTests
{
    private const string Provider = "cognito-idp.us-east-1.amazonaws.com/us-east-1_a";

    private static readonly RoleChoice Choice = new(new ProviderNames(new Issuer(new Uri("https://shop.example.com"))));

    // Claims, resolution, the role asked for; the role, or what is refused.
    [Theory]
    [InlineData("{}", "AuthenticatedRole", null, "authenticated")]
    [InlineData("{}", "Deny", null, "RoleDenied")]
    [InlineData("""{"cognito:preferred_role":"p","cognito:roles":["r","p"]}""", "Deny", null, "p")]
    [InlineData("""{"cognito:roles":["r","s"]}""", "Deny", null, "RoleDenied")]
    [InlineData("""{"cognito:roles":["r","s"]}""", "AuthenticatedRole", null, "authenticated")]
    [InlineData("""{"cognito:roles":["r"]}""", "Deny", null, "r")]
    [InlineData("""{"cognito:preferred_role":"p","cognito:roles":["r","p"]}""", "Deny", "r", "r")]
    [InlineData("""{"cognito:preferred_role":"p","cognito:roles":["r"]}""", "AuthenticatedRole", "p", "RoleDenied")]
    [InlineData("{}", "AuthenticatedRole", "authenticated", "RoleDenied")]
    public void By_token(string claims, string resolution, string? custom, string expected) =>
        Named(new RoleMapping("Token", resolution, null), claims, custom).ShouldBe(expected);

    [Theory]
    [InlineData("Equals", "blue", """{"c":"blue"}""", true)]
    [InlineData("Equals", "blue", """{"c":"Blue"}""", false)]
    [InlineData("Equals", "true", """{"c":true}""", true)]
    [InlineData("Equals", "7", """{"c":7}""", true)]
    [InlineData("Equals", "blue", """{"c":["blue"]}""", false)]
    [InlineData("Equals", "blue", "{}", false)]
    [InlineData("NotEqual", "blue", """{"c":"red"}""", true)]
    [InlineData("NotEqual", "blue", """{"c":"blue"}""", false)]
    [InlineData("NotEqual", "blue", "{}", false)]
    [InlineData("StartsWith", "bl", """{"c":"blue"}""", true)]
    [InlineData("StartsWith", "lu", """{"c":"blue"}""", false)]
    [InlineData("Contains", "lu", """{"c":"blue"}""", true)]
    [InlineData("Contains", "blue", """{"c":["red","blue"]}""", true)]
    [InlineData("Contains", "lu", """{"c":["red","blue"]}""", false)]
    [InlineData("Contains", "x", """{"c":{"x":"x"}}""", false)]
    public void By_rules(string type, string value, string claims, bool matches) =>
        Named(new RoleMapping("Rules", "Deny", [new RoleRule("c", type, value, "r")]), claims, null).ShouldBe(matches ? "r" : "RoleDenied");

    [Fact]
    public void The_first_rule_that_matches_wins() =>
        Named(new RoleMapping("Rules", "Deny", [new("c", "Equals", "x", "1"), new("c", "StartsWith", "b", "2"), new("c", "Equals", "blue", "3")]), """{"c":"blue"}""", null)
            .ShouldBe("2");

    [Fact]
    public void A_mapping_under_this_servers_host_is_the_same_mapping()
    {
        var pool = Pool("shop.example.com/us-east-1_a:app", new RoleMapping("Token", "Deny", null));

        Choice.Choose(pool, isGuest: false, [Login("""{"cognito:roles":["r"]}""")], null).Value.ShouldBe("r");
    }

    [Fact]
    public void A_login_of_another_client_has_the_pools_role()
    {
        var pool = Pool(Provider + ":other", new RoleMapping("Token", "Deny", null));

        Choice.Choose(pool, isGuest: false, [Login("""{"cognito:roles":["r"]}""")], null).Value.ShouldBe("authenticated");
    }

    private static string Named(RoleMapping mapping, string claims, string? custom)
    {
        var outcome = Choice.Choose(Pool(Provider + ":app", mapping), isGuest: false, [Login(claims)], custom);
        return outcome.Refusal?.GetType().Name ?? outcome.Value;
    }

    private static ProvenLogin.Person Login(string claims) =>
        new(Provider, "s", [Provider + ":app"], JsonDocument.Parse(claims).RootElement) { Methods = [] };

    private static IdentityPool Pool(string key, RoleMapping mapping) => new()
    {
        Id = new IdentityPoolId("us-east-1:0"),
        Name = "p",
        CreatedAt = default,
        ModifiedAt = default,
        Settings = new IdentityPoolSettings
        {
            Roles = new Dictionary<string, string> { ["authenticated"] = "authenticated" },
            RoleMappings = new Dictionary<string, RoleMapping> { [key] = mapping },
        },
    };
}
