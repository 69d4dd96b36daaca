using Poolhouse.Core.Sessions;

namespace Poolhouse.Tests.Core.Sessions;

public sealed class UserAgentsTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Chrome 126, Windows 10")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge 126, Windows 10")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Safari 17, iOS")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128, Linux")]
    [InlineData("aws-cli/2.15.0 Python/3.11.8 Linux/6.1.0", "AWS CLI 2, Linux")]
    [InlineData("Firefox/99999999999999999999999999", "Firefox 9999, Other")]
    [InlineData("Firefox/<b>", "Firefox, Other")]
    [InlineData("", "Other, Other")]
    [InlineData(null, "Other, Other")]
    [InlineData("something else", "Other, Other")]
    public void Browser_and_system_are_told(string? agent, string device) => UserAgents.Describe(agent).ShouldBe(device);
}
