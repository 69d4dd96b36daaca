using System.Net;
using Poolhouse.Storage.Redis;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>Redis that wants a password, and speaks TLS with a certificate of the operator's own authority.</summary>
public sealed class RedisSecurityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_is_given_and_without_it_Redis_is_away()
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "s3cret");

        (await AnswersAsync(server.Configuration + ",password=s3cret")).ShouldBeTrue();
        (await AnswersAsync(server.Configuration + ",password=wrong", attempts: 10)).ShouldBeFalse();
        (await AnswersAsync(server.Configuration, attempts: 10)).ShouldBeFalse();
    }

    [Fact]
    public async Task TLS_is_spoken_with_a_server_whose_authority_the_operator_named_and_with_no_other()
    {
        using var authority = new TestAuthority();
        using var another = new TestAuthority();
        var (certificate, key) = authority.Issue("localhost", IPAddress.Loopback);
        await using var server = await RedisServer.StartAsync(
            "--tls-port", "0", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", authority.AuthorityFile, "--tls-auth-clients", "no", "--requirepass", "s3cret");
        var settings = $"localhost:{server.Port},ssl=true,password=s3cret";

        (await AnswersAsync($"{settings},caFile={authority.AuthorityFile}")).ShouldBeTrue();
        (await AnswersAsync(settings, attempts: 10)).ShouldBeFalse();
        (await AnswersAsync($"{settings},caFile={another.AuthorityFile}", attempts: 10)).ShouldBeFalse();
        (await AnswersAsync($"{settings},sslHost=redis.example.com,caFile={authority.AuthorityFile}", attempts: 10)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "can't be read")]
    [InlineData("password=s3cret", "names no server")]
    [InlineData("localhost:6379,caFile=/nowhere.pem", "caFile is for ssl=true")]
    [InlineData("localhost:6379,ssl=true,caFile=/nowhere.pem", "caFile can't be read")]
    [InlineData("localhost:6379,unheard=s3cret", "can't be read")]
    public void What_is_wrong_is_said_without_quoting_it(string configuration, string problem)
    {
        RedisConnection.IsUsable(configuration, out var said).ShouldBeFalse();

        said!.ShouldContain(problem);
        said.ShouldNotContain("s3cret");
    }

    // Connecting takes longer than a request waits for it; RedisWatch asks again and again, too.
    private static async Task<bool> AnswersAsync(string configuration, int attempts = 100)
    {
        await using var connection = new RedisConnection(configuration, TimeProvider.System);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            if (await connection.ProbeAsync(Ct)) return true;
            await Task.Delay(50, Ct);
        }

        return false;
    }
}
