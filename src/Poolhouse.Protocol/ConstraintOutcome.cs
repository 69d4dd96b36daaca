namespace Poolhouse.Protocol;

/// <summary>What <see cref="Constraints.Check"/> found.</summary>
public abstract record ConstraintOutcome
{
    private ConstraintOutcome()
    {
    }

    /// <summary>The request deserializes and keeps every constraint of the model.</summary>
    public sealed record Valid : ConstraintOutcome
    {
        internal static readonly Valid Instance = new();
    }

    /// <summary>A value has the wrong JSON type: <c>SerializationException</c>. Nothing else was checked.</summary>
    public sealed record Malformed : ConstraintOutcome
    {
        internal static readonly Malformed Instance = new();
    }

    /// <summary>Constraints are broken: <c>InvalidParameterException</c>, or <c>ValidationException</c>.</summary>
    /// <param name="Message">All of them in the service's words; sensitive values are left out.</param>
    public sealed record Violations(string Message) : ConstraintOutcome;
}
