using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Poolhouse.Storage.Json;

/// <summary>
/// Reads documents that an older version may have written. The source generator sets init-only members that are missing to
/// null or zero, not to what their initializer says; so what is missing is taken from a document of the defaults first.
/// </summary>
internal sealed class StoredDocument<T>(JsonTypeInfo<T> type, T defaults)
{
    private readonly string defaultText = JsonSerializer.Serialize(defaults, type);

    /// <summary>The document as text.</summary>
    public string Write(T value) => JsonSerializer.Serialize(value, type);

    /// <summary>The value; members that the text lacks have their defaults.</summary>
    public T Read(string text)
    {
        using var stored = JsonDocument.Parse(text);
        using var known = JsonDocument.Parse(defaultText);
        if (IsComplete(stored.RootElement, known.RootElement)) return stored.RootElement.Deserialize(type)!;

        var merged = JsonNode.Parse(text)!.AsObject();
        Complete(merged, JsonNode.Parse(defaultText)!.AsObject());
        return merged.Deserialize(type)!;
    }

    private static bool IsComplete(JsonElement stored, JsonElement known)
    {
        foreach (var member in known.EnumerateObject())
        {
            if (!stored.TryGetProperty(member.Name, out var value)) return false;
            if (value.ValueKind == JsonValueKind.Object && member.Value.ValueKind == JsonValueKind.Object && !IsComplete(value, member.Value))
                return false;
        }

        return true;
    }

    private static void Complete(JsonObject stored, JsonObject known)
    {
        foreach (var (name, value) in known)
        {
            if (!stored.TryGetPropertyValue(name, out var present)) stored.Add(name, value?.DeepClone());
            else if (present is JsonObject inner && value is JsonObject innerKnown) Complete(inner, innerKnown);
        }
    }
}
