using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Poolhouse.Server.Account.Documents;

/// <summary>
/// JSON schemas (2020-12) of the types that are read and written, each once under <c>#/components/schemas</c>. What is not nullable is always there;
/// what is null is left out, as the serializer does it.
/// </summary>
internal sealed class Schemas
{
    private readonly SortedDictionary<string, JsonObject> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>What is sent: nothing beside the members that are described. Answers a reference.</summary>
    public JsonObject OfAnswer(JsonTypeInfo type)
    {
        Export(type, isClosed: true);
        return Reference(type);
    }

    /// <summary>What is taken: members that nobody knows are passed over. Answers a reference.</summary>
    /// <param name="type">The type.</param>
    /// <param name="required">The members that have to be there.</param>
    public JsonObject OfBody(JsonTypeInfo type, IReadOnlyList<string> required)
    {
        Export(type, isClosed: false);
        var schema = _byName[type.Type.Name];
        var known = schema["properties"]!.AsObject();
        if (required.FirstOrDefault(name => !known.ContainsKey(name)) is { } unknown) throw new InvalidOperationException($"{type.Type.Name} has no member {unknown}.");
        schema.Remove("required");
        if (required.Count > 0) schema["required"] = Texts(required);
        return Reference(type);
    }

    /// <summary>All of them.</summary>
    public JsonObject ToJson()
    {
        var result = new JsonObject();
        foreach (var (name, schema) in _byName) result[name] = schema.DeepClone();
        return result;
    }

    /// <summary>A list of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)JsonValue.Create(text))];

    private void Export(JsonTypeInfo type, bool isClosed)
    {
        if (_types.TryGetValue(type.Type.Name, out var known) && known == type.Type) return;
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => schema is JsonObject node ? Transform(context, node, isClosed) : schema,
        };
        type.GetJsonSchemaAsNode(options);
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonObject schema, bool isClosed)
    {
        var isWrittenAsNull = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
            is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }, ..];
        if (!isWrittenAsNull && schema["type"] is JsonArray types && types.FirstOrDefault(t => t?.GetValue<string>() != "null") is { } only) schema["type"] = only.DeepClone();
        var own = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        // What a constructor puts where nothing is said is nothing that a client has to know.
        schema.Remove("default");
        if (own == typeof(DateTimeOffset)) schema["format"] = "date-time";
        if (context.TypeInfo.Kind != JsonTypeInfoKind.Object || own.Namespace?.StartsWith("Poolhouse", StringComparison.Ordinal) != true) return schema;
        // A type within itself, which the exporter refers to by its place.
        if (!schema.ContainsKey("properties") && schema.ContainsKey("$ref")) return Reference(context.TypeInfo);

        var always = context.TypeInfo.Properties
            .Where(p => !p.IsGetNullable || p.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }, ..])
            .Select(p => p.Name)
            .ToList();
        schema.Remove("required");
        if (always.Count > 0) schema["required"] = Texts(always);
        if (isClosed) schema["additionalProperties"] = false;
        if (_types.TryGetValue(own.Name, out var other) && other != own) throw new InvalidOperationException($"{own} and {other} have one name, and the document has one place for it.");
        _types[own.Name] = own;
        _byName[own.Name] = (JsonObject)schema.DeepClone();
        return Reference(context.TypeInfo);
    }

    private static JsonObject Reference(JsonTypeInfo type) => new() { ["$ref"] = "#/components/schemas/" + (Nullable.GetUnderlyingType(type.Type) ?? type.Type).Name };
}
