using System.Security.Cryptography;
using Poolhouse.Core.Accounts.Kyc;

namespace Poolhouse.Tests.Account.Kyc;

public sealed class FileCipherTests
{
    private const int Chunk = (64 * 1024) + 16;

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(FileCipher.KeyLength);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((64 * 1024) - 1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(200_000)]
    public void What_was_sealed_opens(int length)
    {
        var clear = RandomNumberGenerator.GetBytes(length);

        var file = FileCipher.Encrypt(clear, Key);

        FileCipher.Decrypt(file, Key).ShouldBe(clear);
        FileCipher.Decrypt(file, RandomNumberGenerator.GetBytes(FileCipher.KeyLength)).ShouldBeNull();
        if (length > 100) file.AsSpan().IndexOf(clear.AsSpan(0, 32)).ShouldBe(-1);
    }

    [Fact]
    public void Cut_extended_reordered_or_changed_it_does_not_open()
    {
        var file = FileCipher.Encrypt(new byte[200_000], Key);
        byte[] first = file[1..(1 + Chunk)], second = file[(1 + Chunk)..(1 + (2 * Chunk))], rest = file[(1 + (2 * Chunk))..];
        byte[][] wrong =
        [
            [], [1], file[..1], file[..(1 + Chunk)], file[..(1 + (2 * Chunk))], file[..^1], [.. file, 0],
            [1, .. second, .. first, .. rest], [1, .. first, .. first, .. second, .. rest], [1, .. second, .. rest], [1, .. rest], [2, .. file[1..]],
        ];

        foreach (var one in wrong) FileCipher.Decrypt(one, Key).ShouldBeNull($"{one.Length} bytes");
        for (var i = 0; i < file.Length; i += 4_999)
        {
            var changed = (byte[])file.Clone();
            changed[i] ^= 0x40;
            FileCipher.Decrypt(changed, Key).ShouldBeNull($"byte {i}");
        }
    }
}
