using System.Globalization;

namespace Poolhouse.ModelGenerator;

/// <summary>The table of what requests may hold, for <c>Constraints</c>.</summary>
internal static class ShapeWriter
{
    public static string Write(Service service, ServiceModel model, IEnumerable<string> shapes)
    {
        var text = new SourceText(service).Line()
            // The compiler thinks a shape that stands in a later file is read before it is set; the functions run after all are.
            .Line("#pragma warning disable CS8603, CS8604 // Members are read on first use, when every shape is set.")
            .Line($"internal static partial class {service.Name}Shapes").Line("{");
        foreach (var shape in shapes.Select(n => model.Shapes[n]))
            WriteShape(text, shape);
        return text.Line("}").ToString();
    }

    private static void WriteShape(SourceText text, ShapeNode shape)
    {
        if (shape.Type != "structure")
        {
            text.Line($"    public static readonly {ClassOf(shape.Type)} {shape.Name} = new({Arguments(shape)});");
            return;
        }
        text.Line($"    public static readonly StructureShape {shape.Name} = new(static () =>").Line("    [");
        foreach (var member in shape.Members)
            text.Line($"        new({Naming.Literal(member.Name)}, {Expression(member.Type)}{(member.IsRequired ? ", true" : "")}),");
        text.Line($"    ]{(shape.IsSensitive ? ", isSensitive: true" : "")});");
    }

    private static string Arguments(ShapeNode shape)
    {
        var arguments = new List<string>();
        if (shape.Type == "list")
            arguments.Add($"static () => {Expression(shape.Item!)}");
        if (shape.Type == "map")
            arguments.Add($"static () => {Expression(shape.Key!)}, static () => {Expression(shape.Item!)}");
        if (shape.Min is { } min)
            arguments.Add("min: " + min.ToString(CultureInfo.InvariantCulture));
        if (shape.Max is { } max)
            arguments.Add("max: " + max.ToString(CultureInfo.InvariantCulture));
        if (shape.Pattern is { } pattern)
            arguments.Add("pattern: " + Naming.Literal(pattern));
        if (shape.Enum.Count > 0)
            arguments.Add($"values: [{string.Join(", ", shape.Enum.Select(Naming.Literal))}]");
        if (shape.IsSensitive)
            arguments.Add("isSensitive: true");
        return string.Join(", ", arguments);
    }

    private static string Expression(Reference reference) => reference.Kind switch
    {
        Reference.Named => reference.Shape!,
        "list" => $"new ListShape(static () => {Expression(reference.Item!)})",
        "map" => $"new MapShape(static () => StringShape.Plain, static () => {Expression(reference.Item!)})",
        var primitive => $"{ClassOf(primitive)}.Plain",
    };

    private static string ClassOf(string type) => char.ToUpperInvariant(type[0]) + type[1..] + "Shape";
}
