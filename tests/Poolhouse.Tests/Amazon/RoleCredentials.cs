using Poolhouse.Amazon;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Tests.Amazon;

/// <summary>Keys as a role has them, renewed each time they are asked for, with a token that counts them.</summary>
internal sealed class RoleCredentials(string secret) : IAmazonCredentials
{
    private int made;

    public ValueTask<AmazonKeys> GetAsync(CancellationToken ct) =>
        ValueTask.FromResult(new AmazonKeys("ASIAEXAMPLE", new Secret(secret), new Secret($"token {Interlocked.Increment(ref made)}")));
}
