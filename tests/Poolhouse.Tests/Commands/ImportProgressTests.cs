using Poolhouse.Server.Commands;
using Poolhouse.Server.Commands.Import;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Commands;

public sealed class ImportProgressTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Where_nobody_watches_a_line_comes_every_five_seconds_with_rate_and_remaining_time()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var clock = new ManualTime(Start);
        var progress = new ImportProgress(new CommandConsole(TextWriter.Null, error, IsTerminal: false), clock, length: 1_000, begin: 200);

        await progress.RunAsync(() =>
        {
            foreach (var (position, rows) in ((long, long)[])[(300, 5_000), (400, 10_000), (600, 20_000)])
            {
                clock.Advance(TimeSpan.FromSeconds(4));
                progress.Tell(position, rows, failed: 3);
            }

            return Task.CompletedTask;
        });

        // 200 bytes in eight seconds, 600 are left.
        error.ToString().ShouldBe("40 %  10,000 rows, 1,250/s, 3 failed, 00:00:24 left\n");
    }

    [Fact]
    public async Task On_a_terminal_there_is_a_bar()
    {
        using var error = new StringWriter();
        var progress = new ImportProgress(new CommandConsole(TextWriter.Null, error, IsTerminal: true), new ManualTime(Start), length: 1_000, begin: 0);

        await progress.RunAsync(() =>
        {
            progress.Tell(1_000, 12, 0);
            return Task.CompletedTask;
        });

        error.ToString().ShouldContain("12 rows");
    }
}
