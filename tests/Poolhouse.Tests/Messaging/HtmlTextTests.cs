using Poolhouse.Messaging.Templates;

namespace Poolhouse.Tests.Messaging;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("One<br>Two<br/>Three", "One\nTwo\nThree")]
    [InlineData("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two")]
    [InlineData("a &lt; b &amp; c&nbsp;d", "a < b & c d")]
    [InlineData("<style>p{}</style><script>x<y</script><p>Text</p>", "Text")]
    [InlineData("<!-- <p>no</p> -->Text", "Text")]
    [InlineData("<a href=\"https://example.com/?a=1&amp;b=2\">Open</a>", "Open (https://example.com/?a=1&b=2)")]
    [InlineData("<a href=\"javascript:alert(1)\">Open</a>", "Open")]
    [InlineData("Your code is 004718", "Your code is 004718")]
    [InlineData("  lots \n of\t space ", "lots of space")]
    [InlineData("1 < 2", "1 < 2")]
    public void HTML_becomes_readable_text(string html, string text) => HtmlText.From(html).ShouldBe(text);

    [Theory]
    [InlineData("<"), InlineData("<p"), InlineData("<!--"), InlineData("<script>"), InlineData("<a href="), InlineData("<a href='"), InlineData("&#x110000;"), InlineData("</"), InlineData("")]
    public void Broken_HTML_does_no_harm(string html) => Should.NotThrow(() => HtmlText.From(html));

    [Fact]
    public void Hostile_HTML_takes_linear_time()
    {
        var html = string.Concat(Enumerable.Repeat("<a href='http://x'><br>< ", 20_000));

        HtmlText.From(html).Length.ShouldBeGreaterThan(0);
    }
}
