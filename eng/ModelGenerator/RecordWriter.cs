namespace Poolhouse.ModelGenerator;

/// <summary>Immutable records for structures.</summary>
internal sealed class RecordWriter(ServiceModel model, IReadOnlySet<string> inputs)
{
    public string Write(Service service, IEnumerable<string> structures)
    {
        var text = new SourceText(service, "System.Text.Json", "System.Text.Json.Serialization");
        foreach (var name in structures.Order(StringComparer.Ordinal))
            WriteRecord(text, model.Shapes[name]);
        return text.ToString();
    }

    private void WriteRecord(SourceText text, ShapeNode shape)
    {
        var hasAccessToken = shape.Members.Any(m => m.Name == "AccessToken" && CSharpType(m.Type) == "string");
        var isRequest = model.Operations.Any(o => o.Input == shape.Name);
        text.Line()
            .Line($"/// <summary>{Summary(shape.Name)}</summary>")
            .Line($"public sealed record {shape.Name}{(isRequest && hasAccessToken ? " : IAccessTokenRequest" : "")}")
            .Line("{");
        foreach (var member in shape.Members)
            WriteMember(text, shape, member);
        // A record prints its members; passwords, codes and tokens are members.
        text.Line($"    public override string ToString() => nameof({shape.Name});")
            .Line("}");
    }

    private void WriteMember(SourceText text, ShapeNode shape, Member member)
    {
        var property = Naming.Property(member.Name);
        if (property == shape.Name)
            throw new InvalidOperationException($"{shape.Name} has a member of its own name, which C# does not allow.");
        if (property != member.Name)
            text.Line($"    [JsonPropertyName({Naming.Literal(member.Name)})]");
        // The wire may omit anything that it sends to us; what we send we promise.
        var isPromised = member.IsRequired && !inputs.Contains(shape.Name);
        text.Line(isPromised
            ? $"    public required {CSharpType(member.Type)} {property} {{ get; init; }}"
            : $"    public {CSharpType(member.Type)}? {property} {{ get; init; }}");
    }

    private string CSharpType(Reference reference) => reference.Kind switch
    {
        Reference.Named => CSharpType(model.Shapes[reference.Shape!]),
        "list" => $"IReadOnlyList<{CSharpType(reference.Item!)}>",
        "map" => $"IReadOnlyDictionary<string, {CSharpType(reference.Item!)}>",
        var primitive => Primitive(primitive),
    };

    private string CSharpType(ShapeNode shape) => shape.Type switch
    {
        "structure" => shape.Name,
        "list" => $"IReadOnlyList<{CSharpType(shape.Item!)}>",
        "map" => $"IReadOnlyDictionary<string, {CSharpType(shape.Item!)}>",
        var primitive => Primitive(primitive),
    };

    private static string Primitive(string type) => type switch
    {
        "string" => "string",
        "integer" => "int",
        "long" => "long",
        "boolean" => "bool",
        "timestamp" => "DateTimeOffset",
        "blob" => "byte[]",
        "document" => "JsonElement",
        _ => throw new InvalidOperationException($"No C# type for {type}."),
    };

    private string Summary(string name)
    {
        var takes = model.Operations.Where(o => o.Input == name).Select(o => o.Name).ToList();
        var gives = model.Operations.Where(o => o.Output == name).Select(o => o.Name).ToList();
        return takes.Count > 0 ? $"What {string.Join(", ", takes)} takes."
            : gives.Count > 0 ? $"What {string.Join(", ", gives)} answers."
            : inputs.Contains(name) ? $"API_{name}: part of requests." : $"API_{name}: part of answers.";
    }
}
