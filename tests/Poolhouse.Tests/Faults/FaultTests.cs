using Poolhouse.Tests.Faults.Injection;

namespace Poolhouse.Tests.Faults;

/// <summary>These tests run one after the other, once all others are done: they break servers and measure time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection : ICollectionFixture<SharedInstallation>
{
    /// <summary>For <c>[Collection(FaultCollection.Name)]</c>.</summary>
    public const string Name = "faults";
}

/// <summary>An installation for all faults that leave it as it was.</summary>
public sealed class SharedInstallation : IAsyncDisposable
{
    private Installation? shared;

    /// <summary>What a fault happens to.</summary>
    internal async Task<Installation> ForAsync(Fault fault) => fault.IsShared ? shared ??= await fault.StartAsync() : await fault.StartAsync();

    /// <summary>A fault is over. What it left is of use to others only if all is well.</summary>
    internal async Task ReturnAsync(Installation used, bool isWell)
    {
        if (used == shared && isWell) return;
        if (used == shared) shared = null;
        await used.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (shared is not null) await shared.DisposeAsync();
    }
}

/// <summary>
/// Nothing that was acknowledged is lost, nothing that was revoked lives, no mail vanishes and none comes twice when parts die under load. Every run has the
/// short versions of some; <c>./test --faults</c> has all, and writes docs/reliability.md.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class FaultTests(SharedInstallation shared)
{
    /// <summary><c>all</c>, or parts of the names of those that are tried in full, with bars between them; nothing for the short versions.</summary>
    private static readonly string[] Wanted = (Environment.GetEnvironmentVariable("POOLHOUSE_FAULTS") ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static readonly bool IsFull = Wanted.Length > 0;

    /// <summary>Those that are to be tried.</summary>
    public static TheoryData<string> Chosen => [.. Catalogue.All.Where(IsChosen).Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Chosen))]
    public async Task Promises_are_kept(string fault)
    {
        var breaking = Catalogue.Named(fault);
        var on = await shared.ForAsync(breaking);
        var isWell = false;
        try
        {
            var result = await new FaultRun(on, breaking, IsFull ? Pace.Full : Pace.Short).RunAsync();
            TestContext.Current.TestOutputHelper?.WriteLine(ReliabilityPage.Describe(result));
            isWell = result.Findings.Count == 0;
            if (IsFull && isWell) ReliabilityPage.Write(result);
            result.Findings.Select(finding => finding.ToString()).ShouldBeEmpty();
        }
        finally
        {
            if (!isWell) TestContext.Current.TestOutputHelper?.WriteLine(on.Logs(linesEach: 60));
            await shared.ReturnAsync(on, isWell);
        }
    }

    private static bool IsChosen(Fault fault) =>
        IsFull ? Wanted.Any(part => part == "all" || fault.Name.Contains(part, StringComparison.OrdinalIgnoreCase)) : fault.IsShort;
}
