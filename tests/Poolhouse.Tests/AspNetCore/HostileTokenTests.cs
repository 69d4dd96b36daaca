using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Poolhouse.AspNetCore;
using Poolhouse.AspNetCore.Tokens;

namespace Poolhouse.Tests.AspNetCore;

/// <summary>Tokens that nobody should take. Past failures, group D: algorithm confusion (29), other clients' tokens (33).</summary>
public sealed class HostileTokenTests
{
    private const string Header = """{"kid":"first","alg":"RS256"}""";

    // By name, so that a failing case says which it is.
    private static readonly Dictionary<string, Func<StandInPool, string>> Cases = new()
    {
        ["nothing"] = _ => "",
        ["words"] = _ => "not a token",
        ["not ASCII"] = pool => pool.Token() + "é",
        ["two parts"] = pool => pool.Token()[..pool.Token().LastIndexOf('.')],
        ["four parts"] = pool => pool.Token() + ".YQ",
        ["no signature"] = pool => pool.Token()[..(pool.Token().LastIndexOf('.') + 1)],
        ["huge"] = pool => pool.Token(claims => claims["x"] = new string('x', 40_000)),
        ["padding"] = pool => pool.Token() + "==",
        ["a newline"] = pool => pool.Token() + "\n",
        ["plain base64 alphabet"] = pool => pool.Token().Replace('-', '+').Replace('_', '/') + "+",
        ["alg none without signature"] = pool => StandInPool.Encode("""{"kid":"first","alg":"none"}""") + "." + Payload(pool) + ".",
        ["alg none with signature"] = pool => StandInPool.Sign("""{"kid":"first","alg":"none"}""", Claims(pool), StandInPool.First),
        ["alg None"] = pool => StandInPool.Sign("""{"kid":"first","alg":"nOnE"}""", Claims(pool), StandInPool.First),
        ["alg rs256"] = pool => StandInPool.Sign("""{"kid":"first","alg":"rs256"}""", Claims(pool), StandInPool.First),
        ["alg RS512"] = pool => StandInPool.Sign("""{"kid":"first","alg":"RS512"}""", Claims(pool), StandInPool.First),
        ["alg as a list"] = pool => StandInPool.Sign("""{"kid":"first","alg":["RS256"]}""", Claims(pool), StandInPool.First),
        ["no alg"] = pool => StandInPool.Sign("""{"kid":"first"}""", Claims(pool), StandInPool.First),
        ["HS256 with the public key"] = pool => Hmac(pool, StandInPool.First.ExportSubjectPublicKeyInfoPem()),
        ["HS256 with the modulus"] = pool => Hmac(pool, Base64Url.EncodeToString(StandInPool.First.ExportParameters(false).Modulus)),
        ["two algs"] = pool => StandInPool.Sign("""{"alg":"none","kid":"first","alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["two algs, one escaped"] = pool => StandInPool.Sign("""{"\u0061lg":"none","kid":"first","alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["two kids"] = pool => StandInPool.Sign("""{"kid":"second","kid":"first","alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["crit"] = pool => StandInPool.Sign("""{"kid":"first","alg":"RS256","crit":["exp"],"exp":1}""", Claims(pool), StandInPool.First),
        ["crit of nothing"] = pool => StandInPool.Sign("""{"kid":"first","alg":"RS256","crit":[]}""", Claims(pool), StandInPool.First),
        ["no kid"] = pool => StandInPool.Sign("""{"alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["kid as a number"] = pool => StandInPool.Sign("""{"kid":1,"alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["kid as a path"] = pool => StandInPool.Sign("""{"kid":"../../../dev/null","alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["kid as an address"] = pool => StandInPool.Sign($$"""{"kid":"{{pool.Url}}/keys","alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["kid as SQL"] = pool => StandInPool.Sign("""{"kid":"x' or '1'='1","alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["kid too long"] = pool => StandInPool.Sign($$"""{"kid":"{{new string('k', 129)}}","alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["kid of half a character"] = pool => StandInPool.Sign("""{"kid":"\ud800","alg":"RS256"}""", Claims(pool), StandInPool.First),
        ["its own key in the header"] = pool => StandInPool.Sign(WithOwnKey(), Claims(pool), StandInPool.Second),
        ["an address for keys in the header"] = pool =>
            StandInPool.Sign($$"""{"kid":"first","alg":"RS256","jku":"{{pool.Url}}/keys"}""", Claims(pool), StandInPool.Second),
        ["header as a list"] = pool => StandInPool.Sign("[]", Claims(pool), StandInPool.First),
        ["header with a comment"] = pool => StandInPool.Sign("""{"kid":"first","alg":"RS256"}/**/""", Claims(pool), StandInPool.First),
        ["header too deep"] = pool => StandInPool.Sign("{\"x\":" + new string('[', 100) + new string(']', 100) + ",\"kid\":\"first\",\"alg\":\"RS256\"}", Claims(pool), StandInPool.First),
        ["another's signature"] = pool => pool.Token(key: StandInPool.Second),
        ["another's payload"] = pool => string.Join('.', pool.Token().Split('.')[0], Payload(pool, "bob"), pool.Token().Split('.')[2]),
        ["claims as a list"] = _ => StandInPool.Sign(Header, "[]", StandInPool.First),
        ["claims as null"] = _ => StandInPool.Sign(Header, "null", StandInPool.First),
        ["claims that are not JSON"] = _ => StandInPool.Sign(Header, "{", StandInPool.First),
        ["claims too deep"] = pool => StandInPool.Sign(Header, Claims(pool)[..^1] + ",\"x\":" + new string('[', 5000) + new string(']', 5000) + "}", StandInPool.First),
        ["two issuers"] = pool => StandInPool.Sign(Header, Claims(pool)[..^1] + ",\"iss\":\"https://evil.example\"}", StandInPool.First),
        ["two times"] = pool => StandInPool.Sign(Header, Claims(pool)[..^1] + ",\"exp\":9999999999}", StandInPool.First),
        ["no exp"] = pool => pool.Token(claims => claims.Remove("exp")),
        ["exp as text"] = pool => pool.Token(claims => claims["exp"] = "9999999999"),
        ["exp negative"] = pool => pool.Token(claims => claims["exp"] = -1),
        ["exp 1e400"] = pool => WithExp(pool, "1e400"),
        ["exp 1e3"] = pool => WithExp(pool, "1e3"),
        ["exp with a fraction"] = pool => WithExp(pool, "9999999999.5"),
        ["exp beyond all dates"] = pool => WithExp(pool, "9223372036854775807"),
        ["exp as null"] = pool => WithExp(pool, "null"),
        ["exp as a list"] = pool => WithExp(pool, "[9999999999]"),
        ["nbf as text"] = pool => pool.Token(claims => claims["nbf"] = "0"),
        ["nbf later"] = pool => pool.Token(claims => claims["nbf"] = claims["iat"]!.GetValue<long>() + 60),
        ["iat later"] = pool => pool.Token(claims => claims["iat"] = claims["iat"]!.GetValue<long>() + 60),
        ["iat negative"] = pool => pool.Token(claims => claims["iat"] = -5),
        ["no issuer"] = pool => pool.Token(claims => claims.Remove("iss")),
        ["another issuer"] = pool => pool.Token(claims => claims["iss"] = pool.Url + "/us-east-1_Other"),
        ["issuer with a slash"] = pool => pool.Token(claims => claims["iss"] = pool.Authority + "/"),
        ["issuer in capitals"] = pool => pool.Token(claims => claims["iss"] = pool.Authority.ToUpperInvariant()),
        ["issuer as a list"] = pool => pool.Token(claims => claims["iss"] = new JsonArray(pool.Authority)),
        ["an ID token"] = pool => pool.Token(claims => claims["token_use"] = "id"),
        ["no token_use"] = pool => pool.Token(claims => claims.Remove("token_use")),
        ["another client"] = pool => pool.Token(claims => claims["client_id"] = "another"),
        ["no client"] = pool => pool.Token(claims => claims.Remove("client_id")),
        ["clients as a list"] = pool => pool.Token(claims => claims["client_id"] = new JsonArray(StandInPool.Client)),
        ["bound to another API"] = pool => pool.Token(claims => claims["aud"] = "https://other.example"),
        ["aud as a list"] = pool => pool.Token(claims => claims["aud"] = new JsonArray(StandInPool.Client)),
        ["no sub"] = pool => pool.Token(claims => claims.Remove("sub")),
        ["sub as a number"] = pool => pool.Token(claims => claims["sub"] = 1),
        ["empty sub"] = pool => pool.Token(claims => claims["sub"] = ""),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused(string name)
    {
        await using var pool = await StandInPool.StartAsync();
        var verifier = Verifier(pool);

        var (claims, refusal) = await verifier.VerifyAsync(Cases[name](pool).AsMemory(), TestContext.Current.CancellationToken);

        claims.ShouldBeNull();
        refusal.ShouldNotBe(TokenRefusal.None);
        refusal.ShouldNotBe(TokenRefusal.PoolUnavailable);
        pool.UserCalls.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_with_any_character_changed_is_refused()
    {
        await using var pool = await StandInPool.StartAsync();
        var verifier = Verifier(pool);
        var token = pool.Token();
        (await verifier.VerifyAsync(token.AsMemory(), TestContext.Current.CancellationToken)).Refusal.ShouldBe(TokenRefusal.None);

        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            (await verifier.VerifyAsync(changed, TestContext.Current.CancellationToken)).Claims.ShouldBeNull($"character {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Y")]
    [InlineData("YQ==")]
    [InlineData("YR")]
    [InlineData("YWJ")]
    [InlineData("YWJjYR")]
    public void Other_texts_of_a_value_are_none(string text) => StrictBase64Url.Decode(text).ShouldBeNull();

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[1,null,{"kty":"oct","kid":"first","k":"AA"},{"kty":"RSA","kid":"first","n":"AQAB","e":"AQAB"}]}""")]
    public void A_key_set_without_a_usable_key_is_none(string text) =>
        Should.Throw<System.Text.Json.JsonException>(() => KeySet.Read(Encoding.UTF8.GetBytes(text), before: null));

    private static TokenVerifier Verifier(StandInPool pool)
    {
        var options = new CognitoTokenOptions();
        pool.Configure(options);
        options.Validate();
        return new TokenVerifier(options, pool.Time, NullLogger.Instance);
    }

    private static string Payload(StandInPool pool, string username = "ann") => pool.Token(claims => claims["username"] = username).Split('.')[1];

    private static string Claims(StandInPool pool) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Payload(pool)));

    private static string WithExp(StandInPool pool, string value)
    {
        var without = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(pool.Token(claims => claims.Remove("exp")).Split('.')[1]));
        return StandInPool.Sign(Header, without[..^1] + $",\"exp\":{value}}}", StandInPool.First);
    }

    private static string Hmac(StandInPool pool, string secret)
    {
        var signed = StandInPool.Encode("""{"kid":"first","alg":"HS256"}""") + "." + Payload(pool);
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)));
    }

    private static string WithOwnKey()
    {
        var key = StandInPool.Second.ExportParameters(false);
        return $$$"""{"kid":"first","alg":"RS256","jwk":{"kty":"RSA","e":"AQAB","n":"{{{Base64Url.EncodeToString(key.Modulus)}}}"}}""";
    }
}
