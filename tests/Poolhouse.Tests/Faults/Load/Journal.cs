using System.Collections.Concurrent;

namespace Poolhouse.Tests.Faults.Load;

/// <summary>One thing that somebody did.</summary>
/// <param name="Kind">What.</param>
/// <param name="Reply">What came of it.</param>
/// <param name="IsWanted">Whether that is what a client wants: an answer, which for a wrong guess is a refusal.</param>
internal sealed record Sample(OperationKind Kind, Reply Reply, bool IsWanted)
{
    /// <summary>When it was answered, or given up.</summary>
    public DateTimeOffset EndedAt => Reply.StartedAt + Reply.Took;
}

/// <summary>Everything that was done, and everything that must not be.</summary>
internal sealed class Journal
{
    // A broken promise tends to be seen very often; the first ones tell all.
    private const int MostFindings = 200;

    private readonly ConcurrentQueue<Sample> samples = new();
    private readonly ConcurrentQueue<Finding> findings = new();
    private int watched;

    /// <summary>In the order of their ends.</summary>
    public IReadOnlyList<Sample> Samples => [.. samples.OrderBy(s => s.EndedAt)];

    /// <summary>Broken promises.</summary>
    public IReadOnlyList<Finding> Findings => [.. findings];

    /// <summary>How often a way in that had ended was tried.</summary>
    public int Watched => Volatile.Read(ref watched);

    /// <summary>Things that were to be done while nobody was free to do them.</summary>
    public int Idle;

    /// <summary>Notes what was done.</summary>
    public void Add(OperationKind kind, Reply reply, bool isWanted) => samples.Enqueue(new Sample(kind, reply, isWanted));

    /// <summary>Forgets what was done so far, though not what was broken.</summary>
    public void Forget() => samples.Clear();

    /// <summary>Notes a broken promise.</summary>
    public void Break(Promise promise, string what)
    {
        if (findings.Count < MostFindings) findings.Enqueue(new Finding(promise, what));
    }

    /// <summary>Notes a look at an ended way in.</summary>
    public void Watch() => Interlocked.Increment(ref watched);
}

/// <summary>What the service promises whatever happens.</summary>
internal enum Promise
{
    /// <summary>What was acknowledged is there.</summary>
    NothingIsLost,

    /// <summary>What was ended is refused from its acknowledgement on.</summary>
    NothingRevokedLives,

    /// <summary>Nobody gets in who should not, nor sees somebody else.</summary>
    NobodyElseGetsIn,

    /// <summary>What can't be answered is answered 503 with Retry-After.</summary>
    ErrorsSayWhenToComeBack,

    /// <summary>A look at a session is answered within its budget, one way or the other.</summary>
    SessionsAnswerInTime,

    /// <summary>Every mail whose cause was acknowledged arrives.</summary>
    NoMailVanishes,

    /// <summary>No mail arrives twice.</summary>
    NoMailTwice,

    /// <summary>It all works again once the fault is over.</summary>
    ItGoesOn,
}

/// <summary>A promise that was broken.</summary>
internal sealed record Finding(Promise Promise, string What)
{
    public override string ToString() => $"{Promise}: {What}";
}
