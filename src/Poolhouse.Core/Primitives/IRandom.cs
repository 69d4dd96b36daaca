namespace Poolhouse.Core.Primitives;

/// <summary>The one source of randomness; development mode and tests may replace it by a repeatable one.</summary>
public interface IRandom
{
    /// <summary>Fills the span with unpredictable bytes.</summary>
    void Fill(Span<byte> bytes);

    /// <summary>A whole number, uniform over 0 to <paramref name="exclusiveMax"/> − 1.</summary>
    int Next(int exclusiveMax);
}

/// <summary>What is built from random bytes.</summary>
public static class RandomExtensions
{
    /// <summary>A fresh array of <paramref name="count"/> bytes.</summary>
    public static byte[] Bytes(this IRandom random, int count)
    {
        var bytes = new byte[count];
        random.Fill(bytes);
        return bytes;
    }

    /// <summary>A version 4 UUID (RFC 9562 §5.4).</summary>
    public static Guid Uuid(this IRandom random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A version 4 UUID in its 36-character text form, lower case.</summary>
    public static string UuidText(this IRandom random) => random.Uuid().ToString("D");

    /// <summary>Decimal digits, uniform over the whole range, leading zeros kept.</summary>
    public static string Digits(this IRandom random, int count) => random.Text(count, "0123456789");

    /// <summary>Text of <paramref name="count"/> characters, each uniform over <paramref name="alphabet"/>.</summary>
    public static string Text(this IRandom random, int count, string alphabet) =>
        string.Create(count, (random, alphabet), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = state.alphabet[state.random.Next(state.alphabet.Length)];
        });
}
