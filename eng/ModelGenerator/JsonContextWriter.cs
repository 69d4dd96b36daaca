namespace Poolhouse.ModelGenerator;

/// <summary>The serializer context of a service: one line for each request and answer, the rest follows from them.</summary>
internal static class JsonContextWriter
{
    public static string Write(Service service, IEnumerable<string> messages)
    {
        var text = new SourceText(service, "System.Text.Json.Serialization").Line();
        // Metadata only: the fast path cannot run with another encoder than the default one, so its code would be dead.
        text.Line("[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]");
        foreach (var message in messages)
            text.Line($"[JsonSerializable(typeof({message}))]");
        return text
            .Line($"public sealed partial class {service.Name}Json : JsonSerializerContext")
            .Line("{")
            .Line("    /// <summary>With the wire's options; <c>Default</c> has none of them.</summary>")
            .Line($"    public static {service.Name}Json Instance {{ get; }} = new(WireOptions.Create());")
            .Line("}")
            .ToString();
    }
}
