using Poolhouse.Core.Identities.Access;

namespace Poolhouse.Tests.Core.Identities;

public sealed class PolicyTests
{
    private const string Pool = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a";

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("*a", "aab", false)]
    [InlineData("a**", "a", true)]
    [InlineData("A", "a", false)]
    public void A_pattern_covers_the_whole_text(string pattern, string text, bool matches) => Wildcards.Match(pattern, text, ignoresCase: false).ShouldBe(matches);

    [Fact]
    public void A_hostile_pattern_costs_little() =>
        Wildcards.Match(string.Concat(Enumerable.Repeat("*a", 500)) + "b", new string('a', 2000), ignoresCase: false).ShouldBeFalse();

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"cognito-idp:ListUsers","Resource":"*"}""", "cognito-idp:ListUsers", Pool, PolicyDecision.Allowed)]
    [InlineData("""{"Effect":"Allow","Action":"COGNITO-IDP:listusers","Resource":"*"}""", "cognito-idp:ListUsers", Pool, PolicyDecision.Allowed)]
    [InlineData("""{"Effect":"Allow","Action":"cognito-idp:List*","Resource":"*"}""", "cognito-idp:AdminGetUser", Pool, PolicyDecision.NotAllowed)]
    [InlineData("""{"Effect":"Allow","Action":["x","cognito-idp:*"],"Resource":["y","arn:aws:cognito-idp:*:*:userpool/us-east-1_?"]}""", "cognito-idp:AdminGetUser", Pool, PolicyDecision.Allowed)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:cognito-idp:*:*:userpool/*"}""", "cognito-idp:ListUserPools", "*", PolicyDecision.NotAllowed)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:cognito-idp:us-east-1:000000000000:userpool/US-EAST-1_A"}""", "cognito-idp:ListUsers", Pool, PolicyDecision.NotAllowed)]
    [InlineData("""{"Effect":"Allow","Action":"cognito-idp:*","Resource":"*"}""", "cognito-identity:GetId", "*", PolicyDecision.NotAllowed)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"cognito-idp:Admin*","Resource":"*"}""", "cognito-idp:AdminGetUser", Pool, PolicyDecision.Denied)]
    [InlineData("""{"Effect":"Deny","Action":"cognito-idp:Admin*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}""", "cognito-idp:AdminGetUser", Pool, PolicyDecision.Denied)]
    [InlineData("""{"Effect":"Deny","Action":"*","Resource":"other"},{"Effect":"Allow","Action":"*","Resource":"*"}""", "cognito-idp:AdminGetUser", Pool, PolicyDecision.Allowed)]
    [InlineData("", "cognito-idp:ListUsers", Pool, PolicyDecision.NotAllowed)]
    public void Statements_decide_together(string statements, string action, string resource, PolicyDecision decision)
    {
        const string arn = "arn:aws:iam::000000000000:role/r";
        var iam = IamReader.Read("{\"Roles\":{\"" + arn + "\":{\"Policy\":{\"Statement\":[" + statements + "]}}}}", "h", allowsPlainLoopback: false);

        iam.FindRole(arn)!.Policy.Decide(action, resource).ShouldBe(decision);
    }

    [Theory]
    [InlineData("StringEquals", "aud", "\"p\"", true)]
    [InlineData("StringEquals", "aud", "\"*\"", false)]
    [InlineData("StringLike", "sub", "\"us-*\"", true)]
    [InlineData("StringEquals", "sub", "[\"x\",\"us-1\"]", true)]
    [InlineData("StringNotEquals", "aud", "\"p\"", false)]
    [InlineData("StringNotLike", "sub", "\"eu-*\"", true)]
    [InlineData("ForAnyValue:StringLike", "amr", "\"authenticated\"", true)]
    [InlineData("ForAnyValue:StringLike", "amr", "\"unauthenticated\"", false)]
    [InlineData("ForAnyValue:StringEquals", "amr", "\"accounts.google.com\"", true)]
    public void A_role_trusts_whom_its_conditions_describe(string op, string key, string values, bool isTrusted)
    {
        const string arn = "arn:aws:iam::000000000000:role/r";
        foreach (var host in new[] { "cognito-identity.amazonaws.com", "shop.example.com/cognito-identity" })
        {
            var iam = IamReader.Read(
                $$$$$$"""
                {"Roles":{"{{{{{{arn}}}}}}":{"Policy":{"Statement":[]},"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":{
                  "Effect":"Allow","Principal":{"Federated":"{{{{{{host}}}}}}"},"Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession"],
                  "Condition":{"{{{{{{op}}}}}}":{"{{{{{{host}}}}}}:{{{{{{key}}}}}}":{{{{{{values}}}}}} } }
                }}}}}
                """,
                "shop.example.com/cognito-identity",
                allowsPlainLoopback: false);

            iam.FindRole(arn)!.Trusts(new TrustFacts("p", ["authenticated", "accounts.google.com"], "us-1")).ShouldBe(isTrusted);
        }
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}""")]
    [InlineData("""{"Effect":"Allow","Principal":{"Federated":"accounts.google.com"},"Action":"sts:AssumeRoleWithWebIdentity"}""")]
    [InlineData("""{"Effect":"Allow","Principal":{"Federated":"cognito-identity.amazonaws.com"},"Action":"*"},{"Effect":"Deny","Principal":{"Federated":"cognito-identity.amazonaws.com"},"Action":"*"}""")]
    public void A_role_for_others_trusts_no_identity(string statements)
    {
        const string arn = "arn:aws:iam::000000000000:role/r";
        var iam = IamReader.Read("{\"Roles\":{\"" + arn + "\":{\"Policy\":{\"Statement\":[]},\"AssumeRolePolicyDocument\":{\"Statement\":[" + statements + "]}}}}", "h", allowsPlainLoopback: false);

        iam.FindRole(arn)!.Trusts(new TrustFacts("p", ["authenticated"], "i")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("nonsense", "not JSON")]
    [InlineData("[]", "Iam must be an object")]
    [InlineData("""{"Users":{}}""", "Users")]
    [InlineData("""{"Roles":{"x":{}}}""", "ARN of a role")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{}}}""", "lacks 'Policy'")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{"Policy":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}]}}}}""", "Condition")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{"Policy":{"Statement":[{"Effect":"Allow","NotAction":"*","Resource":"*"}]}}}}""", "NotAction")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{"Policy":{"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}}}}""", "Allow or Deny")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{"Policy":{"Statement":[{"Effect":"Allow","Action":1,"Resource":"*"}]}}}}""", "text")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{"Policy":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"${x}"}]}}}}""", "policy variable")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{"Policy":{"Version":"1999","Statement":[]}}}}""", "2012-10-17")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{"Sts":"http://sts.example.com"}}}""", "https")]
    [InlineData("""{"Roles":{"arn:aws:iam::1:role/r":{"Sts":"https://sts.amazonaws.com","Policy":{"Statement":[]}}}}""", "both")]
    [InlineData("""{"OpenIdConnectProviders":{"arn:aws:iam::1:oidc-provider/a.example.com":{}}}""", "ClientIds")]
    [InlineData("""{"OpenIdConnectProviders":{"arn:aws:iam::1:oidc-provider/a.example.com":{"ClientIds":[]}}}""", "at least one")]
    public void What_is_not_understood_is_refused_and_named(string text, string named) =>
        Should.Throw<FormatException>(() => IamReader.Read(text, "h", allowsPlainLoopback: false)).Message.ShouldContain(named);

    [Fact]
    public void A_provider_on_this_machine_is_asked_plainly_only_where_that_is_allowed()
    {
        const string arn = "arn:aws:iam::1:oidc-provider/localhost:9/x";
        const string text = "{\"OpenIdConnectProviders\":{\"" + arn + "\":{\"ClientIds\":\"a\"}}}";

        IamReader.Read(text, "h", allowsPlainLoopback: true).FindProvider(arn)!.Issuer.ShouldBe("http://localhost:9/x");
        IamReader.Read(text, "h", allowsPlainLoopback: false).FindProvider(arn)!.Issuer.ShouldBe("https://localhost:9/x");
    }
}
