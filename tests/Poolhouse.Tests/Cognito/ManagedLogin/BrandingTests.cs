using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.ManagedLogin;

/// <summary>The five operations of managed-login branding.</summary>
public sealed class BrandingTests
{
    private const string Words = "useCognitoProvidedValues or settings should be specified (but not both)";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_style_is_made_found_replaced_and_deleted(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();

        var made = await CreateAsync(pool, new JsonObject { ["Settings"] = new JsonObject { ["a"] = new JsonArray(1, "ü", null) }, ["Assets"] = Assets(1) }).ShouldSucceedAsync();
        var id = made["ManagedLoginBranding"].Text("ManagedLoginBrandingId");
        var described = await ByIdAsync(pool, "DescribeManagedLoginBranding", id).ShouldSucceedAsync();
        var byClient = await ByClientAsync(pool).ShouldSucceedAsync();
        var updated = await ByIdAsync(pool, "UpdateManagedLoginBranding", id, new JsonObject { ["UseCognitoProvidedValues"] = true }).ShouldSucceedAsync();
        var deleted = await ByIdAsync(pool, "DeleteManagedLoginBranding", id);

        described.ToJsonString().ShouldBe(made.ToJsonString());
        byClient.ToJsonString().ShouldBe(made.ToJsonString());
        made["ManagedLoginBranding"]!["Settings"]!.ToJsonString().ShouldBe(new JsonObject { ["a"] = new JsonArray(1, "ü", null) }.ToJsonString());
        made["ManagedLoginBranding"]!["Assets"]![0].Text("Bytes").ShouldBe("AQID");
        updated["ManagedLoginBranding"]!.AsObject().ContainsKey("Settings").ShouldBeFalse();
        updated["ManagedLoginBranding"]!["Assets"]!.ToJsonString().ShouldBe("[]");
        deleted.Text.ShouldBe("");
        (await ByClientAsync(pool)).ShouldBeError("ResourceNotFoundException", "Managed login branding does not exist.");
    }

    [Fact]
    public async Task A_client_has_one_style()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await CreateAsync(pool, new JsonObject { ["UseCognitoProvidedValues"] = true }).ShouldSucceedAsync();

        (await CreateAsync(pool, new JsonObject { ["UseCognitoProvidedValues"] = true })).ShouldBeError("ManagedLoginBrandingExistsException");
    }

    [Fact]
    public async Task The_built_in_style_and_settings_exclude_each_other()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await CreateAsync(pool, [])).ShouldBeError("InvalidParameterException", Words);
        (await CreateAsync(pool, new JsonObject { ["UseCognitoProvidedValues"] = true, ["Settings"] = new JsonObject() }))
            .ShouldBeError("InvalidParameterException", Words);
        (await CreateAsync(pool, new JsonObject { ["UseCognitoProvidedValues"] = true, ["Assets"] = Assets(1) }))
            .ShouldBeError("InvalidParameterException", Words);
        (await CreateAsync(pool, new JsonObject { ["UseCognitoProvidedValues"] = false, ["Settings"] = new JsonObject(), ["Assets"] = Assets(40) }))
            .Status.ShouldBe(200);
    }

    [Fact]
    public async Task Two_megabytes_and_forty_assets_are_the_most()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await CreateAsync(pool, new JsonObject { ["Settings"] = new JsonObject { ["a"] = new string('x', 2 * 1024 * 1024) } }))
            .ShouldBeError("InvalidParameterException", "Settings and assets must have at most 2 MB.");
        (await CreateAsync(pool, new JsonObject { ["Settings"] = new JsonObject(), ["Assets"] = Assets(41) })).ShouldBeError("InvalidParameterException");
    }

    [Theory]
    [InlineData("[]", "InvalidParameterException")]
    [InlineData("1", "InvalidParameterException")]
    [InlineData("{\"a\":\"\\ud800\"}", "SerializationException")]
    [InlineData("{\"\\ud800\":1}", "SerializationException")]
    public async Task Settings_that_could_not_be_told_again_are_refused(string settings, string type)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.World.SendAsync(
            "AWSCognitoIdentityProviderService.CreateManagedLoginBranding",
            $$"""{"UserPoolId":"{{pool.Id}}","ClientId":"{{pool.ClientId}}","Settings":{{settings}}}""")).ShouldBeError(type);
    }

    private static JsonArray Assets(int count) => new([.. Enumerable.Range(0, count).Select(_ => new JsonObject
    {
        ["Category"] = "PAGE_BACKGROUND", ["ColorMode"] = "DARK", ["Extension"] = "PNG", ["Bytes"] = "AQID",
    })]);

    private static Task<Answer> CreateAsync(TestPool pool, JsonObject members)
    {
        members["ClientId"] = pool.ClientId;
        return pool.ConfigureAsync("CreateManagedLoginBranding", members);
    }

    private static Task<Answer> ByIdAsync(TestPool pool, string operation, string? id, JsonObject? members = null)
    {
        var request = members ?? [];
        request["ManagedLoginBrandingId"] = id;
        return pool.ConfigureAsync(operation, request);
    }

    private static Task<Answer> ByClientAsync(TestPool pool) =>
        pool.ConfigureAsync("DescribeManagedLoginBrandingByClient", new JsonObject { ["ClientId"] = pool.ClientId });
}
