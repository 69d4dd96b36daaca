using System.Collections.Frozen;

namespace Poolhouse.Protocol;

/// <summary>What the service model allows a value to be. A closed set: the cases are in this file.</summary>
public abstract class Shape
{
    private protected Shape(bool isSensitive) => IsSensitive = isSensitive;

    /// <summary>The value, and all below it, must not be repeated in a message.</summary>
    public bool IsSensitive { get; }
}

/// <summary>A string; length in UTF-16 units, as Java counts.</summary>
public sealed class StringShape(int? min = null, int? max = null, string? pattern = null, IReadOnlyList<string>? values = null, bool isSensitive = false)
    : Shape(isSensitive)
{
    internal static readonly StringShape Plain = new();

    /// <summary>Least length; null for none.</summary>
    public int? Min { get; } = min;

    /// <summary>Greatest length; null for none.</summary>
    public int? Max { get; } = max;

    /// <summary>The pattern that the whole value must match; null for none.</summary>
    public Pattern? Pattern { get; } = pattern is null ? null : new Pattern(pattern);

    /// <summary>The values of an enumeration, in the model's order; empty when it is none.</summary>
    public IReadOnlyList<string> Values { get; } = values ?? [];
}

/// <summary>A number without fraction in the range of <see cref="int"/>.</summary>
public sealed class IntegerShape(int? min = null, int? max = null) : Shape(false)
{
    internal static readonly IntegerShape Plain = new();

    /// <summary>Least value; null for none.</summary>
    public int? Min { get; } = min;

    /// <summary>Greatest value; null for none.</summary>
    public int? Max { get; } = max;
}

/// <summary>A number without fraction in the range of <see cref="long"/>.</summary>
public sealed class LongShape(long? min = null, long? max = null) : Shape(false)
{
    internal static readonly LongShape Plain = new();

    /// <summary>Least value; null for none.</summary>
    public long? Min { get; } = min;

    /// <summary>Greatest value; null for none.</summary>
    public long? Max { get; } = max;
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class BooleanShape() : Shape(false)
{
    internal static readonly BooleanShape Plain = new();
}

/// <summary>Epoch seconds as a number.</summary>
public sealed class TimestampShape() : Shape(false)
{
    internal static readonly TimestampShape Plain = new();
}

/// <summary>Bytes as a string of base64; length in bytes.</summary>
public sealed class BlobShape(int? min = null, int? max = null) : Shape(false)
{
    internal static readonly BlobShape Plain = new();

    /// <summary>Least length in bytes; null for none.</summary>
    public int? Min { get; } = min;

    /// <summary>Greatest length in bytes; null for none.</summary>
    public int? Max { get; } = max;
}

/// <summary>Any JSON value.</summary>
public sealed class DocumentShape() : Shape(false);

/// <summary>A list. The item is a function because shapes may contain themselves.</summary>
public sealed class ListShape(Func<Shape> item, int? min = null, int? max = null, bool isSensitive = false) : Shape(isSensitive)
{
    private readonly Lazy<Shape> _item = new(item);

    /// <summary>What each item is.</summary>
    public Shape Item => _item.Value;

    /// <summary>Least number of items; null for none.</summary>
    public int? Min { get; } = min;

    /// <summary>Greatest number of items; null for none.</summary>
    public int? Max { get; } = max;
}

/// <summary>A map with string keys.</summary>
public sealed class MapShape(Func<StringShape> key, Func<Shape> value, int? min = null, int? max = null, bool isSensitive = false) : Shape(isSensitive)
{
    private readonly Lazy<StringShape> _key = new(key);
    private readonly Lazy<Shape> _value = new(value);

    /// <summary>What each key is.</summary>
    public StringShape Key => _key.Value;

    /// <summary>What each value is.</summary>
    public Shape Value => _value.Value;

    /// <summary>Least number of entries; null for none.</summary>
    public int? Min { get; } = min;

    /// <summary>Greatest number of entries; null for none.</summary>
    public int? Max { get; } = max;
}

/// <summary>A structure. The members are a function because shapes may contain themselves.</summary>
public sealed class StructureShape(Func<IReadOnlyList<StructureMember>> members, bool isSensitive = false) : Shape(isSensitive)
{
    private readonly Lazy<IReadOnlyList<StructureMember>> _members = new(members);
    private FrozenDictionary<string, int>? _index;

    /// <summary>In the model's order.</summary>
    public IReadOnlyList<StructureMember> Members => _members.Value;

    /// <summary>Position in <see cref="Members"/> by wire name. Two threads may both build it; the results are equal.</summary>
    internal FrozenDictionary<string, int> Index =>
        _index ??= Members.Select((member, position) => (member.Name, position)).ToFrozenDictionary(p => p.Name, p => p.position, StringComparer.Ordinal);
}

/// <summary>A member of a structure.</summary>
/// <param name="Name">Wire name.</param>
/// <param name="Shape">What it is.</param>
/// <param name="IsRequired">Whether it may be absent or null.</param>
public sealed record StructureMember(string Name, Shape Shape, bool IsRequired = false)
{
    /// <summary>How messages name it: the first letter in lower case.</summary>
    internal string PathName { get; } = char.ToLowerInvariant(Name[0]) + Name[1..];
}
