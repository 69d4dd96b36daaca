using System.Net;
using System.Security.Cryptography;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>A server outside Development, with one access key.</summary>
public sealed class ProductionServer : IAsyncLifetime
{
    /// <summary>The access key's id.</summary>
    public const string KeyId = "AKIDPOOLHOUSE0000001";

    /// <summary>The access key's secret.</summary>
    public string Secret { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    /// <summary>The server.</summary>
    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(new Dictionary<string, string?>
    {
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["POOLHOUSE_MASTER_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["POOLHOUSE__ACCESSKEYS__" + KeyId] = Secret,
    });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Outside Development nothing is believed: signatures are verified, and nothing that helps developing is there.</summary>
public sealed class ProductionTests(ProductionServer production) : IClassFixture<ProductionServer>
{
    [Fact]
    public async Task The_right_secret_signs_every_call_of_a_session()
    {
        var aws = new AwsCli(production.Server, ProductionServer.KeyId, production.Secret);

        var pool = (await aws.CallAsync("create-user-pool", "--pool-name", "A, b + c = d"))["UserPool"]!["Id"]!.GetValue<string>();
        await aws.CallAsync("admin-create-user", "--user-pool-id", pool, "--username", "ann", "--user-attributes", """[{"Name":"name","Value":"Änne \"&\" 名"}]""");

        var name = (await aws.CallAsync("admin-get-user", "--user-pool-id", pool, "--username", "ann"))["UserAttributes"]!.AsArray()
            .Single(attribute => attribute!["Name"]!.GetValue<string>() == "name")!["Value"]!.GetValue<string>();
        name.ShouldBe("Änne \"&\" 名");
        (await aws.CallAsync("list-user-pools", "--max-results", "60"))["UserPools"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_wrong_secret_is_an_invalid_signature()
    {
        var aws = new AwsCli(production.Server, ProductionServer.KeyId, production.Secret + "x");

        var result = await aws.TryAsync("list-user-pools", "--max-results", "1");

        result.Error.ShouldContain("(InvalidSignatureException) when calling the ListUserPools operation");
    }

    [Fact]
    public async Task A_wrong_signature_is_told_nothing_that_helps_to_make_a_right_one()
    {
        var aws = new AwsCli(production.Server, ProductionServer.KeyId, "guess");

        var result = await aws.TryAsync("list-user-pools", "--max-results", "1");

        result.Error.ShouldNotContain(production.Secret);
    }

    [Fact]
    public async Task An_unknown_key_is_an_unrecognized_client()
    {
        var aws = new AwsCli(production.Server, "AKIDSOMEBODYELSE0001", production.Secret);

        var result = await aws.TryAsync("list-user-pools", "--max-results", "1");

        result.Error.ShouldContain("(UnrecognizedClientException) when calling the ListUserPools operation: The security token included in the request is invalid.");
    }

    [Theory]
    [InlineData("/dev/mailbox")]
    [InlineData("/dev/clock")]
    [InlineData("/dev/snapshot")]
    [InlineData("/mailbox")]
    public async Task Nothing_that_helps_developing_is_there(string path)
    {
        using var response = await production.Server.Http.GetAsync(path);

        // Whatever is no route is a page of the web client.
        var text = await response.Content.ReadAsStringAsync();
        (response.StatusCode == HttpStatusCode.NotFound || text.Contains("<div id=\"root\">", StringComparison.Ordinal)).ShouldBeTrue(text);
    }

    [Fact]
    public async Task A_reset_is_no_route()
    {
        using var response = await production.Server.Http.PostAsync("/dev/reset", content: null);

        response.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task It_does_not_start_without_a_master_key()
    {
        var (code, output) = await RunningServer.RefuseAsync(new Dictionary<string, string?> { ["DOTNET_ENVIRONMENT"] = "Production" });

        code.ShouldBe(2);
        output.ShouldContain("Outside Development a master key is needed: set POOLHOUSE_MASTER_KEY");
    }

    [Fact]
    public async Task It_does_not_start_with_an_option_it_does_not_know_and_names_the_nearest()
    {
        var (code, output) = await RunningServer.RefuseAsync(new Dictionary<string, string?> { ["DOTNET_ENVIRONMENT"] = "Development" }, "--publik-url", "http://localhost");

        code.ShouldBe(2);
        output.ShouldContain("Did you mean PublicUrl?");
    }

    [Fact]
    public async Task Ctrl_C_stops_it_cleanly()
    {
        await using var server = await RunningServer.StartAsync();

        var code = await server.StopAsync();

        code.ShouldBe(0);
    }
}
