using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class TokenClaimsTests
{
    [Fact]
    public async Task A_header_is_exactly_kid_and_alg()
    {
        var tokens = await (await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob")).SignInAsync();

        foreach (var token in new[] { tokens.Access, tokens.Id })
        {
            var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0]));
            var kid = JsonNode.Parse(header)!["kid"]!.GetValue<string>();
            header.ShouldBe($$"""{"kid":"{{kid}}","alg":"RS256"}""");
            kid.Length.ShouldBe(44);
            Convert.FromBase64String(kid).Length.ShouldBe(32);
        }
    }

    [Fact]
    public async Task The_access_token_has_these_claims_in_this_order()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        var claims = Testing.Tokens.Claims((await bob.SignInAsync()).Access);

        claims.Select(c => c.Key).ShouldBe(
            ["sub", "iss", "client_id", "origin_jti", "event_id", "token_use", "scope", "auth_time", "acr", "amr", "exp", "iat", "jti", "username"]);
        claims["sub"]!.GetValue<string>().ShouldBe(bob.Sub);
        claims["iss"]!.GetValue<string>().ShouldBe($"{pool.World.Url}/{pool.Id}");
        claims["client_id"]!.GetValue<string>().ShouldBe(pool.ClientId);
        claims["token_use"]!.GetValue<string>().ShouldBe("access");
        claims["scope"]!.GetValue<string>().ShouldBe("aws.cognito.signin.user.admin");
        claims["username"]!.GetValue<string>().ShouldBe("bob");
        claims["auth_time"]!.GetValue<long>().ShouldBe(claims["iat"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_id_token_says_who_and_for_whom()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.VerifiedAsync("bob");

        var claims = Testing.Tokens.Claims((await bob.SignInAsync()).Id);

        claims.Select(c => c.Key).Order(StringComparer.Ordinal).ShouldBe(
            new[]
            {
                "acr", "amr", "aud", "auth_time", "cognito:username", "email", "email_verified", "event_id", "exp", "iat", "iss", "jti", "origin_jti", "sub", "token_use",
            });
        claims["aud"]!.GetValue<string>().ShouldBe(pool.ClientId);
        claims["token_use"]!.GetValue<string>().ShouldBe("id");
        claims["email_verified"]!.GetValue<bool>().ShouldBeTrue();
        claims["email"]!.GetValue<string>().ShouldBe(bob.Email);
        claims["cognito:username"]!.GetValue<string>().ShouldBe("bob");
    }

    [Fact]
    public async Task An_unverified_address_is_said_to_be_one()
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");

        var claims = Testing.Tokens.Claims((await bob.SignInAsync()).Id);

        claims["email_verified"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task The_id_token_holds_only_what_the_client_may_read_and_custom_values_as_text()
    {
        var settings = new JsonObject
        {
            ["Schema"] = new JsonArray(
                new JsonObject { ["Name"] = "level", ["AttributeDataType"] = "Number", ["Mutable"] = true },
                new JsonObject { ["Name"] = "secret", ["AttributeDataType"] = "String", ["Mutable"] = true }),
        };
        var client = SignInCalls.Client();
        client["ReadAttributes"] = new JsonArray("custom:level");
        var pool = await (await World.OnAsync()).PoolAsync(settings, client);
        var bob = await pool.ConfirmedAsync("bob");
        await pool.ManageAsync("AdminUpdateUserAttributes", "bob", new JsonObject
        {
            ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("custom:level", "7"), SignInCalls.Attribute("custom:secret", "x")),
        });

        var claims = Testing.Tokens.Claims((await bob.SignInAsync()).Id);

        claims["custom:level"]!.GetValue<string>().ShouldBe("7");
        claims.ContainsKey("custom:secret").ShouldBeFalse();
        claims.ContainsKey("email").ShouldBeFalse();
    }

    [Fact]
    public async Task Signatures_verify_with_the_published_keys_one_for_each_kind_of_token()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var published = JsonNode.Parse(await pool.World.Http.GetStringAsync($"/{pool.Id}/.well-known/jwks.json"))!["keys"]!.AsArray();

        published.Count.ShouldBe(2);
        foreach (var token in new[] { tokens.Access, tokens.Id })
        {
            var kid = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!["kid"]!.GetValue<string>();
            var key = published.Single(k => k!["kid"]!.GetValue<string>() == kid)!;
            using var rsa = RSA.Create(new RSAParameters
            {
                Modulus = Base64Url.DecodeFromChars(key["n"]!.GetValue<string>()), Exponent = Base64Url.DecodeFromChars(key["e"]!.GetValue<string>()),
            });
            var parts = token.Split('.');
            rsa.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        }

        Header(tokens.Access).ShouldNotBe(Header(tokens.Id));
    }

    [Theory]
    [InlineData("minutes", 5, 300)]
    [InlineData("hours", 24, 86_400)]
    [InlineData("seconds", 300, 300)]
    public async Task Lifetimes_are_the_clients(string unit, int value, int seconds)
    {
        var client = SignInCalls.Client();
        client["AccessTokenValidity"] = value;
        client["IdTokenValidity"] = value;
        client["TokenValidityUnits"] = new JsonObject { ["AccessToken"] = unit, ["IdToken"] = unit };
        var pool = await (await World.OnAsync()).PoolAsync(client: client);

        var answer = await (await pool.ConfirmedAsync("bob")).TrySignInAsync();

        answer.Json["AuthenticationResult"]!["ExpiresIn"]!.GetValue<int>().ShouldBe(seconds);
        foreach (var claims in new[] { Testing.Tokens.Claims(answer.ShouldBeSignedIn().Access), Testing.Tokens.Claims(answer.ShouldBeSignedIn().Id) })
            (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(seconds);
    }

    private static string Header(string token) => token.Split('.')[0];
}
