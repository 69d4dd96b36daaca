using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>One thing that breaks, and is mended again.</summary>
internal abstract class Fault
{
    /// <summary>A row of docs/reliability.md and the name of a test.</summary>
    public abstract string Name { get; }

    /// <summary>What a reader has to know to make sense of the row, one sentence or none.</summary>
    public virtual string Note => "";

    /// <summary>Whether it is part of every run of the tests.</summary>
    public virtual bool IsShort => false;

    /// <summary>How long it lasts in a run of all faults.</summary>
    public virtual TimeSpan Lasts => TimeSpan.FromSeconds(10);

    /// <summary>How many mails may come twice.</summary>
    public virtual int MayCopyMails => 0;

    /// <summary>How many causes of mails may be done twice.</summary>
    public virtual int MayRepeatMails => 0;

    /// <summary>Services that have to go on: what is broken is not needed for them.</summary>
    public virtual IReadOnlyList<Service> Spares => [];

    /// <summary>Longest that any service may be away after the fault is over, and before its other end took over.</summary>
    public virtual TimeSpan MostOutage => Lasts + TimeSpan.FromSeconds(15);

    /// <summary>What it happens to.</summary>
    public virtual Task<Installation> StartAsync() => Installation.StartAsync(nodes: 2);

    /// <summary>Whether it happens to an installation that others can be tried on afterwards; they share it then.</summary>
    public virtual bool IsShared => true;

    /// <summary>It breaks.</summary>
    public abstract Task BeginAsync(Installation on);

    /// <summary>It is mended.</summary>
    public abstract Task EndAsync(Installation on);
}
