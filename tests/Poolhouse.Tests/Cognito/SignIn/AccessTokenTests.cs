using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>What is accepted as an access token, tried on GetUser.</summary>
[Collection(Alone.Name)]
public sealed class AccessTokenTests
{
    [Fact]
    public async Task It_expires_with_the_clock()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await world.AdvanceAsync("PT59M");
        (await world.GetUserAsync(tokens.Access)).Status.ShouldBe(200);
        await world.AdvanceAsync("PT1M1S");

        var answer = await world.GetUserAsync(tokens.Access);

        answer.ShouldBeError("NotAuthorizedException", "Access Token has expired");
    }

    [Fact]
    public async Task An_id_token_is_none()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await pool.World.GetUserAsync(tokens.Id);

        answer.ShouldBeError("NotAuthorizedException", "Invalid Access Token");
    }

    [Fact]
    public async Task A_changed_signature_or_payload_is_told()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var alice = await pool.ConfirmedAsync("alice");
        var parts = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Access.Split('.');
        var payload = Encode(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("\"bob\"", "\"alice\"", StringComparison.Ordinal));
        var signature = Base64Url.DecodeFromChars(parts[2]);
        signature[100] ^= 1;

        var otherPayload = await pool.World.GetUserAsync($"{parts[0]}.{payload}.{parts[2]}");
        var otherSignature = await pool.World.GetUserAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}");

        alice.Sub.ShouldNotBeEmpty();
        otherPayload.ShouldBeError("NotAuthorizedException", "Could not verify signature for Access Token");
        otherSignature.ShouldBeError("NotAuthorizedException", "Could not verify signature for Access Token");
    }

    [Fact]
    public async Task No_algorithm_but_ours_is_believed()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var token = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Access;
        var parts = token.Split('.');
        var kid = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["kid"]!.GetValue<string>();
        var key = JsonNode.Parse(await pool.World.Http.GetStringAsync($"/{pool.Id}/.well-known/jwks.json"))!["keys"]!.AsArray()
            .Single(k => k!["kid"]!.GetValue<string>() == kid)!;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key["n"]!.GetValue<string>()), Exponent = Base64Url.DecodeFromChars(key["e"]!.GetValue<string>()),
        });
        using var own = RSA.Create(2048);
        var hs = Encode($$"""{"kid":"{{kid}}","alg":"HS256"}""") + "." + parts[1];
        var rs = parts[0] + "." + parts[1];
        var withKey = Encode($$$"""{"kid":"{{{kid}}}","alg":"RS256","jwk":{"kty":"RSA","n":"{{{Base64Url.EncodeToString(own.ExportParameters(false).Modulus)}}}","e":"AQAB"}}""") + "." + parts[1];
        string[] forgeries =
        [
            $"{Encode($$"""{"kid":"{{kid}}","alg":"none"}""")}.{parts[1]}.",
            $"{Encode($$"""{"kid":"{{kid}}","alg":"None"}""")}.{parts[1]}.{parts[2]}",
            $"{Encode("""{"alg":"RS256"}""")}.{parts[1]}.{parts[2]}",
            $"{Encode("""{"kid":"../../../dev/null","alg":"RS256"}""")}.{parts[1]}.{parts[2]}",
            $"{Encode($$"""{"kid":"{{kid}}","alg":"RS256","alg":"none"}""")}.{parts[1]}.{parts[2]}",
            $"{Encode($$"""{"kid":"{{kid}}","alg":"RS256","crit":["x"]}""")}.{parts[1]}.{parts[2]}",
            $"{rs}.",
            rs,
            $"{token}.{parts[2]}",
            Hs256(hs, Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem())),
            Hs256(hs, rsa.ExportSubjectPublicKeyInfo()),
            Hs256(hs, rsa.ExportRSAPublicKey()),
            Hs256(hs, Encoding.ASCII.GetBytes(key["n"]!.GetValue<string>())),
            Rs256(rs, own),
            Rs256(withKey, own),
        ];

        foreach (var forgery in forgeries)
        {
            var answer = await pool.World.GetUserAsync(forgery);
            answer.Type.ShouldBe("NotAuthorizedException", forgery);
            answer.Message.ShouldBeOneOf("Invalid Access Token", "Could not verify signature for Access Token");
        }
    }

    [Fact]
    public async Task A_token_of_one_pool_says_nothing_in_another()
    {
        var world = await World.OnAsync();
        var bob = await (await world.PoolAsync()).ConfirmedAsync("bob");
        var other = await (await world.PoolAsync()).ConfirmedAsync("bob");
        var parts = (await bob.SignInAsync()).Access.Split('.');
        // The other pool's claims under this pool's key.
        var foreign = (await other.SignInAsync()).Access.Split('.')[1];

        var answer = await world.GetUserAsync($"{parts[0]}.{foreign}.{parts[2]}");

        answer.Type.ShouldBe("NotAuthorizedException");
        answer.Message.ShouldBeOneOf("Invalid Access Token", "Could not verify signature for Access Token");
    }

    // A token names its pool before anybody has proved anything: naming one must cost nothing and make nothing.
    [Fact]
    public async Task A_token_of_a_pool_that_does_not_exist_is_invalid_and_makes_no_keys()
    {
        var world = await World.OnAsync();
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => world.GetUserAsync(
            $"{Encode("""{"kid":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","alg":"RS256"}""")}.{Encode($$"""
            {"sub":"x","iss":"{{world.Url}}/us-east-1_Nowhere{{i}}","client_id":"x","event_id":"x","token_use":"access","scope":"aws.cognito.signin.user.admin","exp":4102444800}
            """)}.{Encode("signature")}")));

        answers.ShouldAllBe(a => a.Type == "NotAuthorizedException" && a.Message == "Invalid Access Token");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_deleted_user_is_not_found_and_a_namesake_is_somebody_else()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.ManageAsync("AdminDeleteUser", "bob");
        var deleted = await pool.World.GetUserAsync(tokens.Access);
        await pool.ConfirmedAsync("bob");

        var namesake = await pool.World.GetUserAsync(tokens.Access);

        deleted.ShouldBeError("UserNotFoundException", "User does not exist.");
        namesake.Status.ShouldBe(400);
        namesake.Json.ContainsKey("UserAttributes").ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_clients_tokens_are_of_no_resource()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.World.DoAsync("DeleteUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId });

        var answer = await pool.World.GetUserAsync(tokens.Access);

        answer.ShouldBeError("ResourceNotFoundException");
    }

    [Fact]
    public async Task A_deleted_pools_tokens_are_of_no_use()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.World.DoAsync("DeleteUserPool", new JsonObject { ["UserPoolId"] = pool.Id });

        var answer = await pool.World.GetUserAsync(tokens.Access);

        answer.Status.ShouldBe(400);
        answer.Type.ShouldBeOneOf("NotAuthorizedException", "ResourceNotFoundException");
    }

    [Fact]
    public async Task Read_permissions_of_today_apply_to_a_token_of_yesterday()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.World.DoAsync("UpdateUserPoolClient", new JsonObject
        {
            ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId, ["ReadAttributes"] = new JsonArray("name"),
        });

        var answer = await pool.World.GetUserAsync(tokens.Access);

        answer.Json["UserAttributes"]!.AsArray().Select(a => a!["Name"]!.GetValue<string>()).ShouldBe(["sub"]);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text.Trim()));

    private static string Hs256(string signed, byte[] key) => $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";

    private static string Rs256(string signed, RSA key) =>
        $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
}
