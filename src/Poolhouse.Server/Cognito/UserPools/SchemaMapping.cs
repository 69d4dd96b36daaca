using Poolhouse.Core.Pools;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>From a pool's attributes to API_SchemaAttributeType.</summary>
internal static class SchemaMapping
{
    // CreateUserPool's order (observed): without identities, and not the order of DescribeUserPool.
    private static readonly string[] OrderWhenCreated =
    [
        "sub", "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "email",
        "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number", "phone_number_verified", "address", "updated_at",
    ];

    /// <summary>Every attribute, as CreateUserPool lists them.</summary>
    public static IReadOnlyList<SchemaAttributeType> Created(UserPool pool)
    {
        var standard = OrderWhenCreated.Select(name => AttributeSchema.Find(pool, name)!);
        var custom = pool.Schema.Where(own => StandardAttributes.All.All(a => a.Name != own.Name));
        return [.. standard.Concat(custom).Select(ToWire)];
    }

    /// <summary>Every attribute, as DescribeUserPool lists them.</summary>
    public static IReadOnlyList<SchemaAttributeType> Described(UserPool pool) => [.. AttributeSchema.All(pool).Select(ToWire)];

    // Bounds are text on the wire. A string or number without bounds shows an empty object (observed for strings).
    private static SchemaAttributeType ToWire(AttributeDefinition attribute) => new()
    {
        Name = attribute.Name,
        AttributeDataType = attribute.Type.ToString(),
        DeveloperOnlyAttribute = attribute.IsDeveloperOnly,
        Mutable = attribute.IsMutable,
        Required = attribute.IsRequired,
        StringAttributeConstraints = attribute.Type == AttributeDataType.String
            ? new StringAttributeConstraintsType { MinLength = attribute.Minimum, MaxLength = attribute.Maximum }
            : null,
        NumberAttributeConstraints = attribute.Type == AttributeDataType.Number
            ? new NumberAttributeConstraintsType { MinValue = attribute.Minimum, MaxValue = attribute.Maximum }
            : null,
    };
}
