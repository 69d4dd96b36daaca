using System.Collections.Concurrent;

namespace Poolhouse.Core.Tokens;

/// <summary>
/// Tokens whose signature was found good. Keyed by the whole token, so nothing but the very same bytes is ever recognised. Two
/// generations: when the young one is full, the old one goes, which drops what was not used lately without any bookkeeping.
/// </summary>
internal sealed class VerifiedTokens(int capacity)
{
    private ConcurrentDictionary<string, AccessClaims> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, AccessClaims> _old = new(StringComparer.Ordinal);

    /// <summary>The claims of a token seen before, or null.</summary>
    public AccessClaims? Find(string token)
    {
        if (_young.TryGetValue(token, out var claims)) return claims;
        if (!_old.TryGetValue(token, out claims)) return null;
        Add(token, claims);
        return claims;
    }

    /// <summary>Remembers a token.</summary>
    public void Add(string token, AccessClaims claims)
    {
        if (_young.Count >= capacity / 2)
        {
            _old = _young;
            _young = new ConcurrentDictionary<string, AccessClaims>(StringComparer.Ordinal);
        }

        _young[token] = claims;
    }
}
