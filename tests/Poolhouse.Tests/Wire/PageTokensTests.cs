using Poolhouse.Server.Wire;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Wire;

public sealed class PageTokensTests
{
    private readonly PageTokens tokens = new(TestSealer.Instance);

    [Fact]
    public void A_cursor_comes_back_to_the_same_list()
    {
        var token = tokens.Seal("cursör", "ListUsers", "pool", null);

        tokens.Open(token, "ListUsers", "pool", null).ShouldBe("cursör");
        token!.ShouldNotContain("curs");
    }

    [Fact]
    public void The_last_page_has_no_token_and_the_first_needs_none()
    {
        tokens.Seal(null, "ListUsers").ShouldBeNull();
        tokens.Open(null, "ListUsers").ShouldBeNull();
    }

    [Theory]
    [InlineData("ListUsers", "pool", "other")]
    [InlineData("ListUsers", "other", "filter")]
    [InlineData("ListUsers", "pool", null)]
    [InlineData("ListUsers", "poolfilter", "")]
    [InlineData("ListGroups", "pool", "filter")]
    public void A_token_opens_for_no_other_list(string operation, string? pool, string? filter)
    {
        var token = tokens.Seal("cursor", "ListUsers", "pool", "filter")!;

        tokens.Find(token, operation, pool, filter).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("not base64!")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKA")]
    public void What_nobody_sealed_is_refused(string token)
    {
        var refused = Should.Throw<CognitoException>(() => tokens.Open(token, "ListUsers"));

        (refused.Type, refused.PublicMessage).ShouldBe(("InvalidParameterException", "Invalid pagination token given."));
    }
}
