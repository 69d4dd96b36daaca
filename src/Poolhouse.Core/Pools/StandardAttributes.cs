namespace Poolhouse.Core.Pools;

/// <summary>The attributes every pool has: OpenID Connect Core 1.0 §5.1 with Cognito's types and bounds.</summary>
public static class StandardAttributes
{
    /// <summary>In the order in which DescribeUserPool lists them.</summary>
    public static IReadOnlyList<AttributeDefinition> All { get; } =
    [
        Text("profile"),
        Text("address"),
        Text("birthdate", "10", "10"),
        Text("gender"),
        Text("preferred_username"),
        new() { Name = "updated_at", Type = AttributeDataType.Number, Minimum = "0" },
        Text("website"),
        Text("picture"),
        new() { Name = "identities" },
        new() { Name = "sub", IsMutable = false, IsRequired = true, Minimum = "1", Maximum = "2048" },
        Text("phone_number"),
        new() { Name = "phone_number_verified", Type = AttributeDataType.Boolean },
        Text("zoneinfo"),
        Text("locale"),
        Text("email"),
        new() { Name = "email_verified", Type = AttributeDataType.Boolean },
        Text("given_name"),
        Text("family_name"),
        Text("middle_name"),
        Text("name"),
        Text("nickname"),
    ];

    /// <summary>Written by the server, never by a client: naming one is refused.</summary>
    public static bool IsWrittenByServer(string name) => name is "sub" or "email_verified" or "phone_number_verified" or "identities";

    /// <summary>The two attributes that a code can prove.</summary>
    public static bool IsVerifiable(string name) => name is "email" or "phone_number";

    private static AttributeDefinition Text(string name, string minimum = "0", string maximum = "2048") =>
        new() { Name = name, Minimum = minimum, Maximum = maximum };
}

/// <summary>A pool's attributes: the standard ones as the pool changed them, and its own.</summary>
public static class AttributeSchema
{
    /// <summary>Every attribute, standard ones first.</summary>
    public static IEnumerable<AttributeDefinition> All(UserPool pool) =>
        StandardAttributes.All
            .Select(standard => pool.Schema.FirstOrDefault(own => own.Name == standard.Name) ?? standard)
            .Concat(pool.Schema.Where(own => StandardAttributes.All.All(standard => standard.Name != own.Name)));

    /// <summary>A standard attribute as every pool has it at first.</summary>
    public static AttributeDefinition Standard(string name) => StandardAttributes.All.First(a => a.Name == name);

    /// <summary>One attribute by full name, or null.</summary>
    public static AttributeDefinition? Find(UserPool pool, string name)
    {
        foreach (var own in pool.Schema)
            if (own.Name == name) return own;
        foreach (var standard in StandardAttributes.All)
            if (standard.Name == name) return standard;
        return null;
    }

    /// <summary>The names a new user must have values for, <c>sub</c> excepted.</summary>
    public static IEnumerable<string> Required(UserPool pool) =>
        pool.Schema.Where(a => a.IsRequired && a.Name != "sub").Select(a => a.Name);
}
