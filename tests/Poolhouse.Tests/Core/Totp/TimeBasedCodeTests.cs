using System.Text;
using Poolhouse.Core.Totp;

namespace Poolhouse.Tests.Core.Totp;

public sealed class TimeBasedCodeTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 4226, appendix D.
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(2, "359152")]
    [InlineData(3, "969429")]
    [InlineData(4, "338314")]
    [InlineData(5, "254676")]
    [InlineData(6, "287922")]
    [InlineData(7, "162583")]
    [InlineData(8, "399871")]
    [InlineData(9, "520489")]
    public void A_counter_has_the_code_of_RFC_4226(long counter, string code) => TimeBasedCode.Of(Secret, counter).ShouldBe(code);

    // RFC 6238, appendix B, the rows of SHA-1.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void A_time_has_the_code_of_RFC_6238(long seconds, string code) =>
        TimeBasedCode.Of(Secret, TimeBasedCode.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8).ShouldBe(code);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_known_one_step_early_and_late(int steps, bool isKnown)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var step = TimeBasedCode.StepOf(now) + steps;

        TimeBasedCode.FindStep(Secret, TimeBasedCode.Of(Secret, step), now).ShouldBe(isKnown ? step : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000")]
    [InlineData("0000000")]
    [InlineData("٠٠٠٠٠٠")]
    [InlineData("abcdef")]
    public void What_is_no_code_is_wrong(string code) => TimeBasedCode.FindStep(Secret, code, DateTimeOffset.UnixEpoch).ShouldBeNull();
}
