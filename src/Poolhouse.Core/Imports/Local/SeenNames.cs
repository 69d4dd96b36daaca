using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Imports.Local;

/// <summary>
/// The names that a file's rows have had so far, so that a row can be told which earlier one has its name. Whether it has one at all the
/// database says; this only finds the line. Bounded: what comes behind the first four million names is not remembered.
/// </summary>
/// <param name="pool">Whose rules say which names are equal.</param>
public sealed class SeenNames(UserPool pool)
{
    private const int MaxNames = 4_000_000;

    // 64 bits of a digest instead of the name: four million of them are 150 MB at most, and that two of them meet is a matter of 1 to 2,000,000.
    private readonly Dictionary<ulong, long> _lines = [];

    /// <summary>The line of the earlier row with one of the user's names, and what it is; null where there is none.</summary>
    public (string What, long Line)? Find(User user)
    {
        foreach (var (what, name) in NamesOf(user))
            if (_lines.TryGetValue(name, out var line)) return (what, line);
        return null;
    }

    /// <summary>Remembers the names of a row; the first row with a name keeps it.</summary>
    public void Add(User user, long line)
    {
        foreach (var (_, name) in NamesOf(user))
            if (_lines.Count < MaxNames) _lines.TryAdd(name, line);
    }

    private IEnumerable<(string What, ulong Name)> NamesOf(User user)
    {
        // Elsewhere the username is the sub, which no other row has.
        if (!pool.UsesAttributesAsUsername) yield return ("username", Digest("username", pool.Normalize(user.Username)));
        foreach (var alias in AliasRules.Held(pool, user)) yield return (alias.Attribute, Digest(alias.Attribute, alias.NormalizedValue));
    }

    private static ulong Digest(string what, string name) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(what + "\0" + name)));
}
