using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Poolhouse.Core.Tokens.Jose;

/// <summary>
/// Copies of one RSA key, one per thread that computes at once. A shared instance is not promised to be thread-safe, and OpenSSL's
/// blinding takes a lock per key object, which makes parallel signing wait.
/// </summary>
internal sealed class RsaPool(RSAParameters key)
{
    private readonly ConcurrentBag<RSA> idle = [];

    public RSA Rent() => idle.TryTake(out var rsa) ? rsa : RSA.Create(key);

    public void Return(RSA rsa) => idle.Add(rsa);
}
