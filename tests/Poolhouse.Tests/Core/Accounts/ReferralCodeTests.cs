using Poolhouse.Core.Accounts.Referrals;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Tests.Core.Accounts;

public sealed class ReferralCodeTests
{
    [Fact]
    public void Fresh_codes_differ_and_have_no_character_that_is_read_as_another()
    {
        var random = new SystemRandom();
        var codes = Enumerable.Range(0, 1000).Select(_ => ReferralCode.New(random).Value).ToList();

        codes.Distinct().Count().ShouldBe(1000);
        codes.ShouldAllBe(code => code.Length == ReferralCode.Length && !code.Any(c => "01ILOU".Contains(c) || !char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c)));
    }

    [Theory]
    [InlineData("abcd-efgh", "ABCDEFGH")]
    [InlineData(" AB CD EF GH ", "ABCDEFGH")]
    [InlineData("ABCDEFG", null)]
    [InlineData("ABCDEFGHJ", null)]
    [InlineData("ABCDEFG0", null)]
    [InlineData("ABCDEFG\u0130", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("A                               BCDEFGH", null)]
    public void A_code_is_read_however_it_is_written(string? text, string? expected) =>
        (ReferralCode.TryRead(text) is { } code ? code.Value : null).ShouldBe(expected);
}
