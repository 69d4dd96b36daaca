using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

public sealed class OpenIdTokenTests
{
    [Fact]
    public async Task A_token_says_who_the_identity_is_and_is_signed_by_a_published_key()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var bob = await pool.Users!.ConfirmedAsync("bob");
        var token = (await bob.SignInAsync()).Id;
        var id = await pool.GetIdAsync((pool.Provider, token));

        var answer = await TokenAsync(scene.World, id, pool.Provider, token).ShouldSucceedAsync();

        var jwt = answer["Token"]!.GetValue<string>();
        var claims = Tokens.Claims(jwt);
        claims["sub"]!.GetValue<string>().ShouldBe(id);
        claims["aud"]!.GetValue<string>().ShouldBe(pool.Id);
        claims["iss"]!.GetValue<string>().ShouldBe($"{scene.World.Url}/cognito-identity");
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(600);
        claims["amr"]!.AsArray().Select(m => m!.GetValue<string>()).ShouldBe(["authenticated", pool.Provider, $"{pool.Provider}:CognitoSignIn:{bob.Sub}"]);

        var configuration = JsonNode.Parse(await scene.World.Http.GetStringAsync("/cognito-identity/.well-known/openid-configuration"))!;
        configuration["issuer"]!.GetValue<string>().ShouldBe(claims["iss"]!.GetValue<string>());
        var keys = JsonNode.Parse(await scene.World.Http.GetStringAsync(new Uri(configuration["jwks_uri"]!.GetValue<string>()).PathAndQuery))!["keys"]!.AsArray();
        Jwt.TryParse(jwt, out var parts).ShouldBeTrue();
        var key = keys.Single(k => k!["kid"]!.GetValue<string>() == parts!.KeyId)!;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key["n"]!.GetValue<string>()), Exponent = Base64Url.DecodeFromChars(key["e"]!.GetValue<string>()),
        });
        rsa.VerifyData(
            Encoding.ASCII.GetBytes(jwt[..jwt.LastIndexOf('.')]), Base64Url.DecodeFromChars(jwt.AsSpan(jwt.LastIndexOf('.') + 1)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task A_guests_token_says_so_and_proves_nothing_here()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync();
        var guest = await pool.GetIdAsync();

        var token = (await scene.World.AboutAsync("GetOpenIdToken", guest)).Json["Token"]!.GetValue<string>();

        Tokens.Claims(token)["amr"]!.ToJsonString().ShouldBe("""["unauthenticated"]""");
        (await pool.CredentialsAsync(guest, null, ("cognito-identity.amazonaws.com", token))).ShouldBeError("NotAuthorizedException");
        (await pool.TryGetIdAsync(("cognito-identity.amazonaws.com", token))).ShouldBeError("NotAuthorizedException");
    }

    [Fact]
    public async Task A_new_key_is_published_before_it_signs_and_a_retired_one_proves_nothing()
    {
        var scene = await IdentityScene.StartAsync();
        await using var world = scene.World;
        var pool = await scene.PoolAsync(members: new JsonObject { ["DeveloperProviderName"] = "login.shop" });
        async Task<(string Token, string Kid)> TokenOf()
        {
            var request = new JsonObject { ["Logins"] = new JsonObject { ["login.shop"] = "u" }, ["TokenDuration"] = 86_400 };
            var token = (await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", request)).Json["Token"]!.GetValue<string>();
            Jwt.TryParse(token, out var parts).ShouldBeTrue();
            return (token, parts!.KeyId);
        }

        async Task<int> Published() => JsonNode.Parse(await world.Http.GetStringAsync("/cognito-identity/.well-known/jwks.json"))!["keys"]!.AsArray().Count;
        var keys = world.Services.GetRequiredService<IdentityKeys>();
        var first = await TokenOf();

        await keys.KeepFreshAsync(TimeSpan.Zero, KeyRotation.Notice, TestContext.Current.CancellationToken);
        (await Published()).ShouldBe(2);
        (await TokenOf()).Kid.ShouldBe(first.Kid);
        await world.AdvanceAsync("PT61M");
        (await TokenOf()).Kid.ShouldNotBe(first.Kid);
        (await pool.TryGetIdAsync(("cognito-identity.amazonaws.com", first.Token))).Status.ShouldBe(200);
        await keys.RetireAsync(TestContext.Current.CancellationToken);

        (await Published()).ShouldBe(1);
        (await pool.TryGetIdAsync(("cognito-identity.amazonaws.com", first.Token))).ShouldBeError("NotAuthorizedException", "Invalid login token. Couldn't verify signed token.");
    }

    [Fact]
    public async Task Without_the_classic_flow_there_are_no_such_tokens()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(members: new JsonObject { ["AllowClassicFlow"] = false });

        (await scene.World.AboutAsync("GetOpenIdToken", await pool.GetIdAsync())).ShouldBeError(
            "InvalidParameterException", "Basic (classic) flow is not enabled, please use enhanced flow.");
    }

    [Fact]
    public async Task With_role_mappings_there_are_none_either()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        await pool.CallAsync("SetIdentityPoolRoles", new JsonObject
        {
            ["Roles"] = new JsonObject(),
            ["RoleMappings"] = new JsonObject { [$"{pool.Provider}:{pool.Users!.ClientId}"] = new JsonObject { ["Type"] = "Token", ["AmbiguousRoleResolution"] = "Deny" } },
        });

        (await scene.World.AboutAsync("GetOpenIdToken", await pool.GetIdAsync())).ShouldBeError(
            "InvalidParameterException", "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.");
    }

    [Fact]
    public async Task Principal_tags_are_claims_that_the_pool_maps()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var host = $"{new Uri(scene.World.Url).Authority}/{pool.Users!.Id}";
        await pool.CallAsync("SetPrincipalTagAttributeMap", new JsonObject
        {
            ["IdentityProviderName"] = host,
            ["PrincipalTags"] = new JsonObject { ["who"] = "email", ["nothing"] = "no_such_claim" },
        });
        var token = await pool.TokenAsync("bob");
        var id = await pool.GetIdAsync((pool.Provider, token));

        var answer = await TokenAsync(scene.World, id, pool.Provider, token).ShouldSucceedAsync();

        Tokens.Claims(answer["Token"]!.GetValue<string>())["https://aws.amazon.com/tags"]!.ToJsonString().ShouldBe(
            $$$"""{"principal_tags":{"who":["{{{pool.Users.EmailOf("bob")}}}"]}}""");
    }

    [Fact]
    public async Task A_map_of_tags_is_answered_as_it_was_set_and_an_empty_one_is_none()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        Task<Answer> Set(JsonObject members)
        {
            members["IdentityProviderName"] = pool.Provider;
            return pool.CallAsync("SetPrincipalTagAttributeMap", members);
        }

        Task<Answer> Get() => pool.CallAsync("GetPrincipalTagAttributeMap", new JsonObject { ["IdentityProviderName"] = pool.Provider });

        (await Get()).ShouldBeError("ResourceNotFoundException");
        (await Set(new JsonObject { ["UseDefaults"] = true })).Json["PrincipalTags"]!.ToJsonString().ShouldBe("""{"client":"aud","username":"sub"}""");
        (await Get()).Json["UseDefaults"]!.GetValue<bool>().ShouldBeTrue();
        await Set(new JsonObject { ["UseDefaults"] = false, ["PrincipalTags"] = new JsonObject { ["a"] = "b" } });
        (await Get()).Json["PrincipalTags"]!.ToJsonString().ShouldBe("""{"a":"b"}""");
        await Set(new JsonObject { ["UseDefaults"] = false, ["PrincipalTags"] = new JsonObject() });
        (await Get()).ShouldBeError("ResourceNotFoundException");
        (await pool.CallAsync("SetPrincipalTagAttributeMap", new JsonObject { ["IdentityProviderName"] = "accounts.google.com", ["UseDefaults"] = true }))
            .ShouldBeError("InvalidParameterException");
    }

    private static Task<Answer> TokenAsync(World world, string id, string provider, string token) =>
        world.AboutAsync("GetOpenIdToken", id, new JsonObject { ["Logins"] = new JsonObject { [provider] = token } });
}
