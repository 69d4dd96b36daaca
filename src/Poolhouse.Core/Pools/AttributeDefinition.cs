namespace Poolhouse.Core.Pools;

/// <summary>One attribute of a pool's schema. API_SchemaAttributeType.</summary>
public sealed record AttributeDefinition
{
    /// <summary>Full name: a standard one, or with the prefix <c>custom:</c> or <c>dev:custom:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of its values; values travel as text whatever it is.</summary>
    public AttributeDataType Type { get; init; } = AttributeDataType.String;

    /// <summary>Whether it can change after it was first set.</summary>
    public bool IsMutable { get; init; } = true;

    /// <summary>Whether a new user must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether only administrators may write it.</summary>
    public bool IsDeveloperOnly { get; init; }

    /// <summary>Smallest number or shortest text; null means no bound was given.</summary>
    public string? Minimum { get; init; }

    /// <summary>Largest number or longest text; null means no bound was given.</summary>
    public string? Maximum { get; init; }
}

/// <summary>API_SchemaAttributeType.AttributeDataType.</summary>
public enum AttributeDataType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A point in time.</summary>
    DateTime,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
}
