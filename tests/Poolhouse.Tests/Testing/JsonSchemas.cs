using System.Text.Json;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>As much of JSON Schema 2020-12 as the documents of this server use. A keyword that isn't known here fails, so that none is passed over.</summary>
public static class JsonSchemas
{
    private static readonly string[] Known =
        ["$ref", "additionalProperties", "allOf", "const", "description", "enum", "format", "items", "maximum", "minimum", "pattern", "properties", "required", "type"];

    /// <summary>What is wrong with a value; empty where nothing is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">What it has to be.</param>
    /// <param name="document">The document that references are resolved in.</param>
    /// <param name="path">Where the value is.</param>
    public static IEnumerable<string> Problems(JsonNode? value, JsonNode? schema, JsonNode document, string path = "$")
    {
        if (schema is not JsonObject rules) return schema is JsonValue allowed && allowed.GetValueKind() == JsonValueKind.True ? [] : [$"{path}: nothing is allowed here"];
        var strange = rules.Select(r => r.Key).Where(key => !Known.Contains(key)).Select(key => $"{path}: keyword {key} is not known");
        return strange.Concat(OfValue(value, rules, document, path)).Concat(OfMembers(value, rules, document, path));
    }

    private static IEnumerable<string> OfValue(JsonNode? value, JsonObject rules, JsonNode document, string path)
    {
        if (rules["$ref"] is { } reference)
            foreach (var problem in Problems(value, Resolve(reference.GetValue<string>(), document), document, path)) yield return problem;
        foreach (var part in rules["allOf"]?.AsArray() ?? [])
            foreach (var problem in Problems(value, part, document, path)) yield return problem;
        if (rules["const"] is { } only && !JsonNode.DeepEquals(only, value)) yield return $"{path}: {value} is not {only}";
        if (rules["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value))) yield return $"{path}: {value} is none of {words.ToJsonString()}";
        var types = rules["type"] switch
        {
            null => null,
            JsonArray several => several.Select(t => t!.GetValue<string>()).ToList(),
            { } one => [one.GetValue<string>()],
        };
        if (types is not null && !types.Exists(type => IsOf(value, type))) yield return $"{path}: {value?.ToJsonString() ?? "null"} is no {string.Join(" or ", types)}";
        if (rules["format"]?.GetValue<string>() == "date-time" && value is not null && !DateTimeOffset.TryParse(value.GetValue<string>(), out _)) yield return $"{path}: no time";
    }

    private static IEnumerable<string> OfMembers(JsonNode? value, JsonObject rules, JsonNode document, string path)
    {
        if (value is JsonArray list && rules["items"] is { } items)
            for (var i = 0; i < list.Count; i++)
                foreach (var problem in Problems(list[i], items, document, $"{path}[{i}]")) yield return problem;
        if (value is not JsonObject members) yield break;
        foreach (var name in rules["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? [])
            if (!members.ContainsKey(name)) yield return $"{path}: {name} is missing";
        foreach (var (name, member) in members)
        {
            var described = rules["properties"]?[name];
            if (described is null && rules["additionalProperties"] is JsonValue none && none.GetValueKind() == JsonValueKind.False) yield return $"{path}: {name} is not described";
            var own = described ?? (rules["additionalProperties"] as JsonObject);
            if (own is null) continue;
            foreach (var problem in Problems(member, own, document, $"{path}.{name}")) yield return problem;
        }
    }

    private static bool IsOf(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && decimal.IsInteger(value!.GetValue<decimal>())),
        JsonValueKind.Array => type == "array",
        _ => type == "object",
    };

    private static JsonNode? Resolve(string reference, JsonNode document) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, name) => node?[name]) ?? throw new InvalidOperationException($"{reference} leads nowhere.");
}
