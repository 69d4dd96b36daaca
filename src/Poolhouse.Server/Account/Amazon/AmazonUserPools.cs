using System.Collections.Concurrent;
using Poolhouse.Amazon;
using Poolhouse.Amazon.Cognito;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>The pools at Amazon, one gateway an application.</summary>
internal sealed class AmazonUserPools(
    IDatabase database, IOpenIdKeys keys, IAmazonCredentials credentials, WallClock wallClock, RealTime realTime, TimeProvider clock, IRandom random, ILogger<AmazonUserPools> logger)
    : IUserPools, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Opened>> _pools = new(StringComparer.Ordinal);

    public IUserPoolGateway Of(Application application) =>
        _pools.GetOrAdd(application.Name, static (_, x) => new Lazy<Opened>(() => x.self.Open(x.application)), (application, self: this)).Value.Pool;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pool in _pools.Values.Where(p => p.IsValueCreated)) pool.Value.Dispose();
    }

    private Opened Open(Application application)
    {
        var amazon = application.Amazon!;
        var client = new CognitoClient(new CognitoAddress(amazon.Endpoint, application.PoolId.Region), credentials, realTime.Clock, amazon.Budget);
        var calls = new AmazonCalls(application, client, logger);
        var facts = new AmazonFacts(calls, application, wallClock);
        var sessions = new SessionShape(random);
        var tokens = new AmazonTokens(application, keys, wallClock);
        var pool = new AmazonUserPool(
            application,
            calls,
            facts,
            new AmazonSignUps(calls, facts, sessions, application, database, logger),
            tokens,
            new AmazonLiveness(calls, application, clock),
            new AmazonSignOuts(calls, facts, tokens, application, database, clock),
            sessions);
        return new Opened(pool, client, facts);
    }

    private sealed record Opened(AmazonUserPool Pool, CognitoClient Client, AmazonFacts Facts) : IDisposable
    {
        public void Dispose()
        {
            Client.Dispose();
            Facts.Dispose();
        }
    }
}
