using System.Buffers.Text;
using System.Text;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Tests.Core.Jose;

public sealed class CompactJweTests
{
    private const string OldKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string NewKey = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    // Made by Python's joserfc 1.6.5 with the key HKDF-SHA256(OldKey, info "poolhouse seal RefreshToken").
    private const string Known =
        "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIiwia2lkIjoiNjMwZGNkMjkifQ..-jB-uCyY_jk3zL2h.9yCnRZp_3LpYy1W3QA.Dyb1PT3SwqM_ohx4_B6Heg";

    private readonly CompactJwe jwe = Jwe(OldKey);

    [Fact]
    public void A_token_of_another_implementation_decrypts()
    {
        jwe.TryDecrypt(Known, out var payload).ShouldBeTrue();

        Encoding.UTF8.GetString(payload).ShouldBe("""{"sub":"bob"}""");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1200)]
    [InlineData(2900)]
    public void What_is_encrypted_decrypts(int length)
    {
        var payload = new SystemRandom().Bytes(length);

        var token = jwe.Encrypt(payload);

        token.Split('.').Length.ShouldBe(5);
        token.Split('.')[1].ShouldBeEmpty();
        jwe.TryDecrypt(token, out var clear).ShouldBeTrue();
        clear.ShouldBe(payload);
    }

    [Fact]
    public void The_header_names_its_key() =>
        Encoding.ASCII.GetString(Base64Url.DecodeFromChars(jwe.Encrypt([]).Split('.')[0]))
            .ShouldBe("""{"cty":"JWT","enc":"A256GCM","alg":"dir","kid":"630dcd29"}""");

    [Fact]
    public void A_payload_that_could_not_be_read_again_is_not_encrypted() =>
        Should.Throw<ArgumentException>(() => jwe.Encrypt(new byte[4000]));

    [Fact]
    public void No_character_may_be_altered_or_missing()
    {
        for (var i = 0; i < Known.Length; i++)
        {
            var altered = Known.ToCharArray();
            altered[i] = altered[i] == 'A' ? 'B' : 'A';
            jwe.TryDecrypt(new string(altered), out var payload).ShouldBeFalse($"character {i}");
            payload.ShouldBeEmpty();
            jwe.TryDecrypt(Known.Remove(i, 1), out _).ShouldBeFalse($"character {i}");
        }
    }

    [Fact]
    public void Older_keys_decrypt_and_unknown_ones_do_not()
    {
        Jwe($"{NewKey},{OldKey}").TryDecrypt(Known, out _).ShouldBeTrue();
        Jwe(NewKey).TryDecrypt(Known, out _).ShouldBeFalse();
    }

    [Fact]
    public void Garbage_of_any_size_is_refused()
    {
        var parts = Known.Split('.');
        string?[] hostile =
        [
            null, "", ".", "....", ".....", Known + ".", Known + "=", Known + "\0", Known[..^1], new string('.', 4096), new string('A', 4096),
            new string('A', 5_000_000), Known + new string('A', 5000), $"{parts[0]}.AAAA.{parts[2]}.{parts[3]}.{parts[4]}",
            $"{parts[0]}...{parts[3]}.{parts[4]}", $"{parts[0]}..{parts[2]}.{parts[3]}.", $"{parts[0]}..{parts[2]}AAAA.{parts[3]}.{parts[4]}",
            $"{parts[0]}..{parts[2]}.{parts[3]}.{parts[4][..16]}", $"{Base64Url.EncodeToString("{\"alg\":\"none\"}"u8)}..{parts[2]}.{parts[3]}.{parts[4]}",
            "漢.漢.漢.漢.漢", Rfc7515Key.SigningInput + "." + Rfc7515Key.Signature,
        ];

        foreach (var text in hostile) jwe.TryDecrypt(text, out _).ShouldBeFalse(text);
    }

    private static CompactJwe Jwe(string keys) => new(MasterKeyRing.Parse(keys), new SystemRandom());
}
