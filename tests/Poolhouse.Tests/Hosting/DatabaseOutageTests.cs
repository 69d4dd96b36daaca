using System.Text.Json.Nodes;
using Npgsql;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Hosting;

public sealed class DatabaseOutageTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.CannotConnectNow, true)]
    [InlineData(PostgresErrorCodes.ConnectionFailure, true)]
    [InlineData(PostgresErrorCodes.DiskFull, true)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, true)]
    [InlineData(PostgresErrorCodes.TooManyConnections, true)]
    [InlineData(PostgresErrorCodes.SyntaxError, false)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    public void A_server_that_cannot_is_told_from_one_that_was_asked_wrongly(string state, bool isOutage) =>
        DatabaseOutage.Is(new PostgresException("text", "ERROR", "ERROR", state)).ShouldBe(isOutage);

    [Fact]
    public async Task Every_protocol_says_when_to_come_back_while_the_database_is_away()
    {
        Assert.SkipUnless(PostgresProcess.IsInstalled || Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL is not installed.");
        await using var postgres = await PostgresProcess.CreateAsync([]);
        await using var world = await World.StartAsync(Engine.Sqlite, "--database", postgres.ConnectionString("postgres") + ";Timeout=1");

        await postgres.KillAsync();

        var account = await world.ApiAsync(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = "a@example.com", ["password"] = "Test-1234567" });
        account.ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        account.RetryAfter.ShouldNotBeNull();
        var cognito = await world.CallAsync("ListUserPools", new JsonObject { ["MaxResults"] = 1 });
        cognito.Status.ShouldBe(503, cognito.Text);
        cognito.Type.ShouldBe("InternalErrorException");
        cognito.Headers.RetryAfter.ShouldNotBeNull();
        using var keys = await world.Http.GetAsync("/us-east-1_Nobody0000/.well-known/jwks.json");
        ((int)keys.StatusCode).ShouldBe(503);
        keys.Headers.RetryAfter.ShouldNotBeNull();
    }
}
