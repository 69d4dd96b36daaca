using System.Diagnostics.CodeAnalysis;

namespace Poolhouse.Core.Passwords;

/// <summary>A finished piece of work, or word that the queue was full and nothing was done (answer 503 with Retry-After).</summary>
public readonly record struct HashOutcome<T>
{
    private readonly T? value;

    private HashOutcome(T? value, bool isFull)
    {
        this.value = value;
        IsFull = isFull;
    }

    /// <summary>True when the work was refused; safe to retry.</summary>
    public bool IsFull { get; }

    /// <summary>The refusal.</summary>
    internal static HashOutcome<T> Full { get; } = new(default, isFull: true);

    /// <summary>True with the result when the work was done.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T result)
    {
        result = value;
        return !IsFull;
    }

    /// <summary>The result of work that was done.</summary>
    internal static HashOutcome<T> Done(T result) => new(result, isFull: false);
}
