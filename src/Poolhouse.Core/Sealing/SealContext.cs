using System.Text;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Sealing;

/// <summary>What a sealed value is bound to, so that it can't be moved to another row.</summary>
public static class SealContext
{
    /// <summary>A user of a pool.</summary>
    public static byte[] Of(PoolId pool, Sub sub) => Encoding.UTF8.GetBytes($"{pool}/{sub}");

    /// <summary>Anything with one key.</summary>
    public static byte[] Of(string key) => Encoding.UTF8.GetBytes(key);
}
