namespace Poolhouse.Core.Primitives;

/// <summary>A user pool's id: <c>region_name</c>, at most 55 characters. API_UserPoolType.Id.</summary>
public readonly record struct PoolId(string Value)
{
    /// <summary>The part before the underscore, e.g. <c>us-east-1</c>.</summary>
    public string Region => Value[..Math.Max(0, Value.LastIndexOf('_'))];

    /// <summary>The part after the underscore; SRP's pool name.</summary>
    public string Name => Value[(Value.LastIndexOf('_') + 1)..];

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An app client's id: 26 lower-case letters and digits. API_UserPoolClientType.ClientId.</summary>
public readonly record struct ClientId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A user's unchanging id within a pool: a UUID. Tokens bind to it, never to a name.</summary>
public readonly record struct Sub(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
