using Poolhouse.Amazon.Ses;

namespace Poolhouse.Tests.Amazon.Ses;

public sealed class SesOptionsTests
{
    [Fact]
    public void A_whole_connection_string_is_understood()
    {
        SesOptions.TryParse("ses://eu-west-1?from=Pool%20%3Cno-reply%40example.com%3E&configurationSet=mail&timeout=7", out var options, out _).ShouldBeTrue();

        (options!.Region, options.From.Address, options.From.DisplayName, options.ConfigurationSet).ShouldBe(("eu-west-1", "no-reply@example.com", "Pool", "mail"));
        options.Timeout.ShouldBe(TimeSpan.FromSeconds(7));
        options.Endpoint.ShouldBe(new Uri("https://email.eu-west-1.amazonaws.com"));
        options.ToString().ShouldBe("ses://eu-west-1");
    }

    [Theory]
    [InlineData("ses://us-gov-west-1?from=a@b.example", "https://email.us-gov-west-1.amazonaws.com/")]
    [InlineData("ses://cn-north-1?from=a@b.example", "https://email.cn-north-1.amazonaws.com.cn/")]
    [InlineData("ses://us-east-1?from=a@b.example&endpoint=https://vpce-1.email.us-east-1.vpce.amazonaws.com", "https://vpce-1.email.us-east-1.vpce.amazonaws.com/")]
    public void The_endpoint_is_the_regions_or_ones_own(string text, string endpoint)
    {
        SesOptions.TryParse(text, out var options, out var error).ShouldBeTrue(error);

        options!.Endpoint.AbsoluteUri.ShouldBe(endpoint);
    }

    [Theory]
    [InlineData(""), InlineData("ses://"), InlineData("ses://here?from=a@b.example"), InlineData("smtp://eu-west-1?from=a@b.example"), InlineData("ses://eu-west-1")]
    [InlineData("ses://key:secret@eu-west-1?from=a@b.example"), InlineData("ses://eu-west-1:25?from=a@b.example"), InlineData("ses://eu-west-1/x?from=a@b.example")]
    [InlineData("ses://eu-west-1?from=nobody"), InlineData("ses://eu-west-1?from=a@b.example%0d%0aBcc:c@d.example"), InlineData("ses://eu-west-1?from=a@b.example&timeout=21")]
    [InlineData("ses://eu-west-1?from=a@b.example&configurationSet=a%20b"), InlineData("ses://eu-west-1?from=a@b.example&endpoint=ftp://x"), InlineData("ses://eu-west-1?from=a@b.example&form=x")]
    public void Anything_else_is_refused_in_a_sentence(string text)
    {
        SesOptions.TryParse(text, out var options, out var error).ShouldBeFalse();

        options.ShouldBeNull();
        error!.ShouldStartWith("Ses");
        error.ShouldNotContain("secret");
    }
}
