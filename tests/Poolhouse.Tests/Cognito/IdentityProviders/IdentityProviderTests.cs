using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.IdentityProviders;

/// <summary>The six operations of identity providers.</summary>
public sealed class IdentityProviderTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_provider_is_made_found_changed_and_deleted(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();

        var made = await CreateAsync(pool, "Corp", "OIDC", Oidc(), new JsonObject { ["IdpIdentifiers"] = new JsonArray("corp.example.com") }).ShouldSucceedAsync();
        var described = await ByNameAsync(pool, "DescribeIdentityProvider", "Corp").ShouldSucceedAsync();
        var byIdentifier = await ByIdentifierAsync(pool, "corp.example.com").ShouldSucceedAsync();
        var updated = await ByNameAsync(pool, "UpdateIdentityProvider", "Corp", new JsonObject
        {
            ["AttributeMapping"] = new JsonObject { ["email"] = "mail" }, ["IdpIdentifiers"] = new JsonArray("other"),
        }).ShouldSucceedAsync();

        described.ToJsonString().ShouldBe(made.ToJsonString());
        byIdentifier.ToJsonString().ShouldBe(made.ToJsonString());
        var provider = made["IdentityProvider"]!;
        (provider["ProviderDetails"].Text("client_secret"), provider["ProviderDetails"].Text("attributes_url_add_attributes")).ShouldBe(("s3cret", "false"));
        provider["AttributeMapping"]!.ToJsonString().ShouldBe("""{"username":"sub"}""");
        updated["IdentityProvider"]!["AttributeMapping"]!.ToJsonString().ShouldBe("""{"email":"mail","username":"sub"}""");
        updated["IdentityProvider"]!["ProviderDetails"]!.ToJsonString().ShouldBe(provider["ProviderDetails"]!.ToJsonString());
        (await ByIdentifierAsync(pool, "corp.example.com")).ShouldBeError("ResourceNotFoundException");
        (await ByNameAsync(pool, "DeleteIdentityProvider", "Corp")).Text.ShouldBe("");
        (await ByNameAsync(pool, "DescribeIdentityProvider", "Corp"))
            .ShouldBeError("ResourceNotFoundException", "Identity provider Corp does not exist.");
    }

    [Fact]
    public async Task A_name_and_an_identifier_belong_to_one_provider()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await CreateAsync(pool, "Corp", "OIDC", Oidc(), new JsonObject { ["IdpIdentifiers"] = new JsonArray("x") }).ShouldSucceedAsync();
        await CreateAsync(pool, "Second", "OIDC", Oidc()).ShouldSucceedAsync();

        (await CreateAsync(pool, "Corp", "OIDC", Oidc())).ShouldBeError("DuplicateProviderException");
        (await CreateAsync(pool, "Third", "OIDC", Oidc(), new JsonObject { ["IdpIdentifiers"] = new JsonArray("x") })).ShouldBeError("DuplicateProviderException");
        (await ByNameAsync(pool, "UpdateIdentityProvider", "Second", new JsonObject { ["IdpIdentifiers"] = new JsonArray("x") }))
            .ShouldBeError("DuplicateProviderException");
        var listed = await pool.ListInPagesAsync("ListIdentityProviders", "Providers");
        listed.Select(p => p.Text("ProviderName")).ShouldBe(["Corp", "Second"]);
        listed[0].Select(m => m.Key).ShouldBe(["ProviderName", "ProviderType", "LastModifiedDate", "CreationDate"]);
    }

    [Fact]
    public async Task A_social_provider_bears_the_name_of_its_type_and_its_endpoints()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        JsonObject Details() => new() { ["client_id"] = "i", ["client_secret"] = "s", ["authorize_scopes"] = "email" };

        (await CreateAsync(pool, "Mine", "Google", Details())).ShouldBeError("InvalidParameterException", "Provider Mine cannot be of type Google.");
        (await CreateAsync(pool, "Google", "OIDC", Oidc())).ShouldBeError("InvalidParameterException", "Provider Google cannot be of type OIDC.");
        var google = await CreateAsync(pool, "Google", "Google", Details()).ShouldSucceedAsync();
        google["IdentityProvider"]!["ProviderDetails"].Text("authorize_url").ShouldBe("https://accounts.google.com/o/oauth2/v2/auth");
    }

    [Fact]
    public async Task A_private_key_is_not_told_and_stays_when_it_is_not_sent()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var details = new JsonObject { ["client_id"] = "i", ["team_id"] = "t", ["key_id"] = "k", ["authorize_scopes"] = "email" };

        (await CreateAsync(pool, "SignInWithApple", "SignInWithApple", Copy(details)))
            .ShouldBeError("InvalidParameterException", "ProviderDetails must contain private_key.");
        var full = Copy(details);
        full["private_key"] = "p";
        var made = await CreateAsync(pool, "SignInWithApple", "SignInWithApple", full).ShouldSucceedAsync();
        var changed = await ByNameAsync(pool, "UpdateIdentityProvider", "SignInWithApple", new JsonObject { ["ProviderDetails"] = Copy(details) });

        made["IdentityProvider"]!["ProviderDetails"]!.AsObject().ContainsKey("private_key").ShouldBeFalse();
        changed.Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("SAML", """{"IDPSignout":"true"}""", "At least one of the MetadataURL or MetadataFile should be provided.")]
    [InlineData("OIDC", """{"client_id":"i"}""", "ProviderDetails must contain attributes_request_method, authorize_scopes, oidc_issuer.")]
    [InlineData("OIDC", """{"client_id":"i","attributes_request_method":"GET","authorize_scopes":"openid","oidc_issuer":"file:///etc/passwd"}""", "ProviderDetails: oidc_issuer must be an http or https address.")]
    [InlineData("OIDC", """{"client_id":"i","attributes_request_method":"PUT","authorize_scopes":"openid","oidc_issuer":"https://a"}""", "ProviderDetails: attributes_request_method must be GET or POST.")]
    [InlineData("SAML", """{"MetadataURL":"https://a","client_id":"i"}""", "ProviderDetails: client_id is not a detail of a provider of type SAML.")]
    public async Task Details_are_those_of_the_type(string type, string details, string message)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await CreateAsync(pool, "Corp", type, JsonNode.Parse(details)!.AsObject())).ShouldBeError("InvalidParameterException", message);
    }

    [Fact]
    public async Task Attributes_are_mapped_to_those_of_the_pool()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await CreateAsync(pool, "Corp", "OIDC", Oidc(), new JsonObject { ["AttributeMapping"] = new JsonObject { ["custom:x"] = "y" } }))
            .ShouldBeError("InvalidParameterException", "AttributeMapping: the attribute custom:x does not exist in the user pool.");
    }

    [Theory]
    [InlineData("UpdateIdentityProvider")]
    [InlineData("DeleteIdentityProvider")]
    public async Task An_unknown_one_is_not_found(string operation)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await ByNameAsync(pool, operation, "Nobody")).ShouldBeError("ResourceNotFoundException", "Identity provider Nobody does not exist.");
    }

    private static JsonObject Oidc() => new()
    {
        ["client_id"] = "i", ["client_secret"] = "s3cret", ["attributes_request_method"] = "GET", ["authorize_scopes"] = "openid", ["oidc_issuer"] = "https://idp.example.com",
    };

    private static JsonObject Copy(JsonObject members) => members.DeepClone().AsObject();

    private static Task<Answer> CreateAsync(TestPool pool, string name, string type, JsonObject details, JsonObject? members = null)
    {
        var request = members ?? [];
        request["ProviderName"] = name;
        request["ProviderType"] = type;
        request["ProviderDetails"] = details;
        return pool.ConfigureAsync("CreateIdentityProvider", request);
    }

    private static Task<Answer> ByNameAsync(TestPool pool, string operation, string name, JsonObject? members = null)
    {
        var request = members ?? [];
        request["ProviderName"] = name;
        return pool.ConfigureAsync(operation, request);
    }

    private static Task<Answer> ByIdentifierAsync(TestPool pool, string identifier) =>
        pool.ConfigureAsync("GetIdentityProviderByIdentifier", new JsonObject { ["IdpIdentifier"] = identifier });
}
