using System.Text.Json;
using System.Text.Json.Serialization;

namespace Poolhouse.Protocol;

/// <summary>
/// Times as JSON numbers: seconds since 1970 with a fraction of milliseconds (<c>1790257791.224</c>), no fraction when the
/// second is whole. Clients refuse a string.
/// </summary>
public sealed class EpochSecondsConverter : JsonConverter<DateTimeOffset>
{
    private static readonly decimal Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds() / 1000m;
    private static readonly decimal Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / 1000m;

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var seconds) && IsInRange(seconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000m))
            : throw new JsonException("A time is a number of seconds since 1970.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        var milliseconds = value.ToUnixTimeMilliseconds();
        if (milliseconds % 1000 == 0)
            writer.WriteNumberValue(milliseconds / 1000);
        else
            writer.WriteNumberValue(milliseconds / 1000m);
    }

    internal static bool IsInRange(decimal seconds) => seconds >= Earliest && seconds <= Latest;
}
