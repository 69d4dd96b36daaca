namespace Poolhouse.ModelGenerator;

/// <summary>The table of operations.</summary>
internal static class OperationWriter
{
    public static string Write(Service service, ServiceModel model)
    {
        var text = new SourceText(service, "System.Collections.Frozen");
        text.Line()
            .Line($"/// <summary>All {model.Operations.Count} operations of {service.ModelFile}.</summary>")
            .Line($"public static class {service.Name}Model")
            .Line("{")
            .Line("    /// <summary>What stands before the dot in <c>X-Amz-Target</c>.</summary>")
            .Line($"    public const string TargetPrefix = {Naming.Literal(service.TargetPrefix)};")
            .Line()
            .Line("    /// <summary>By operation name, case-sensitive.</summary>")
            .Line("    public static IReadOnlyDictionary<string, OperationModel> Operations { get; } = new OperationModel[]")
            .Line("    {");
        foreach (var operation in model.Operations)
            text.Line($"        new({Naming.Literal(operation.Name)}, Authorization.{Authorization(operation)}, "
                + $"{service.Name}Shapes.{operation.Input}, {(operation.Output is null ? "false" : "true")}, "
                + $"[{string.Join(", ", operation.Errors.Select(Naming.Literal))}]),");
        return text.Line("    }.ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);").Line("}").ToString();
    }

    private static string Authorization(Operation operation) => operation.Authorization switch
    {
        "public" => "Public",
        "access_token" => "AccessToken",
        "sigv4" => "SigV4",
        "sigv4_or_public" => "SigV4OrPublic",
        var other => throw new InvalidOperationException($"{operation.Name}: unknown authorization {other}."),
    };
}
