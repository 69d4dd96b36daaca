using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Benchmarks;

/// <summary>Tokens of one user: making them, and accepting one with the read of its user and family.</summary>
public class TokenBenchmarks
{
    private BenchmarkServer server = null!;
    private TokenIssuer issuer = null!;
    private AccessTokens tokens = null!;
    private Caller caller = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        server = await BenchmarkServer.StartAsync();
        issuer = server.Services.GetRequiredService<TokenIssuer>();
        tokens = NewAccessTokens();
        caller = await VerifyCached() ?? throw new InvalidOperationException("The token is not accepted.");
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await server.DisposeAsync();

    /// <summary>An ID token and an access token: two signatures.</summary>
    [Benchmark]
    public async Task<IssuedTokens> IssueBoth() =>
        await issuer.IssueAsync(caller.Client, caller.User, caller.Family, refreshToken: null, changes: null, DateTimeOffset.UtcNow, CancellationToken.None);

    /// <summary>A token seen for the first time.</summary>
    [Benchmark]
    public async Task<Caller?> VerifyCold() =>
        (await NewAccessTokens().FindCallerAsync(server.AccessToken, DateTimeOffset.UtcNow, CancellationToken.None)).Caller;

    /// <summary>A token whose signature was checked before.</summary>
    [Benchmark]
    public async Task<Caller?> VerifyCached() =>
        (await tokens.FindCallerAsync(server.AccessToken, DateTimeOffset.UtcNow, CancellationToken.None)).Caller;

    private AccessTokens NewAccessTokens() => new(
        server.Services.GetRequiredService<PoolKeys>(),
        server.Services.GetRequiredService<Issuer>(),
        server.Services.GetRequiredService<Catalog>(),
        server.Services.GetRequiredService<IDatabase>());
}
