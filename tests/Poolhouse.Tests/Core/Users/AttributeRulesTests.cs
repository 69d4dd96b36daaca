using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Tests.Core.Users;

public sealed class AttributeRulesTests
{
    private static readonly UserPool Pool = new()
    {
        Id = new PoolId("us-east-1_Test"),
        Name = "Test",
        CreatedAt = default,
        ModifiedAt = default,
        Settings = new PoolSettings(),
        Schema = [new AttributeDefinition { Name = "family_name", IsRequired = true }, new AttributeDefinition { Name = "custom:tenant", IsMutable = false }],
    };

    [Fact]
    public void An_invited_user_may_lack_required_attributes()
    {
        AttributeRules.CheckInvited(Pool, Written(("email", "a@b.example"), ("email_verified", "True"), ("custom:tenant", "t"))).ShouldBeNull();

        AttributeRules.Check(Pool, client: null, current: null, Written(("email", "a@b.example"))).ShouldBeOfType<AttributeProblem.Required>();
    }

    [Fact]
    public void An_invited_user_may_not_have_unknown_ones() =>
        AttributeRules.CheckInvited(Pool, Written(("custom:foo", "x"))).ShouldBeOfType<AttributeProblem.Unknown>();

    [Fact]
    public void What_is_given_is_all_there_is() =>
        AttributeRules.Given(Written(("email", "a@b.example"), ("name", ""))).ShouldBe(Written(("email", "a@b.example")));

    [Theory]
    [InlineData("True", "true")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    public void A_flag_has_one_form(string given, string kept)
    {
        AttributeRules.Given(Written(("email_verified", given)))["email_verified"].ShouldBe(kept);
        AttributeRules.Apply(Written(("email", "a@b.example")), Written(("email_verified", given)))["email_verified"].ShouldBe(kept);
    }

    [Fact]
    public void A_changed_address_is_no_longer_verified() =>
        AttributeRules.Apply(Written(("email", "a@b.example"), ("email_verified", "true")), Written(("email", "c@d.example")))
            .ShouldBe(Written(("email", "c@d.example"), ("email_verified", "false")), ignoreOrder: true);

    [Fact]
    public void The_same_address_stays_verified() =>
        AttributeRules.Apply(Written(("email", "a@b.example"), ("email_verified", "true")), Written(("email", "a@b.example")))["email_verified"].ShouldBe("true");

    [Fact]
    public void A_deleted_address_loses_its_flag() =>
        AttributeRules.Apply(Written(("email", "a@b.example"), ("email_verified", "true")), Written(("email", ""))).ShouldBeEmpty();

    private static Dictionary<string, string> Written(params (string Name, string Value)[] pairs) => pairs.ToDictionary(p => p.Name, p => p.Value);
}
