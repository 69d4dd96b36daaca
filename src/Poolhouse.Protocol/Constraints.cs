using System.Text.Json;

namespace Poolhouse.Protocol;

/// <summary>
/// Checks a request against its shape in one pass and answers in the service's words. Unknown members are ignored, null is
/// absent but in lists, which hold no nulls. Depth is bounded by the parser that made the element.
/// </summary>
public static class Constraints
{
    // The service reports all; the bounds keep the answer to a hostile request small: many broken items, or a broken
    // structure under a map key of a megabyte.
    private const int MostViolations = 100;
    private const int MostCharacters = 65_536;

    /// <summary>A valid outcome promises that the element deserializes into the shape's record, if no name stands twice in an object.</summary>
    public static ConstraintOutcome Check(JsonElement root, Shape shape)
    {
        var pass = new Pass();
        try
        {
            if (!pass.Check(root, shape, null, shape.IsSensitive))
                return ConstraintOutcome.Malformed.Instance;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair or bytes that are not UTF-8: the parser finds them only when text is read.
            return ConstraintOutcome.Malformed.Instance;
        }
        return pass.Found.Count == 0
            ? ConstraintOutcome.Valid.Instance
            : new ConstraintOutcome.Violations(
                $"{pass.Found.Count} validation {(pass.Found.Count == 1 ? "error" : "errors")} detected: {string.Join("; ", pass.Found)}");
    }

    /// <summary>Where a value stands. Text is made only for a message, so that a long map key costs nothing below it.</summary>
    private sealed record Path(Path? Parent, string Name)
    {
        public override string ToString() => Parent is null ? Name : $"{Parent}.{Name}";
    }

    /// <summary>Each method returns false for a wrong JSON type.</summary>
    private sealed class Pass
    {
        private int _characters;

        public List<string> Found { get; } = [];

        private bool IsFull => Found.Count >= MostViolations || _characters >= MostCharacters;

        public bool Check(JsonElement value, Shape shape, Path? path, bool isSensitive)
        {
            // The request is refused already; what else is wrong with it no longer matters.
            if (IsFull)
                return true;
            switch (shape)
            {
                case StructureShape structure:
                    return CheckStructure(value, structure, path, isSensitive);
                case ListShape list:
                    return CheckList(value, list, path, isSensitive);
                case MapShape map:
                    return CheckMap(value, map, path, isSensitive);
                case StringShape text:
                    if (Scalar.TextOf(value) is not { } read)
                        return false;
                    foreach (var constraint in Scalar.Broken(read, text))
                        Report(constraint, path, isSensitive ? null : Scalar.Show(value, shape));
                    return true;
                default:
                    if (!Scalar.IsWellFormed(value, shape))
                        return false;
                    foreach (var constraint in Scalar.Broken(value, shape))
                        Report(constraint, path, isSensitive ? null : Scalar.Show(value, shape));
                    return true;
            }
        }

        private bool CheckStructure(JsonElement value, StructureShape shape, Path? path, bool isSensitive)
        {
            if (value.ValueKind != JsonValueKind.Object)
                return false;
            var members = shape.Members;
            var values = new JsonElement[members.Count];
            foreach (var property in value.EnumerateObject())
                if (shape.Index.TryGetValue(property.Name, out var position))
                    values[position] = property.Value;

            // Undocumented; found 2026-11 in published recordings: SignUp names password before username, AdminAddUserToGroup
            // groupName before username, both without "null" where sensitive. So the model's last member comes first. To see
            // it again, send either without those members.
            for (var i = members.Count - 1; i >= 0; i--)
            {
                var member = members[i];
                var isAbsent = IsAbsent(values[i]);
                if (isAbsent && !member.IsRequired)
                    continue;
                var isHidden = isSensitive || member.Shape.IsSensitive;
                var memberPath = new Path(path, member.PathName);
                if (isAbsent)
                    Report("Member must not be null", memberPath, isHidden ? null : " null");
                else if (!Check(values[i], member.Shape, memberPath, isHidden))
                    return false;
            }
            return true;
        }

