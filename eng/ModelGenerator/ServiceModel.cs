using System.Text.Json;

namespace Poolhouse.ModelGenerator;

/// <summary>One operation of a service; <see cref="Output"/> is null when the answer has no body at all.</summary>
internal sealed record Operation(string Name, string Input, string? Output, IReadOnlyList<string> Errors, string Authorization);

/// <summary>What a member, list item or map value is: a named shape, a bare type, or a list or map of either.</summary>
internal sealed record Reference(string Kind, string? Shape = null, Reference? Item = null)
{
    public const string Named = "shape";
}

/// <summary>A member of a structure, by its wire name.</summary>
internal sealed record Member(string Name, Reference Type, bool IsRequired);

/// <summary>A named shape; which members are filled depends on <see cref="Type"/>.</summary>
internal sealed record ShapeNode(string Name, string Type)
{
    public IReadOnlyList<Member> Members { get; init; } = [];
    public IReadOnlyList<string> Enum { get; init; } = [];
    public long? Min { get; init; }
    public long? Max { get; init; }
    public string? Pattern { get; init; }
    public bool IsSensitive { get; init; }
    public Reference? Item { get; init; }
    public Reference? Key { get; init; }
}

/// <summary>The facts of one service, read from <c>eng/model</c>.</summary>
internal sealed class ServiceModel
{
    public required IReadOnlyList<Operation> Operations { get; init; }
    public required IReadOnlyDictionary<string, ShapeNode> Shapes { get; init; }

    public static ServiceModel Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var shapes = document.RootElement.GetProperty("shapes").EnumerateObject().ToDictionary(p => p.Name, ReadShape, StringComparer.Ordinal);
        var operations = document.RootElement.GetProperty("operations").EnumerateObject().Select(ReadOperation)
            .OrderBy(o => o.Name, StringComparer.Ordinal).ToList();
        return new ServiceModel { Operations = operations, Shapes = shapes };
    }

    /// <summary>All named shapes that can be reached from the given ones, these included.</summary>
    public IReadOnlySet<string> Reach(IEnumerable<string> roots)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(roots);
        while (open.TryPop(out var name))
        {
            if (!reached.Add(name))
                continue;
            var shape = Shapes[name];
            foreach (var next in shape.Members.Select(m => m.Type).Append(shape.Item).Append(shape.Key).Select(NameIn).OfType<string>())
                open.Push(next);
        }
        return reached;
    }

    private static string? NameIn(Reference? reference) =>
        reference is null ? null : reference.Shape ?? NameIn(reference.Item);

    private static Operation ReadOperation(JsonProperty property)
    {
        var value = property.Value;
        return new Operation(
            property.Name,
            value.GetProperty("input").GetString()!,
            value.GetProperty("output").GetString(),
            Strings(value, "errors"),
            value.TryGetProperty("authorization", out var authorization)
                ? authorization.GetString()!
                : NewOperations.AuthorizationOf(property.Name));
    }

    private static ShapeNode ReadShape(JsonProperty property)
    {
        var value = property.Value;
        var isDocument = value.TryGetProperty("document", out var document) && document.GetBoolean();
        var required = Strings(value, "required").ToHashSet(StringComparer.Ordinal);
        return new ShapeNode(property.Name, isDocument ? "document" : value.GetProperty("type").GetString()!)
        {
            Members = [.. Properties(value, "members").Concat(Properties(value, "addedMembers"))
                .Select(m => new Member(m.Name, ReadReference(m.Value), required.Contains(m.Name)))],
            Enum = [.. Strings(value, "enum"), .. Strings(value, "addedEnum")],
            Min = Number(value, "min"),
            Max = Number(value, "max"),
            Pattern = value.TryGetProperty("pattern", out var pattern) ? pattern.GetString() : null,
            IsSensitive = value.TryGetProperty("sensitive", out var sensitive) && sensitive.GetBoolean(),
            Item = value.TryGetProperty("member", out var member) ? ReadReference(member)
                : value.TryGetProperty("value", out var mapValue) ? ReadReference(mapValue) : null,
            Key = value.TryGetProperty("key", out var key) ? ReadReference(key) : null,
        };
    }

    // Members of the service model say {"shape": name}; those known only from the newer client say
    // "string", a shape's name, {"list": …} or {"map": …}.
    private static Reference ReadReference(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString()! switch
            {
                "string" or "integer" or "long" or "boolean" or "timestamp" or "blob" => new Reference(value.GetString()!),
                // The client's types cannot tell the two apart; every such member is a count or a duration.
                "integer|double" => new Reference("integer"),
                var name => new Reference(Reference.Named, name),
            };
        if (value.TryGetProperty("list", out var item))
            return new Reference("list", Item: ReadReference(item));
        if (value.TryGetProperty("map", out var mapValue))
            return new Reference("map", Item: ReadReference(mapValue));
        return new Reference(Reference.Named, value.GetProperty("shape").GetString());
    }

    private static List<JsonProperty> Properties(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) ? [.. found.EnumerateObject()] : [];

    private static List<string> Strings(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) ? [.. found.EnumerateArray().Select(e => e.GetString()!)] : [];

    private static long? Number(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) ? found.GetInt64() : null;
}
