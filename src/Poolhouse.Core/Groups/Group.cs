using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Groups;

/// <summary>A group of users of one pool. API_GroupType.</summary>
public sealed record Group
{
    /// <summary>Groups a pool may have (quota of Cognito).</summary>
    public const int MostPerPool = 10_000;

    /// <summary>Groups a user may be in (quota of Cognito).</summary>
    public const int MostPerUser = 100;

    /// <summary>The pool it belongs to.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>Its name, unique within the pool and compared as it stands; 1–128 characters without spaces.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>ARN of the role its members may take on through an identity pool, or null.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The lower, the more its role counts; 0 or more, null behind all numbers.</summary>
    public int? Precedence { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its description, role or precedence last was set.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }
}
