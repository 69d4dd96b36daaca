namespace Poolhouse.ModelGenerator;

/// <summary>A class of string constants for each enumeration: the wire's values stay strings, their spelling stands once.</summary>
internal static class EnumWriter
{
    public static string Write(Service service, ServiceModel model)
    {
        var text = new SourceText(service);
        var enums = model.Shapes.Values.Where(s => s.Enum.Count > 0).OrderBy(s => s.Name, StringComparer.Ordinal).ToList();
        var names = enums.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var shape in enums)
        {
            text.Line()
                .Line($"/// <summary>Values of {shape.Name}.</summary>")
                .Line($"public static class {Naming.EnumClass(shape.Name, names)}")
                .Line("{");
            foreach (var value in shape.Enum)
                // "Equals" is a value of its own; it hides a method that a static class has no use for.
                text.Line($"    public {(value == nameof(Equals) ? "new " : "")}const string {Naming.Constant(value)} = {Naming.Literal(value)};");
            text.Line("}");
        }
        return text.ToString();
    }
}
