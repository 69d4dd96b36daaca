namespace Poolhouse.Core.Primitives;

/// <summary>What a rule answered: a value, or a refusal that the caller's surface words.</summary>
public readonly struct Outcome<T>
{
    private readonly T _value;

    private Outcome(T value, Refusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    /// <summary>Why not; null when there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value; asking a refusal for it is a bug.</summary>
    public T Value => Refusal is null ? _value : throw new InvalidOperationException("The outcome is a refusal: " + Refusal.GetType().Name);

    /// <summary>An outcome with a value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default!, refusal);
}
