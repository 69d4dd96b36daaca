using System.Globalization;
using Spectre.Console;

namespace Poolhouse.Server.Commands.Import;

/// <summary>How far an import is: a bar on a terminal, elsewhere a line every few seconds.</summary>
internal sealed class ImportProgress(CommandConsole console, TimeProvider clock, long length, long begin)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly long _started = clock.GetTimestamp();
    private long _told = clock.GetTimestamp();
    private ProgressTask? _task;

    /// <summary>Since the command began to work.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    /// <summary>Runs the work under the bar, where there is one.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        if (!console.IsTerminal)
        {
            await work();
            return;
        }

        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(console.Error) });
        await terminal.Progress().Columns(new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new TaskDescriptionColumn()).StartAsync(async context =>
        {
            _task = context.AddTask("starting", maxValue: Math.Max(1, length));
            await work();
            _task.StopTask();
        });
    }

    /// <summary>Tells where the work is.</summary>
    /// <param name="position">Bytes of the file that are done.</param>
    /// <param name="done">Rows that this command has done.</param>
    /// <param name="failed">Rows of the file that failed so far.</param>
    public void Tell(long position, long done, long failed)
    {
        var text = Describe(Elapsed, position, done, failed);
        if (_task is not null)
        {
            _task.Value = position;
            _task.Description = Markup.Escape(text);
        }
        else if (!console.IsTerminal && clock.GetElapsedTime(_told) >= Interval)
        {
            _told = clock.GetTimestamp();
            console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(length == 0 ? 100 : position * 100 / length)} %  {text}"));
        }
    }

    /// <summary>Rows, rate, failures, and the time that the rest of the file takes at this rate.</summary>
    internal string Describe(TimeSpan elapsed, long position, long done, long failed)
    {
        var rate = done / Math.Max(0.001, elapsed.TotalSeconds);
        var remaining = position > begin ? elapsed * ((length - position) / (double)(position - begin)) : (TimeSpan?)null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{done:N0} rows, {rate:N0}/s, {failed:N0} failed, {(remaining is { TotalDays: < 100 } left ? left.ToString(left.TotalDays >= 1 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture) : "?")} left");
    }
}
