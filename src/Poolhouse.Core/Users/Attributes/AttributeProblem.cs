namespace Poolhouse.Core.Users.Attributes;

/// <summary>Why attributes were not accepted. The surface words it.</summary>
public abstract record AttributeProblem
{
    private AttributeProblem() { }

    /// <summary>The attribute concerned, by full name.</summary>
    public required string Name { get; init; }

    /// <summary>A new user must have it.</summary>
    public sealed record Required : AttributeProblem;

    /// <summary>The pool has no such attribute.</summary>
    public sealed record Unknown : AttributeProblem;

    /// <summary>Set by the server alone.</summary>
    public sealed record ReadOnly : AttributeProblem;

    /// <summary>It was set once and may not change.</summary>
    public sealed record Immutable : AttributeProblem;

    /// <summary>The client is not allowed to write it.</summary>
    public sealed record NotWritable : AttributeProblem;

    /// <summary>Longer than its schema allows.</summary>
    public sealed record TooLong(int Maximum) : AttributeProblem;

    /// <summary>Shorter than its schema allows.</summary>
    public sealed record TooShort(int Minimum) : AttributeProblem;

    /// <summary>Not of the type or outside the range its schema gives.</summary>
    public sealed record WrongType(string Expected) : AttributeProblem;

    /// <summary>Not an e-mail address, or not a phone number in E.164.</summary>
    public sealed record WrongFormat : AttributeProblem;

    /// <summary>A flag about an address that the user doesn't have.</summary>
    public sealed record NothingToVerify : AttributeProblem;
}
