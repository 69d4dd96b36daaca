using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>
/// Stops the host on SIGTERM, Ctrl-C and SIGQUIT, after the drain: <see cref="ServerOptions.DrainSeconds"/> in which it still takes requests. Told a
/// second time, it stops at once.
/// </summary>
internal sealed partial class DrainingLifetime(
    Drain drain, IHostApplicationLifetime application, IOptions<ServerOptions> options, ILogger<DrainingLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly TimeSpan _length = TimeSpan.FromSeconds(options.Value.DrainSeconds ?? 0);
    private readonly List<PosixSignalRegistration> _signals = [];
    private Timer? _end;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _end?.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The runtime would end the process.
        context.Cancel = true;
        var isFirst = !drain.IsDraining;
        drain.Begin();
        if (!isFirst || _length == TimeSpan.Zero || !application.ApplicationStarted.IsCancellationRequested)
        {
            application.StopApplication();
            return;
        }

        LogDraining(_length.TotalSeconds);
        // By the real clock: Development's own may stand anywhere.
        _end = new Timer(_ => application.StopApplication(), null, _length, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(EventIds.Draining, LogLevel.Information, "Told to stop: not ready any more, and stops taking requests in {Seconds} s.")]
    private partial void LogDraining(double seconds);
}
