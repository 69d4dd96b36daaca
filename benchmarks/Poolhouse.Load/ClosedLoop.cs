using System.Diagnostics;
using System.Net;

namespace Poolhouse.Load;

/// <summary>A number of workers, each with its connection, each sending its next call when the last was answered.</summary>
internal sealed class ClosedLoop(IPEndPoint endPoint, int? serverProcess)
{
    // Fast enough that no scenario meets it; what is bounded here is a mistake.
    private const int MostCallsPerWorker = 1_000_000;

    /// <summary>Runs for the time given, after a part of it that does not count.</summary>
    /// <param name="workers">Calls in flight.</param>
    /// <param name="length">What is measured.</param>
    /// <param name="call">One call of the worker with that number.</param>
    /// <param name="pause">Between two calls of a worker; zero for none.</param>
    public async Task<Measurement> RunAsync(int workers, TimeSpan length, Func<HttpConnection, int, ValueTask> call, TimeSpan pause = default)
    {
        var begins = Stopwatch.GetTimestamp() + Ticks(length / 4);
        var ends = begins + Ticks(length);
        var cost = ProcessorTimeAsync(length);
        var results = await Task.WhenAll(Enumerable.Range(0, workers).Select(number => WorkAsync(number, begins, ends, call, pause)));
        return Measurement.Of([.. results.SelectMany(r => r)], length, await cost);
    }

    private async Task<TimeSpan> ProcessorTimeAsync(TimeSpan length)
    {
        await Task.Delay(length / 4);
        var before = ProcessorTime.Of(serverProcess);
        await Task.Delay(length);
        return ProcessorTime.Of(serverProcess) - before;
    }

    private async Task<List<int>> WorkAsync(int number, long begins, long ends, Func<HttpConnection, int, ValueTask> call, TimeSpan pause)
    {
        using var connection = await HttpConnection.OpenAsync(endPoint);
        var durations = new List<int>(16_384);
        for (var calls = 0; calls < MostCallsPerWorker; calls++)
        {
            var sent = Stopwatch.GetTimestamp();
            await call(connection, number);
            var answered = Stopwatch.GetTimestamp();
            if (answered >= ends) break;
            if (answered >= begins) durations.Add((int)((answered - sent) * 1_000_000 / Stopwatch.Frequency));
            if (pause > TimeSpan.Zero) await Task.Delay(pause);
        }

        return durations;
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
