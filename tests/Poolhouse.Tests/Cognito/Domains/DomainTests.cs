using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Domains;

/// <summary>CreateUserPoolDomain, DescribeUserPoolDomain, UpdateUserPoolDomain and DeleteUserPoolDomain.</summary>
public sealed class DomainTests
{
    private const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/a";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_pool_has_a_prefix_and_a_domain_of_its_own(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var (prefix, custom) = (Unique(), Unique() + ".example.com");

        var created = await CreateAsync(pool, prefix);
        await CreateCustomAsync(pool, custom).ShouldSucceedAsync();

        created.Text.ShouldBe("""{"ManagedLoginVersion":1}""");
        var described = (await DescribeAsync(pool, custom))["DomainDescription"]!;
        (described.Text("UserPoolId"), described.Text("Domain"), described.Text("Status")).ShouldBe((pool.Id, custom, "ACTIVE"));
        described["CustomDomainConfig"].Text("CertificateArn").ShouldBe(Certificate);
        var shown = (await pool.ConfigureAsync("DescribeUserPool").ShouldSucceedAsync())["UserPool"];
        (shown.Text("Domain"), shown.Text("CustomDomain")).ShouldBe((prefix, custom));
        (await CreateAsync(pool, Unique())).ShouldBeError("InvalidParameterException", "User pool already has a domain configured.");
        (await CreateCustomAsync(pool, "x." + custom)).ShouldBeError("InvalidParameterException", "User pool already has a domain configured.");
    }

    [Fact]
    public async Task A_domain_is_one_pools_until_it_is_given_up()
    {
        var world = await World.OnAsync();
        var (pool, other) = (await world.PoolAsync(), await world.PoolAsync());
        var prefix = Unique();
        await CreateAsync(pool, prefix).ShouldSucceedAsync();

        (await CreateAsync(other, prefix)).ShouldBeError("InvalidParameterException", "Domain already associated with another user pool.");
        (await DomainAsync(other, "DeleteUserPoolDomain", prefix)).ShouldBeError("InvalidParameterException", "No such domain or user pool exists.");
        (await DomainAsync(other, "UpdateUserPoolDomain", prefix)).ShouldBeError("InvalidParameterException", "No such domain or user pool exists.");
        (await DomainAsync(pool, "DeleteUserPoolDomain", prefix)).Text.ShouldBe("{}");
        (await CreateAsync(other, prefix)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_domain_of_nobody_is_described_as_nothing()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await DescribeAsync(pool, Unique())).ToJsonString().ShouldBe("""{"DomainDescription":{}}""");
    }

    [Theory]
    [InlineData("my-aws-app", "Domain cannot contain reserved word: aws")]
    [InlineData("amazonas", "Domain cannot contain reserved word: amazon")]
    [InlineData("newcognito", "Domain cannot contain reserved word: cognito")]
    [InlineData("a.b", null)]
    [InlineData("Upper", null)]
    [InlineData("-a", null)]
    public async Task A_prefix_has_rules(string prefix, string? message)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await CreateAsync(pool, prefix)).ShouldBeError("InvalidParameterException", message);
    }

    [Theory]
    [InlineData("single")]
    [InlineData("a..example.com")]
    public async Task A_custom_domain_is_a_name_of_the_net(string domain)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await CreateCustomAsync(pool, domain)).ShouldBeError("InvalidParameterException", "Custom domain is not a valid subdomain.");
    }

    [Fact]
    public async Task An_update_changes_what_it_names()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var (prefix, custom) = (Unique(), Unique() + ".example.com");
        await CreateAsync(pool, prefix).ShouldSucceedAsync();
        await CreateCustomAsync(pool, custom).ShouldSucceedAsync();

        (await DomainAsync(pool, "UpdateUserPoolDomain", custom, new JsonObject { ["ManagedLoginVersion"] = 2 })).Text.ShouldBe("""{"ManagedLoginVersion":2}""");

        (await DescribeAsync(pool, custom))["DomainDescription"]!["CustomDomainConfig"].Text("CertificateArn").ShouldBe(Certificate);
        (await DomainAsync(pool, "UpdateUserPoolDomain", custom, new JsonObject { ["ManagedLoginVersion"] = 3 })).ShouldBeError("InvalidParameterException");
        (await DomainAsync(
            pool, "UpdateUserPoolDomain", prefix, new JsonObject { ["CustomDomainConfig"] = new JsonObject { ["CertificateArn"] = Certificate } }))
            .ShouldBeError("InvalidParameterException", "CustomDomainConfig can be given only for a custom domain.");
    }

    [Fact]
    public async Task A_pool_with_a_domain_cannot_be_deleted()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var prefix = Unique();
        await CreateAsync(pool, prefix).ShouldSucceedAsync();

        (await pool.ConfigureAsync("DeleteUserPool")).ShouldBeError(
            "InvalidParameterException", "User pool cannot be deleted. It has a domain configured that should be deleted first.");
        await DomainAsync(pool, "DeleteUserPoolDomain", prefix);
        (await pool.ConfigureAsync("DeleteUserPool")).Status.ShouldBe(200);
    }

    private static string Unique() => "d" + Guid.NewGuid().ToString("N")[..20];

    private static Task<Answer> CreateAsync(TestPool pool, string domain) => DomainAsync(pool, "CreateUserPoolDomain", domain);

    private static Task<Answer> CreateCustomAsync(TestPool pool, string domain) => DomainAsync(
        pool, "CreateUserPoolDomain", domain, new JsonObject { ["CustomDomainConfig"] = new JsonObject { ["CertificateArn"] = Certificate } });

    private static Task<Answer> DomainAsync(TestPool pool, string operation, string domain, JsonObject? members = null)
    {
        var request = members ?? [];
        request["Domain"] = domain;
        return pool.ConfigureAsync(operation, request);
    }

    private static Task<JsonObject> DescribeAsync(TestPool pool, string domain) =>
        pool.World.DoAsync("DescribeUserPoolDomain", new JsonObject { ["Domain"] = domain });
}
