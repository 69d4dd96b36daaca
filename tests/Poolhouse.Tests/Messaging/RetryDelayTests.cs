using Poolhouse.Core.Primitives;
using Poolhouse.Messaging.Outbox;

namespace Poolhouse.Tests.Messaging;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData(0, 5), InlineData(1, 10), InlineData(2, 20), InlineData(9, 2_560), InlineData(10, 3_600), InlineData(11, 3_600), InlineData(int.MaxValue, 3_600)]
    public void The_delay_doubles_up_to_an_hour_less_a_quarter_at_most(int earlierAttempts, int seconds)
    {
        var random = new SystemRandom();

        for (var i = 0; i < 200; i++)
            RetryDelay.After(earlierAttempts, random).TotalSeconds.ShouldBeInRange(seconds * 0.75 - 0.001, seconds);
    }

    [Theory]
    [InlineData(1, 250), InlineData(2, 500), InlineData(6, 8_000), InlineData(7, 10_000), InlineData(int.MaxValue, 10_000)]
    public void A_queue_that_is_away_is_tried_again_after_ten_seconds_at_most(int failures, int milliseconds)
    {
        var random = new SystemRandom();

        for (var i = 0; i < 200; i++)
            RetryDelay.Reconnect(failures, random).TotalMilliseconds.ShouldBeInRange(milliseconds * 0.75 - 0.001, milliseconds);
    }
}
