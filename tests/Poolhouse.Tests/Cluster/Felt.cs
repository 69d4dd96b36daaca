using System.Diagnostics;

namespace Poolhouse.Tests.Cluster;

/// <summary>What happened on one node is felt on another within a second.</summary>
internal static class Felt
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Asks until it is so. Whatever is asked a second after it was done, or later, has to feel it; how long the answer then takes is another matter.</summary>
    /// <param name="done">Started when the call that did it was answered.</param>
    /// <param name="what">For who reads the failure.</param>
    /// <param name="isFelt">Asks.</param>
    public static async Task WithinASecondAsync(Stopwatch done, string what, Func<Task<bool>> isFelt)
    {
        while (true)
        {
            var asked = done.Elapsed;
            if (await isFelt()) return;
            asked.ShouldBeLessThan(Second, what);
            await Task.Delay(20);
        }
    }
}
