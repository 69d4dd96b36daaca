using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.TermsOfUse;

/// <summary>CreateTerms, DescribeTerms, DescribeTermsByClient, UpdateTerms, DeleteTerms and ListTerms.</summary>
public sealed class TermsTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Terms_are_made_found_changed_and_deleted(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();

        var made = await CreateAsync(pool, "terms-of-use").ShouldSucceedAsync();
        var id = new JsonObject { ["TermsId"] = made["Terms"].Text("TermsId") };
        var described = await pool.ConfigureAsync("DescribeTerms", Copy(id)).ShouldSucceedAsync();
        var byClient = await ByClientAsync(pool, "terms-of-use").ShouldSucceedAsync();
        var update = Copy(id);
        update["TermsName"] = "privacy-policy";
        var updated = await pool.ConfigureAsync("UpdateTerms", update).ShouldSucceedAsync();

        described.ToJsonString().ShouldBe(made.ToJsonString());
        byClient.ToJsonString().ShouldBe(made.ToJsonString());
        updated["Terms"]!["Links"]!.ToJsonString().ShouldBe("""{"cognito:default":"https://example.com/terms"}""");
        (await ByClientAsync(pool, "terms-of-use")).ShouldBeError("ResourceNotFoundException", "Terms do not exist.");
        (await ByClientAsync(pool, "privacy-policy")).Status.ShouldBe(200);
        (await pool.ConfigureAsync("DeleteTerms", Copy(id))).Text.ShouldBe("");
        (await pool.ConfigureAsync("DescribeTerms", Copy(id))).ShouldBeError("ResourceNotFoundException", "Terms do not exist.");
    }

    [Fact]
    public async Task A_client_has_terms_of_a_name_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var terms = await CreateAsync(pool, "terms-of-use").ShouldSucceedAsync();
        await CreateAsync(pool, "privacy-policy").ShouldSucceedAsync();

        (await CreateAsync(pool, "terms-of-use")).ShouldBeError("TermsExistsException");
        (await pool.ConfigureAsync("UpdateTerms", new JsonObject { ["TermsId"] = terms["Terms"].Text("TermsId"), ["TermsName"] = "privacy-policy" }))
            .ShouldBeError("TermsExistsException");
        (await pool.ListInPagesAsync("ListTerms", "Terms")).Select(t => t.Text("TermsName")).ShouldBe(["terms-of-use", "privacy-policy"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("cognito:default", "javascript:alert(1)")]
    [InlineData("cognito:default", "example.com")]
    [InlineData("cognito:german", "https://example.com")]
    public async Task Links_need_a_default_and_addresses_of_the_web(string language, string link)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await CreateAsync(pool, "terms-of-use", language, link)).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Terms_go_with_their_client_and_need_one()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await CreateAsync(pool, "terms-of-use").ShouldSucceedAsync();

        await pool.ConfigureAsync("DeleteUserPoolClient", new JsonObject { ["ClientId"] = pool.ClientId });

        (await pool.ListInPagesAsync("ListTerms", "Terms")).ShouldBeEmpty();
        (await CreateAsync(pool, "terms-of-use")).ShouldBeError("ResourceNotFoundException", "User pool client does not exist.");
    }

    private static JsonObject Copy(JsonObject members) => members.DeepClone().AsObject();

    private static Task<Answer> CreateAsync(TestPool pool, string name, string language = "cognito:default", string link = "https://example.com/terms") =>
        pool.ConfigureAsync("CreateTerms", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["TermsName"] = name,
            ["TermsSource"] = "LINK",
            ["Enforcement"] = "NONE",
            ["Links"] = new JsonObject { [language] = link },
        });

    private static Task<Answer> ByClientAsync(TestPool pool, string name) =>
        pool.ConfigureAsync("DescribeTermsByClient", new JsonObject { ["ClientId"] = pool.ClientId, ["TermsName"] = name });
}
