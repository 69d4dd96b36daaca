using System.Globalization;
using Poolhouse.Core.Pools;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>From API_SchemaAttributeType to a pool's attributes.</summary>
internal static class SchemaReading
{
    private const int MostCustomAttributes = 50;
    private const long LongestText = 2048;

    /// <summary>A new pool's schema: standard attributes that it overrides, and custom ones.</summary>
    public static IReadOnlyList<AttributeDefinition> Schema(IReadOnlyList<SchemaAttributeType>? given)
    {
        var schema = new List<AttributeDefinition>();
        foreach (var attribute in given ?? [])
        {
            var definition = StandardAttributes.All.FirstOrDefault(a => a.Name == NameOf(attribute)) is { } standard
                ? Standard(attribute, standard)
                : Custom(attribute);
            if (schema.Exists(a => a.Name == definition.Name))
                throw CognitoException.InvalidParameter($"Duplicate custom attribute names {definition.Name} are not allowed in a user pool schema.");
            schema.Add(definition);
        }

        return schema;
    }

    /// <summary>A pool's schema with custom attributes added to it.</summary>
    public static IReadOnlyList<AttributeDefinition> Added(UserPool pool, IReadOnlyList<SchemaAttributeType> given)
    {
        var schema = pool.Schema.ToList();
        foreach (var attribute in given)
        {
            // A standard name is no obstacle: email and custom:email are two attributes.
            var definition = Custom(attribute);
            if (schema.Exists(a => a.Name == definition.Name))
                throw CognitoException.InvalidParameter($"custom:{attribute.Name}: Existing attribute already has name {definition.Name}.");
            schema.Add(definition);
        }

        var customs = schema.Count(a => StandardAttributes.All.All(standard => standard.Name != a.Name));
        return customs <= MostCustomAttributes
            ? schema
            : throw CognitoException.InvalidParameter($"A user pool can have at most {MostCustomAttributes} custom attributes.");
    }

    private static AttributeDefinition Standard(SchemaAttributeType attribute, AttributeDefinition standard)
    {
        if ((attribute.AttributeDataType ?? standard.Type.ToString()) != standard.Type.ToString() || attribute.DeveloperOnlyAttribute == true)
        {
            throw CognitoException.InvalidParameter(
                $"You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {standard.Name}");
        }

        // The server's own identifier: whoever lists it can only repeat what it is.
        if (standard.Name == "sub" && (attribute.Mutable == true || attribute.Required == false))
            throw CognitoException.InvalidParameter("You can not change Mutable or Required for standard schema attribute sub");
        var (minimum, maximum) = Bounds(attribute, standard.Name, standard.Type);
        return standard with
        {
            // Listed without Mutable an attribute is immutable, unlisted it is mutable (observed, aws/aws-cdk#8624).
            IsMutable = attribute.Mutable ?? false,
            IsRequired = attribute.Required ?? standard.IsRequired,
            Minimum = minimum ?? standard.Minimum,
            Maximum = maximum ?? standard.Maximum,
        };
    }

    private static AttributeDefinition Custom(SchemaAttributeType attribute)
    {
        if (!Enum.TryParse<AttributeDataType>(attribute.AttributeDataType, out var type))
            throw CognitoException.InvalidParameter("Invalid AttributeDataType input, consider using the provided AttributeDataType enum.");
        if (attribute.Required == true) throw CognitoException.InvalidParameter("Required custom attributes are not supported currently.");
        var name = (attribute.DeveloperOnlyAttribute == true ? "dev:custom:" : "custom:") + NameOf(attribute);
        var (minimum, maximum) = Bounds(attribute, name, type);
        return new AttributeDefinition
        {
            Name = name,
            Type = type,
            IsMutable = attribute.Mutable ?? false,
            IsDeveloperOnly = attribute.DeveloperOnlyAttribute ?? false,
            Minimum = minimum,
            Maximum = maximum,
        };
    }

    // The model doesn't require it, but an attribute without one can't be made.
    private static string NameOf(SchemaAttributeType attribute) => attribute.Name ?? throw CognitoException.InvalidParameter(
        "1 validation error detected: Value null at 'schema.1.member.name' failed to satisfy constraint: Member must not be null");

    // Constraints of the other type are ignored, as Cognito does.
    private static (string? Minimum, string? Maximum) Bounds(SchemaAttributeType attribute, string name, AttributeDataType type)
    {
        switch (type)
        {
            case AttributeDataType.String:
                var lengths = attribute.StringAttributeConstraints;
                var (shortest, longest) = (Number(lengths?.MinLength, name, "StringAttributeConstraints"), Number(lengths?.MaxLength, name, "StringAttributeConstraints"));
                if (shortest < 0 || longest < 0) throw CognitoException.InvalidParameter($"Invalid StringAttributeConstraints for schema attribute {name}");
                if (shortest > LongestText || longest > LongestText)
                    throw CognitoException.InvalidParameter($"user.{name}: String attributes cannot have a length of more than {LongestText}");
                if (shortest > longest) throw CognitoException.InvalidParameter($"Attribute {name} cannot have a max length shorter than it's min length");
                return (Text(shortest), Text(longest));
            case AttributeDataType.Number:
                var values = attribute.NumberAttributeConstraints;
                var (least, most) = (Number(values?.MinValue, name, "NumberAttributeConstraints"), Number(values?.MaxValue, name, "NumberAttributeConstraints"));
                if (least > most) throw CognitoException.InvalidParameter($"Attribute {name} cannot have a max value smaller than it's min value");
                return (Text(least), Text(most));
            default:
                return (null, null);
        }
    }

    private static long? Number(string? text, string name, string constraints)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw CognitoException.InvalidParameter($"Invalid {constraints} for schema attribute {name}");
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
