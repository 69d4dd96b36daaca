using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Poolhouse.Protocol;

namespace Poolhouse.Tests.Wire;

/// <summary>What must come of a request.</summary>
internal enum Expected
{
    /// <summary>Success, or any error that the operation has.</summary>
    Anything,

    /// <summary>A constraint of the model is broken.</summary>
    InvalidParameter,

    /// <summary>A value has the wrong JSON type.</summary>
    Serialization,
}

/// <summary>One strange request.</summary>
internal sealed record HostileCase(string What, string Body, Expected Expected);

/// <summary>Every member of an operation, at every depth, with everything that it should not be.</summary>
internal sealed class HostileCases(HostileScene scene, OperationModel model)
{
    private const string Placeholder = "@mutant@";

    // Texts are written as they are, so that what the server reads is what stands here.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Deep = string.Concat(Enumerable.Repeat("[", 500)) + string.Concat(Enumerable.Repeat("]", 500));

    private static readonly string[] Texts =
    [
        "", " ", "\u0001", "\u007f\u0085", "\u202eadmin", "a\u200bb", "e\u0301\u0301\u0301", "İıſK", "👩‍👩‍👧", "\ufffe\uffff", "a\r\nb: c", "' or '1'='1' --", "%00%0a",
        "${jndi:ldap://x}", "../../etc/passwd", "<script>alert(1)</script>", "{####}", new('9', 400), "not-a-value-of-this-enumeration", new('a', 70_000), new('漢', 3_000),
    ];

    /// <summary>All of them, in the same order each time.</summary>
    public IEnumerable<HostileCase> All()
    {
        foreach (var site in Sites(model.Input, [], isRequired: true))
            foreach (var hostile in At(site)) yield return hostile;
    }

    private static IEnumerable<Site> Sites(Shape shape, List<Step> path, bool isRequired)
    {
        if (path.Count > 0) yield return new Site(path, shape, isRequired);
        // Shapes may contain themselves; one turn is enough.
        if (path.Count > 7 || path.Count(s => ReferenceEquals(s.Shape, shape)) > 1) yield break;
        var below = shape switch
        {
            StructureShape structure => structure.Members.Select(m => (new Step(m.Name, m.Shape), m.IsRequired)),
            ListShape list => [(new Step("0", list.Item), false)],
            MapShape map => [(new Step("*", map.Value), false)],
            _ => [],
        };
        foreach (var (step, needed) in below)
            foreach (var site in Sites(step.Shape, [.. path, step], needed)) yield return site;
    }

    private IEnumerable<HostileCase> At(Site site)
    {
        var required = site.IsRequired ? Expected.InvalidParameter : Expected.Anything;
        if (Without(site) is { } without) yield return new HostileCase($"{site} missing", without, required);
        foreach (var (raw, expected) in Values(site.Shape, required))
            if (With(site, raw) is { } body) yield return new HostileCase($"{site} = {Short(raw)}", body, expected);
    }

    private IEnumerable<(string Raw, Expected Expected)> Values(Shape shape, Expected ifNull)
    {
        yield return ("null", ifNull);
        yield return (Deep, Expected.Serialization);
        foreach (var raw in (string[])["true", "1", "1.5", "\"text\"", "[]", "{}", "[[[]]]", "{\"a\":{\"b\":[1]}}"])
            if (!Fits(shape, raw)) yield return (raw, Expected.Serialization);
        var own = shape switch
        {
            StringShape text => Strings(text),
            IntegerShape number => Numbers(number.Min, number.Max, int.MinValue, int.MaxValue),
            LongShape number => Numbers(number.Min, number.Max, long.MinValue, long.MaxValue),
            TimestampShape => [("1e300", Expected.Serialization), ("-1", Expected.Anything), (new string('9', 400), Expected.Serialization)],
            BlobShape => [("\"***\"", Expected.Serialization), ("\"\"", Expected.Anything), ($"\"{new string('A', 40_000)}\"", Expected.Anything)],
            ListShape list => Lists(list),
            MapShape map => Maps(map),
            _ => [],
        };
        foreach (var value in own) yield return value;
    }

    private static IEnumerable<(string, Expected)> Strings(StringShape shape)
    {
        yield return ("\"\\ud800\"", Expected.Serialization);
        yield return ("\"a\\u0000b\"", Expected.Serialization);
        var lengths = new[] { shape.Min - 1, shape.Max, shape.Max + 1 }.Where(n => n is >= 0 and < 200_000).Select(n => new string('a', n!.Value));
        foreach (var text in Texts.Concat(lengths).Distinct(StringComparer.Ordinal))
            yield return (JsonSerializer.Serialize(text, Json.Default.String), Scalar.Broken(text, shape).Count > 0 ? Expected.InvalidParameter : Expected.Anything);
    }

