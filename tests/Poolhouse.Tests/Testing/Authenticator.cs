using Poolhouse.Core.Totp;

namespace Poolhouse.Tests.Testing;

/// <summary>A person's authenticator app.</summary>
public sealed class Authenticator(string secretCode)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly byte[] secret = Decode(secretCode);

    /// <summary>The code of now, or of a later or earlier step. The server takes one step each way.</summary>
    public string Code(int steps = 0) => TimeBasedCode.Of(secret, TimeBasedCode.StepOf(DateTimeOffset.UtcNow) + steps);

    /// <summary>A code that is wrong for every step the server takes.</summary>
    public string WrongCode() => new[] { "000000", "000001", "000002", "000003", "000004", "000005", "000006" }
        .First(code => !Enumerable.Range(-3, 7).Select(Code).Contains(code));

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString(Alphabet.IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
