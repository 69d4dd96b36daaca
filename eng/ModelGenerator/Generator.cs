namespace Poolhouse.ModelGenerator;

/// <summary>What the generated names of one service begin with, and what its <c>X-Amz-Target</c> begins with.</summary>
public sealed record Service(string Name, string ModelFile, string TargetPrefix)
{
    public static IReadOnlyList<Service> All { get; } =
    [
        new("CognitoIdentity", "cognito-identity.json", "AWSCognitoIdentityService"),
        new("CognitoIdp", "cognito-idp.json", "AWSCognitoIdentityProviderService"),
    ];
}

/// <summary>Turns the facts of a service model into the sources of <c>src/Poolhouse.Protocol</c>.</summary>
public static class Generator
{
    // Names, not counts: a new shape changes one file only.
    private static readonly (char First, char Last)[] Letters = [('A', 'B'), ('C', 'C'), ('D', 'L'), ('M', 'S'), ('T', 'Z')];

    /// <summary>File name → text, the same for the same model on every machine.</summary>
    public static IReadOnlyDictionary<string, string> Generate(Service service, string json)
    {
        var model = ServiceModel.Parse(json);
        var inputs = model.Reach(model.Operations.Select(o => o.Input));
        var outputs = model.Reach(model.Operations.Select(o => o.Output).OfType<string>());
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);

        var records = new RecordWriter(model, inputs);
        var messages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in model.Operations.GroupBy(o => Naming.FirstWord(o.Name), StringComparer.Ordinal))
        {
            var names = group.SelectMany(o => new[] { o.Input, o.Output }).OfType<string>().Where(messages.Add).ToList();
            if (names.Count > 0)
                files[$"Messages.{group.Key}.g.cs"] = records.Write(service, names);
        }

        var structures = Sorted(inputs.Union(outputs).Where(n => model.Shapes[n].Type == "structure" && !messages.Contains(n)));
        foreach (var (first, last) in Letters)
        {
            var names = structures.Where(n => n[0] >= first && n[0] <= last).ToList();
            if (names.Count > 0)
                files[$"Structures.{first}-{last}.g.cs"] = records.Write(service, names);
            var shapes = Sorted(inputs).Where(n => n[0] >= first && n[0] <= last).ToList();
            if (shapes.Count > 0)
                files[$"Shapes.{first}-{last}.g.cs"] = ShapeWriter.Write(service, model, shapes);
        }

        // Enumerations that only the newer client knows are not reached from any member, but their values are facts worth a name.
        files["Values.g.cs"] = EnumWriter.Write(service, model);
        files[$"{service.Name}Model.g.cs"] = OperationWriter.Write(service, model);
        files[$"{service.Name}Json.g.cs"] = JsonContextWriter.Write(service, Sorted(messages));
        return files;
    }

    private static List<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