    private static IEnumerable<(string, Expected)> Numbers(long? min, long? max, long least, long greatest)
    {
        foreach (var number in new[] { 0, -1, least, greatest, min - 1, max + 1 }.OfType<long>().Distinct())
            yield return (number.ToString(CultureInfo.InvariantCulture), number < min || number > max ? Expected.InvalidParameter : Expected.Anything);
        yield return ("-0", Expected.Anything);
        yield return ("1e2", Expected.Anything);
        yield return ("1e400", Expected.Serialization);
        yield return (new string('9', 400), Expected.Serialization);
        yield return ("0." + new string('1', 400), Expected.Serialization);
    }

    private IEnumerable<(string, Expected)> Lists(ListShape shape)
    {
        yield return ("[null]", Expected.Anything);
        if (shape.Min > 0) yield return ("[]", Expected.InvalidParameter);
        var item = scene.Valid(model.Name, "", shape.Item)?.ToJsonString(Relaxed) ?? "null";
        foreach (var count in new[] { shape.Max + 1, 2_000 }.OfType<int>().Where(c => c < 100_000).Distinct())
            yield return ($"[{string.Join(',', Enumerable.Repeat(item, count))}]", count > shape.Max ? Expected.InvalidParameter : Expected.Anything);
    }

    private IEnumerable<(string, Expected)> Maps(MapShape shape)
    {
        var value = scene.Valid(model.Name, "", shape.Value)?.ToJsonString(Relaxed) ?? "null";
        yield return ("{\"a\":null}", Expected.Anything);
        yield return ($"{{\"\\ud800\":{value}}}", Expected.Serialization);
        foreach (var key in Texts)
            yield return ($"{{{JsonSerializer.Serialize(key, Json.Default.String)}:{value}}}", Scalar.Broken(key, shape.Key).Count > 0 ? Expected.InvalidParameter : Expected.Anything);
        foreach (var count in new[] { shape.Max + 1, 2_000 }.OfType<int>().Where(c => c < 100_000).Distinct())
        {
            yield return (
                $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":{value}"))}}}", count > shape.Max ? Expected.InvalidParameter : Expected.Anything);
        }
    }

    private static bool Fits(Shape shape, string raw) => shape switch
    {
        StringShape => raw[0] == '"',
        // "text" happens to be base64.
        BlobShape => raw[0] == '"',
        IntegerShape or LongShape => raw == "1",
        TimestampShape => raw is "1" or "1.5",
        BooleanShape => raw == "true",
        ListShape => raw == "[]",
        MapShape map when Scalar.IsScalar(map.Value) => raw == "{}",
        MapShape or StructureShape => raw[0] == '{',
        _ => true,
    };

    private string? With(Site site, string raw)
    {
        var root = scene.Base(model);
        return Place(root, site.Path, Placeholder) ? root.ToJsonString(Relaxed).Replace($"\"{Placeholder}\"", raw, StringComparison.Ordinal) : null;
    }

    private string? Without(Site site)
    {
        if (site.Path[^1].Name is "0" or "*") return null;
        var root = scene.Base(model);
        return Place(root, site.Path, null) ? root.ToJsonString(Relaxed) : null;
    }

    /// <summary>Sets or removes the value at a path, making on the way what is not there yet.</summary>
    private bool Place(JsonNode root, IReadOnlyList<Step> path, string? value)
    {
        var at = root;
        for (var i = 0; i < path.Count; i++)
        {
            var (name, shape) = path[i];
            var isLast = i == path.Count - 1;
            switch (at)
            {
                case JsonArray list when isLast:
                    if (list.Count == 0) list.Add(value);
                    else list[0] = value;
                    return true;
                case JsonArray list:
                    at = list[0];
                    break;
                case JsonObject map:
                    var key = name == "*" ? map.FirstOrDefault().Key ?? "a" : name;
                    if (isLast && value is null) map.Remove(key);
                    else if (isLast) map[key] = value;
                    else at = map[key] ??= scene.Valid(model.Name, name, shape);
                    if (isLast) return true;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static string Short(string raw) => raw.Length <= 60 ? raw : new StringBuilder(raw, 0, 50, 64).Append('…').Append(raw.Length).ToString();

    private sealed record Step(string Name, Shape Shape);

    private sealed record Site(IReadOnlyList<Step> Path, Shape Shape, bool IsRequired)
    {
        public override string ToString() => string.Join('.', Path.Select(p => p.Name));
    }
}

/// <summary>Text as JSON.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
