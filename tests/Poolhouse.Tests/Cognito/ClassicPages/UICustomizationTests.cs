using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.ClassicPages;

/// <summary>GetUICustomization and SetUICustomization.</summary>
public sealed class UICustomizationTests
{
    private const string Css = ".logo-customizable { max-width: 60%; }\n.submitButton-customizable:hover{color:#fff !important}";
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_client_without_its_own_has_that_of_all(Engine engine)
    {
        var pool = await WithDomainAsync(engine);

        var nothing = await GetAsync(pool, pool.ClientId);
        var all = await SetAsync(pool, new JsonObject { ["CSS"] = Css, ["ImageFile"] = Convert.ToBase64String(Png) }).ShouldSucceedAsync();
        var inherited = await GetAsync(pool, pool.ClientId).ShouldSucceedAsync();
        await SetAsync(pool, new JsonObject { ["CSS"] = ".banner-customizable{}", ["ClientId"] = pool.ClientId }).ShouldSucceedAsync();
        var own = await GetAsync(pool, pool.ClientId).ShouldSucceedAsync();

        nothing.Text.ShouldBe("""{"UICustomization":{}}""");
        inherited.ToJsonString().ShouldBe(all.ToJsonString());
        (all["UICustomization"].Text("ClientId"), all["UICustomization"].Text("CSS")).ShouldBe(("ALL", Css));
        all["UICustomization"].Text("ImageUrl").ShouldBe("data:image/png;base64," + Convert.ToBase64String(Png));
        (own["UICustomization"].Text("ClientId"), own["UICustomization"].Text("CSS"), own["UICustomization"].Text("ImageUrl"))
            .ShouldBe((pool.ClientId, ".banner-customizable{}", null));
    }

    [Theory]
    [InlineData("body { color: red }")]
    [InlineData(".logo-customizable { background: url(https://evil.example) }")]
    [InlineData("@import 'https://evil.example';")]
    [InlineData(".logo-customizable { background: image-set(\"https://evil.example\" 1x) }")]
    [InlineData(".logo-customizable { color: red } </style><script>")]
    [InlineData(".logo-customizable { background: u\\72l(x) }")]
    public async Task Other_css_is_refused(string css)
    {
        var pool = await WithDomainAsync();

        (await SetAsync(pool, new JsonObject { ["CSS"] = css })).ShouldBeError("InvalidParameterException", "CSS contains invalid classes or declarations.");
    }

    [Fact]
    public async Task Only_png_and_jpeg_are_images()
    {
        var pool = await WithDomainAsync();

        (await SetAsync(pool, new JsonObject { ["ImageFile"] = Convert.ToBase64String("<svg onload='x'/>"u8) }))
            .ShouldBeError("InvalidParameterException", "The image must be a PNG or JPEG file.");
    }

    [Fact]
    public async Task There_must_be_a_domain_and_the_client()
    {
        var world = await World.OnAsync();
        var (bare, pool) = (await world.PoolAsync(), await WithDomainAsync());

        (await SetAsync(bare, new JsonObject { ["CSS"] = Css }))
            .ShouldBeError("InvalidParameterException", "There has to be an existing domain associated with this user pool");
        (await GetAsync(bare, "ALL"))
            .ShouldBeError("InvalidParameterException", "There has to be an existing domain associated with this user pool");
        (await GetAsync(pool, bare.ClientId)).ShouldBeError("ResourceNotFoundException", "User pool client does not exist.");
    }

    private static async Task<TestPool> WithDomainAsync(Engine engine = Engine.Sqlite)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        await pool.ConfigureAsync("CreateUserPoolDomain", new JsonObject { ["Domain"] = "d" + Guid.NewGuid().ToString("N") }).ShouldSucceedAsync();
        return pool;
    }

    private static Task<Answer> SetAsync(TestPool pool, JsonObject members) => pool.ConfigureAsync("SetUICustomization", members);

    private static Task<Answer> GetAsync(TestPool pool, string client) => pool.ConfigureAsync("GetUICustomization", new JsonObject { ["ClientId"] = client });
}
