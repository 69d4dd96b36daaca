namespace Poolhouse.Core.Totp;

/// <summary>RFC 4648 §6, upper case, without padding: the form in which authenticator apps take a secret.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The bytes as text.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        var (buffer, bits, length) = (0, 0, 0);
        foreach (var octet in bytes)
        {
            buffer = ((buffer << 8) | octet) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5) text[length++] = Alphabet[(buffer >> (bits - 5)) & 31];
        }

        if (bits > 0) text[length] = Alphabet[(buffer << (5 - bits)) & 31];
        return new string(text);
    }
}
