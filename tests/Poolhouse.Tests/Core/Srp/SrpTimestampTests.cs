using System.Globalization;
using Poolhouse.Core.Srp;

namespace Poolhouse.Tests.Core.Srp;

public sealed class SrpTimestampTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 5, 13, 50, 15, TimeSpan.Zero);

    [Theory]
    [InlineData("Sat Sep 5 13:50:15 UTC 2026")]
    [InlineData("Sat Sep 5 00:00:00 UTC 2026")]
    [InlineData("Sun Sep 6 13:50:15 UTC 2026")]
    [InlineData("Fri Sep 4 13:50:15 UTC 2026")]
    public void What_clients_send_is_accepted_within_a_day(string timestamp) =>
        SrpTimestamp.IsWellFormed(timestamp, Now, out _).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Sat Sep 05 13:50:15 UTC 2026")]
    [InlineData("Sat Sep  5 13:50:15 UTC 2026")]
    [InlineData("Sun Sep 5 13:50:15 UTC 2026")]
    [InlineData("sat sep 5 13:50:15 UTC 2026")]
    [InlineData("Sat Sep 5 13:50:15 GMT 2026")]
    [InlineData("Sat Sep 5 1:50:15 UTC 2026")]
    [InlineData("Sa Sep 5 13:50:15 UTC 2026")]
    [InlineData(" Sat Sep 5 13:50:15 UTC 2026")]
    [InlineData("Sat Sep 5 24:00:00 UTC 2026")]
    [InlineData("Sun Sep 6 13:50:16 UTC 2026")]
    [InlineData("Sat Sep 5 13:50:15 UTC 2020")]
    [InlineData("2026-09-05T13:50:15Z")]
    public void Anything_else_is_refused(string? timestamp) =>
        SrpTimestamp.IsWellFormed(timestamp, Now, out _).ShouldBeFalse();

    [Fact]
    public void The_language_of_the_server_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr-FR");
            SrpTimestamp.IsWellFormed("Sat Sep 5 13:50:15 UTC 2026", Now, out var at).ShouldBeTrue();

            at.ShouldBe(Now);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
