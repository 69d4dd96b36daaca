using System.Text;
using Poolhouse.Storage.Users;

namespace Poolhouse.Tests.Storage;

public sealed class PrefixTests
{
    [Theory]
    [InlineData("a", "b")]
    [InlineData("az", "a{")]
    [InlineData("\u007F", "\u0080")]
    [InlineData("\uD7FF", "\uE000")]
    [InlineData("\uFFFF", "\U00010000")]
    [InlineData("a\U0010FFFF", "b")]
    [InlineData("a\U0010FFFF\U0010FFFF", "b")]
    [InlineData("", null)]
    [InlineData("\U0010FFFF", null)]
    public void The_end_of_a_prefix_is_the_first_text_beyond_it(string prefix, string? end)
    {
        IndexedText.EndOfPrefix(prefix).ShouldBe(end);
    }

    [Fact]
    public void A_beginning_never_ends_in_half_a_character()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("\U0001F600", 200));

        var beginning = IndexedText.Beginning(text);

        beginning.Length.ShouldBe(IndexedText.MaxLength - 1);
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(beginning)).ShouldBe(beginning);
    }
}
