namespace Poolhouse.Core.Identities;

/// <summary>An identity pool's id: <c>region:UUID</c>, at most 55 characters. API_IdentityPool.IdentityPoolId.</summary>
public readonly record struct IdentityPoolId(string Value)
{
    /// <summary>The part before the colon, e.g. <c>us-east-1</c>.</summary>
    public string Region => Value[..Math.Max(0, Value.IndexOf(':', StringComparison.Ordinal))];

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An identity's id: <c>region:UUID</c>, unique over all pools; what applications call the cogId. API_GetId.IdentityId.</summary>
public readonly record struct IdentityId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
