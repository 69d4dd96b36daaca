using Poolhouse.Core.Groups;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Tests.Core.Groups;

public sealed class GroupClaimsTests
{
    [Fact]
    public void Nobody_in_no_group_has_a_claim()
    {
        GroupClaims.Of([]).ShouldBe(GroupClaims.None);
    }

    [Fact]
    public void Groups_are_ordered_by_precedence_and_then_by_name()
    {
        var claims = GroupClaims.Of([Group("b", null, "r1"), Group("c", 2, null), Group("a", null, null), Group("d", 0, "r2")]);

        claims.Names.ShouldBe(["d", "c", "a", "b"]);
        claims.Roles.ShouldBe(["r2", "r1"]);
    }

    [Fact]
    public void A_role_of_two_groups_stands_once()
    {
        GroupClaims.Of([Group("a", 1, "r"), Group("b", 2, "r")]).Roles.ShouldBe(["r"]);
    }

    [Theory]
    [InlineData("1 r1, 2 r2", "r1")]
    [InlineData("0 -, 2 r2", "r2")]
    [InlineData("1 r1, 1 r2", null)]
    [InlineData("1 r1, 1 r2, 0 -", null)]
    [InlineData("1 r1, 1 r1, 2 r2", "r1")]
    [InlineData("- r1", null)]
    [InlineData("- r1, 5 r2", "r2")]
    [InlineData("5 -", null)]
    public void The_lowest_precedence_with_a_role_prefers_it_unless_roles_tie(string groups, string? preferred)
    {
        var list = groups.Split(", ").Select((text, i) => (Parts: text.Split(' '), Name: $"g{i}"))
            .Select(g => Group(g.Name, g.Parts[0] == "-" ? null : int.Parse(g.Parts[0]), g.Parts[1] == "-" ? null : g.Parts[1]))
            .ToList();

        GroupClaims.Of(list).PreferredRole.ShouldBe(preferred);
    }

    private static Group Group(string name, int? precedence, string? role) => new()
    {
        PoolId = new PoolId("us-east-1_a"),
        Name = name,
        RoleArn = role,
        Precedence = precedence,
        CreatedAt = DateTimeOffset.UnixEpoch,
        ModifiedAt = DateTimeOffset.UnixEpoch,
    };
}