        private bool CheckList(JsonElement value, ListShape shape, Path? path, bool isSensitive)
        {
            if (value.ValueKind != JsonValueKind.Array)
                return false;
            var isHidden = isSensitive || shape.Item.IsSensitive;
            if (Scalar.IsScalar(shape.Item))
            {
                var items = Present(value.EnumerateArray());
                if (items.Count < value.GetArrayLength())
                    Report("Member must satisfy constraint: [Member must not be null]", path, null);
                if (!items.TrueForAll(item => Scalar.IsWellFormed(item, shape.Item)))
                    return false;
                // One broken item is told with the whole list and with every constraint of its items.
                if (items.Exists(item => Scalar.Broken(item, shape.Item).Count > 0))
                    Report($"Member must satisfy constraint: [{string.Join(", ", Scalar.All(shape.Item))}]", path, isHidden ? null : Scalar.Show(items));
                CheckSize(value.GetArrayLength(), shape.Min, shape.Max, path, () => isHidden ? null : Scalar.Show(items));
                return true;
            }

            CheckSize(value.GetArrayLength(), shape.Min, shape.Max, path, static () => null);
            var number = 0;
            foreach (var item in value.EnumerateArray())
            {
                number++;
                var itemPath = new Path(path, $"{number}.member");
                if (IsAbsent(item))
                    Report("Member must not be null", itemPath, isHidden ? null : " null");
                else if (!Check(item, shape.Item, itemPath, isHidden))
                    return false;
            }
            return true;
        }

        private bool CheckMap(JsonElement value, MapShape shape, Path? path, bool isSensitive)
        {
            if (value.ValueKind != JsonValueKind.Object)
                return false;
            var isHidden = isSensitive || shape.Key.IsSensitive || shape.Value.IsSensitive;
            // Each name once, the last value: what a map keeps.
            var entries = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var property in value.EnumerateObject())
                entries[property.Name] = property.Value;

            var isScalar = Scalar.IsScalar(shape.Value);
            string? Shown() => isHidden || !isScalar ? null : Scalar.Show(entries);
            if (entries.Keys.Any(key => Scalar.Broken(key, shape.Key).Count > 0))
                Report($"Map keys must satisfy constraint: [{string.Join(", ", Scalar.All(shape.Key))}]", path, Shown());
            if (isScalar)
            {
                var values = Present(entries.Values);
                if (!values.TrueForAll(item => Scalar.IsWellFormed(item, shape.Value)))
                    return false;
                if (values.Exists(item => Scalar.Broken(item, shape.Value).Count > 0))
                    Report($"Map value must satisfy constraint: [{string.Join(", ", Scalar.All(shape.Value))}]", path, Shown());
            }
            CheckSize(entries.Count, shape.Min, shape.Max, path, Shown);
            return isScalar || entries.All(entry =>
                IsAbsent(entry.Value) || Check(entry.Value, shape.Value, new Path(new Path(path, entry.Key), "member"), isHidden));
        }

        private void CheckSize(int size, int? min, int? max, Path? path, Func<string?> shown)
        {
            if (size > max)
                Report($"Member must have length less than or equal to {max}", path, shown());
            if (size < min)
                Report($"Member must have length greater than or equal to {min}", path, shown());
        }

        /// <param name="shown">What follows the word "Value", with its space; null leaves it out.</param>
        private void Report(string constraint, Path? path, string? shown)
        {
            if (IsFull)
                return;
            Found.Add($"Value{shown} at '{path}' failed to satisfy constraint: {constraint}");
            _characters += Found[^1].Length;
        }

        private static List<JsonElement> Present(IEnumerable<JsonElement> values) => [.. values.Where(value => !IsAbsent(value))];

        private static bool IsAbsent(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
    }
}
