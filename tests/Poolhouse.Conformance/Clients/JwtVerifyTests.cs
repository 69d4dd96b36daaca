using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>aws-jwt-verify, which back ends use to check tokens without asking the server.</summary>
public sealed class JwtVerifyTests(DevelopmentServer development)
{
    private const string Password = "Correct-horse-7";

    [Fact]
    public async Task Its_generic_verifier_takes_our_tokens_by_our_discovery_and_keys_and_nothing_else()
    {
        var server = development.Server;

        var story = await TellAsync(server, $"{server.Url}/{RunningServer.PoolId}");

        story.Text("issuer").ShouldBe($"{server.Url}/{RunningServer.PoolId}");
        story.Text("discoveredKeys").ShouldBe($"{server.Url}/{RunningServer.PoolId}/.well-known/jwks.json");
        story["keys"].AsArray().Select(key => key!.GetValue<string>()).ShouldBe(["alg,e,kid,kty,n,use", "alg,e,kid,kty,n,use"]);
        story.Text("idToken").ShouldEndWith("@example.com");
        story.Text("accessToken").ShouldBe(RunningServer.ClientId);
        story["tampered"]["kind"]!.GetValue<string>().ShouldBe("JwtInvalidSignatureError");
        story["wrongAudience"]["kind"]!.GetValue<string>().ShouldBe("JwtInvalidAudienceError");
        story["wrongIssuer"]["kind"]!.GetValue<string>().ShouldBe("JwtInvalidIssuerError");
        story["idAsAccess"]["message"]!.GetValue<string>().ShouldContain("not for this client");
    }

    /// <summary>This verifier derives the issuer from the pool's id: it works where the server's public URL is the host that it expects.</summary>
    [Fact]
    public async Task Its_Cognito_verifier_takes_our_tokens_where_we_stand_in_for_the_host_it_expects()
    {
        var issuer = (await TellAsync(development.Server, $"{development.Server.Url}/{RunningServer.PoolId}")).Text("cognitoIssuer");
        await using var server = await RunningServer.StartAsync("--public-url", issuer[..issuer.LastIndexOf('/')]);

        var story = await TellAsync(server, issuer);

        story.Text("issuer").ShouldBe(issuer);
        story.Text("cognitoId").ShouldEndWith("@example.com");
        story.Text("cognitoAccess").ShouldBe(RunningServer.ClientId);
        story["cognitoWrongUse"]["kind"]!.GetValue<string>().ShouldBe("CognitoJwtInvalidTokenUseError");
        story["cognitoWrongClient"]["kind"]!.GetValue<string>().ShouldBe("CognitoJwtInvalidClientIdError");
        story["cognitoTampered"]["kind"]!.GetValue<string>().ShouldBe("JwtInvalidSignatureError");
    }

    private static async Task<Story> TellAsync(RunningServer server, string issuer)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await server.Cognito.CreateUserAsync(email, Password);
        return await Story.TellAsync("jwt-verify.mjs", new JsonObject
        {
            ["url"] = server.Url,
            ["issuer"] = issuer,
            ["pool"] = RunningServer.PoolId,
            ["client"] = RunningServer.ClientId,
            ["email"] = email,
            ["password"] = Password,
        });
    }
}
