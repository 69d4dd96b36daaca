using Poolhouse.Core.Clients;

namespace Poolhouse.Tests.Core.Clients;

public sealed class ValidityTests
{
    [Theory]
    [InlineData(5, "minutes", true)]
    [InlineData(299, "seconds", false)]
    [InlineData(1, "days", true)]
    [InlineData(86_401, "seconds", false)]
    [InlineData(int.MaxValue, "days", false)]
    public void Access_and_id_tokens_live_five_minutes_to_a_day(int value, string unit, bool isInRange)
    {
        var access = new ClientSettings { AccessTokenValidity = value, Units = new ValidityUnits { AccessToken = unit } };
        var id = new ClientSettings { IdTokenValidity = value, Units = new ValidityUnits { IdToken = unit } };

        Validity.IsInRange(access).ShouldBe(isInRange);
        Validity.IsInRange(id).ShouldBe(isInRange);
    }

    [Theory]
    [InlineData(60, "minutes", true)]
    [InlineData(59, "minutes", false)]
    [InlineData(3_650, "days", true)]
    [InlineData(315_360_001, "seconds", false)]
    [InlineData(int.MaxValue, "days", false)]
    public void Refresh_tokens_live_an_hour_to_ten_years(int value, string unit, bool isInRange)
    {
        var settings = new ClientSettings { RefreshTokenValidity = value, Units = new ValidityUnits { RefreshToken = unit } };

        Validity.IsInRange(settings).ShouldBe(isInRange);
    }

    [Fact]
    public void Unset_validities_are_in_range() => Validity.IsInRange(new ClientSettings()).ShouldBeTrue();
}
