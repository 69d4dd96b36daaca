using FsCheck;
using FsCheck.Fluent;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Tests.Core.Users;

public sealed class UserFilterParserTests
{
    [Theory]
    [InlineData("email = \"a@b.c\"", "email", "a@b.c", false)]
    [InlineData("email=\"a@b.c\"", "email", "a@b.c", false)]
    [InlineData("  family_name  ^=\t\"Re\"  ", "family_name", "Re", true)]
    [InlineData("name = \"\"", "name", "", false)]
    [InlineData("name = \"two words = ^= here\"", "name", "two words = ^= here", false)]
    [InlineData("name = \"O\\\"Neil\"", "name", "O\"Neil", false)]
    [InlineData("name = \"back\\\\slash\"", "name", "back\\slash", false)]
    [InlineData("name = \"C:\\temp\"", "name", "C:\\temp", false)]
    [InlineData("status = \"enabled\"", "status", "Enabled", false)]
    [InlineData("status ^= \"DIS\"", "status", "Dis", true)]
    [InlineData("cognito:user_status = \"confirmed\"", "cognito:user_status", "CONFIRMED", false)]
    [InlineData("username = \"Bob\"", "username", "Bob", false)]
    public void A_filter_is_read(string text, string attribute, string value, bool isPrefix) =>
        UserFilterParser.Parse(text).ShouldBe(new UserFilterOutcome.Some(new UserFilter(attribute, value, isPrefix)));

    [Theory]
    [InlineData("")]
    [InlineData("  \t ")]
    public void An_empty_filter_is_everybody(string text) => UserFilterParser.Parse(text).ShouldBeOfType<UserFilterOutcome.Everybody>();

    [Theory]
    [InlineData("custom:foo = \"x\"", "custom:foo")]
    [InlineData("address ^= \"x\"", "address")]
    [InlineData("Email = \"x\"", "Email")]
    public void Other_attributes_are_named(string text, string attribute) =>
        UserFilterParser.Parse(text).ShouldBe(new UserFilterOutcome.NotSearchable(attribute));

    [Theory]
    [InlineData("email")]
    [InlineData("email =")]
    [InlineData("email = a@b.c")]
    [InlineData("email = 'a@b.c'")]
    [InlineData("email = \"a")]
    [InlineData("email = \"a\\\"")]
    [InlineData("email = \"")]
    [InlineData("email = \"a\" b")]
    [InlineData("email = \"a\" and name = \"b\"")]
    [InlineData("email == \"a\"")]
    [InlineData("email ^ = \"a\"")]
    [InlineData("email != \"a\"")]
    [InlineData("= \"a\"")]
    [InlineData("\"email\" = \"a\"")]
    [InlineData("email = \"a\0b\"")]
    [InlineData("email\0 = \"a\"")]
    [InlineData("email\u00a0\u200b= \"a\"")]
    public void Anything_else_is_malformed(string text) => UserFilterParser.Parse(text).ShouldBeOfType<UserFilterOutcome.Malformed>();

    [Fact]
    public void Any_text_has_an_outcome() => Prop
        .ForAll<string?>(text => UserFilterParser.Parse(text ?? "") is not null && UserFilterParser.Parse($"email = \"{text}") is not null)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_escaped_comes_back() => Prop
        .ForAll<string?>(text =>
        {
            var value = (text ?? "").Replace("\0", "");
            var escaped = value.Replace("\\", "\\\\").Replace("\"", "\\\"");
            return UserFilterParser.Parse($"name = \"{escaped}\"") is UserFilterOutcome.Some some && some.Filter.Value == value;
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_attribute_that_the_store_searches_can_be_named() =>
        UserFilter.Searchable.ShouldAllBe(name => UserFilterParser.Parse($"{name} = \"x\"") is UserFilterOutcome.Some);
}
