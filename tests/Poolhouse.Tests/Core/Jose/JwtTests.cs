using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Tests.Core.Jose;

public sealed class JwtTests
{
    private static readonly SigningKey Key = Rfc7515Key.Load();
    private static readonly string Token = Jwt.Sign(Key, """{"sub":"bob"}"""u8);

    [Fact]
    public void The_header_is_exactly_that_of_Cognito() =>
        Encoding.ASCII.GetString(Base64Url.DecodeFromChars(Token.Split('.')[0])).ShouldBe($$"""{"kid":"{{Key.KeyId}}","alg":"RS256"}""");

    [Fact]
    public void A_signed_token_verifies_and_keeps_its_payload()
    {
        Jwt.TryParse(Token, out var parts).ShouldBeTrue();

        parts.KeyId.ShouldBe(Key.KeyId);
        Encoding.UTF8.GetString(parts.Payload.Span).ShouldBe("""{"sub":"bob"}""");
        Jwt.Verify(Key.PublicKey, parts).ShouldBeTrue();
    }

    [Fact]
    public void Another_key_does_not_verify_it_even_under_the_same_id()
    {
        var other = SigningKey.Create();
        Jwt.TryParse(Token, out var parts).ShouldBeTrue();

        Jwt.Verify(other.PublicKey, parts!).ShouldBeFalse();
        Jwt.Verify(other.PublicKey, parts! with { KeyId = other.KeyId }).ShouldBeFalse();
    }

    [Fact]
    public void No_character_may_be_altered()
    {
        for (var i = 0; i < Token.Length; i++)
        {
            var altered = Token.ToCharArray();
            altered[i] = altered[i] == 'A' ? 'B' : 'A';
            var isAccepted = Jwt.TryParse(new string(altered), out var parts) && Jwt.Verify(Key.PublicKey, parts);
            isAccepted.ShouldBeFalse($"character {i}");
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"K"}""")]
    [InlineData("""{"alg":"None","kid":"K"}""")]
    [InlineData("""{"alg":"HS256","kid":"K"}""")]
    [InlineData("""{"alg":"PS256","kid":"K"}""")]
    [InlineData("""{"alg":"rs256","kid":"K"}""")]
    [InlineData("""{"alg":"RS256 ","kid":"K"}""")]
    [InlineData("""{"alg":["RS256"],"kid":"K"}""")]
    [InlineData("""{"alg":null,"kid":"K"}""")]
    [InlineData("""{"kid":"K"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"RS256","kid":""}""")]
    [InlineData("""{"alg":"RS256","kid":7}""")]
    [InlineData("""{"alg":"RS256","alg":"none","kid":"K"}""")]
    [InlineData("""{"alg":"RS256","kid":"K","kid":"L"}""")]
    [InlineData("""{"alg":"RS256","kid":"K","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"RS256","kid":"K"} {}""")]
    [InlineData("""{"alg":"RS256","kid":"K",}""")]
    [InlineData("""{"alg":"RS256","kid":"K" """)]
    [InlineData("""["alg","RS256"]""")]
    [InlineData("null")]
    [InlineData("")]
    public void A_header_that_is_not_plain_RS256_is_refused(string header) =>
        Jwt.TryParse(WithHeader(Encoding.UTF8.GetBytes(header)), out _).ShouldBeFalse();

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"K","typ":"JWT"}""")]
    [InlineData("""{"jwk":{"kty":"RSA","alg":"none"},"kid":"K","jku":"https://evil.example","alg":"RS256"}""")]
    [InlineData("""{"\u0061lg":"RS256","kid":"K"}""")]
    public void Members_that_name_other_keys_are_not_looked_at(string header)
    {
        Jwt.TryParse(WithHeader(Encoding.UTF8.GetBytes(header)), out var parts).ShouldBeTrue();

        parts.KeyId.ShouldBe("K");
    }

    [Fact]
    public void A_MAC_by_the_public_key_is_not_a_signature()
    {
        var input = WithHeader("""{"alg":"HS256","kid":"K"}"""u8)[..^5];
        var mac = HMACSHA256.HashData(Encoding.ASCII.GetBytes(Key.PublicKey.Modulus), Encoding.ASCII.GetBytes(input));

        Jwt.TryParse($"{input}.{Base64Url.EncodeToString(mac)}", out _).ShouldBeFalse();
    }

    [Fact]
    public void Text_that_is_no_token_is_refused()
    {
        var parts = Token.Split('.');
        string?[] hostile =
        [
            null, "", ".", "..", "...", "a.b", "a.b.c", Token + ".", "." + Token, Token + "=", Token + "\n", " " + Token, Token + ".x",
            $"{parts[0]}.{parts[1]}.", $"{parts[0]}..{parts[2]}", $"{parts[0]}=.{parts[1]}.{parts[2]}", Token.Replace('.', ','),
            WithHeader([0xFF, 0xFE, 0x7B]), WithHeader([.. """{"alg":"RS256","kid":"""u8, (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}']),
            WithHeader(Encoding.ASCII.GetBytes(new string('[', 900))), new string('a', Jwt.MaxLength + 1), new string('.', 30_000),
            $"{parts[0]}.{parts[1]}.{parts[2][..^1]}é",
        ];

        foreach (var text in hostile) Jwt.TryParse(text, out _).ShouldBeFalse(text);
    }

    [Fact]
    public void Stray_bits_in_the_last_character_are_refused()
    {
        // 256 bytes end in a character of which only two bits count: the others must be zero.
        var last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(Token[^1]);
        var stray = Token[..^1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last + 1];

        Jwt.TryParse(stray, out _).ShouldBeFalse();
    }

    [Fact]
    public void Many_threads_may_sign_and_verify_at_once() =>
        Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8)
            .All(i => Jwt.TryParse(Jwt.Sign(Key, Encoding.ASCII.GetBytes($"{{\"i\":{i}}}")), out var parts) && Jwt.Verify(Key.PublicKey, parts))
            .ShouldBeTrue();

    private static string WithHeader(ReadOnlySpan<byte> header) => Base64Url.EncodeToString(header) + ".e30.c2ln";
}
