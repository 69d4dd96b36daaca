using System.Globalization;
using System.Text.Json;

namespace Poolhouse.Protocol;

/// <summary>The values that hold no others: their JSON types, their constraints and how messages show them.</summary>
internal static class Scalar
{
    public static bool IsScalar(Shape shape) => shape is not (StructureShape or ListShape or MapShape);

    /// <summary>A string's text; null for another type. Reading it is what finds broken escapes.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsWellFormed(JsonElement value, Shape shape) => shape switch
    {
        StringShape => TextOf(value) is not null,
        IntegerShape => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        LongShape => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        BooleanShape => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        TimestampShape => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var seconds) && EpochSecondsConverter.IsInRange(seconds),
        BlobShape => value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out _),
        _ => true,
    };

    /// <summary>The constraints that a well-formed value breaks, length before pattern.</summary>
    public static IReadOnlyList<string> Broken(JsonElement value, Shape shape) => shape switch
    {
        StringShape text => Broken(value.GetString()!, text),
        IntegerShape number => OutOfRange(value.GetInt32(), number.Min, number.Max, "value"),
        LongShape number => OutOfRange(value.GetInt64(), number.Min, number.Max, "value"),
        BlobShape bytes => OutOfRange(value.GetBytesFromBase64().Length, bytes.Min, bytes.Max, "length"),
        _ => [],
    };

    /// <inheritdoc cref="Broken(JsonElement, Shape)" />
    public static IReadOnlyList<string> Broken(string value, StringShape shape)
    {
        var broken = OutOfRange(value.Length, shape.Min, shape.Max, "length");
        if (shape.Pattern is { } pattern && !pattern.Matches(value))
            broken.Add(PatternConstraint(pattern));
        if (shape.Values.Count > 0 && !shape.Values.Contains(value))
            broken.Add(EnumConstraint(shape));
        return broken;
    }

    /// <summary>Every constraint of a shape, as lists and maps repeat them: greatest, least, pattern, values.</summary>
    public static IReadOnlyList<string> All(Shape shape)
    {
        var all = new List<string>();
        var (min, max, measure) = shape switch
        {
            StringShape text => (text.Min, (long?)text.Max, "length"),
            BlobShape bytes => (bytes.Min, bytes.Max, "length"),
            IntegerShape number => (number.Min, number.Max, "value"),
            LongShape number => (number.Min, number.Max, "value"),
            _ => ((long?)null, null, ""),
        };
        if (max is { } most)
            all.Add(AtMost(measure, most));
        if (min is { } least)
            all.Add(AtLeast(measure, least));
        if (shape is StringShape { Pattern: { } pattern })
            all.Add(PatternConstraint(pattern));
        if (shape is StringShape { Values.Count: > 0 } values)
            all.Add(EnumConstraint(values));
        return all;
    }

    /// <summary>What follows the word "Value"; null for bytes, which Java would show as an object's name.</summary>
    public static string? Show(JsonElement value, Shape shape) => shape is BlobShape ? null : $" '{Plain(value)}'";

    /// <summary>As Java prints a list.</summary>
    public static string Show(IEnumerable<JsonElement> values) => $" '[{string.Join(", ", values.Select(Plain))}]'";

    /// <summary>As Java prints a map.</summary>
    public static string Show(IReadOnlyDictionary<string, JsonElement> values) =>
        $" '{{{string.Join(", ", values.Select(entry => $"{entry.Key}={Plain(entry.Value)}"))}}}'";

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static List<string> OutOfRange(long value, long? min, long? max, string measure) =>
        value < min ? [AtLeast(measure, min.Value)] : value > max ? [AtMost(measure, max.Value)] : [];

    private static string AtLeast(string measure, long min) =>
        string.Create(CultureInfo.InvariantCulture, $"Member must have {measure} greater than or equal to {min}");

    private static string AtMost(string measure, long max) =>
        string.Create(CultureInfo.InvariantCulture, $"Member must have {measure} less than or equal to {max}");

    private static string PatternConstraint(Pattern pattern) => $"Member must satisfy regular expression pattern: {pattern.Text}";

    private static string EnumConstraint(StringShape shape) => $"Member must satisfy enum value set: [{string.Join(", ", shape.Values)}]";
}
