using System.Diagnostics;

namespace Poolhouse.Load;

/// <summary>
/// Processor time of the server and this program together. A rate falls when anybody else uses the machine; what a call costs
/// hardly does.
/// </summary>
internal static class ProcessorTime
{
    /// <summary>Used so far.</summary>
    /// <param name="server">The server's process id; null counts this program alone.</param>
    public static TimeSpan Of(int? server)
    {
        using var own = Process.GetCurrentProcess();
        if (server is not { } id) return own.TotalProcessorTime;
        using var other = Process.GetProcessById(id);
        return own.TotalProcessorTime + other.TotalProcessorTime;
    }
}
