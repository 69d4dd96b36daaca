using System.Collections.Concurrent;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Tokens;

/// <summary>
/// Tokens whose signature was found good. Keyed by the whole token, so nothing but the very same bytes is ever recognised. Two
/// generations: when the young one is full, the old one goes, which drops what was not used lately without any bookkeeping.
/// </summary>
internal sealed class VerifiedTokens(int capacity)
{
    private ConcurrentDictionary<string, VerifiedToken> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, VerifiedToken> _old = new(StringComparer.Ordinal);

    /// <summary>A token seen before, or null.</summary>
    public VerifiedToken? Find(string token)
    {
        if (_young.TryGetValue(token, out var verified)) return verified;
        if (!_old.TryGetValue(token, out verified)) return null;
        Add(token, verified);
        return verified;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _young = new ConcurrentDictionary<string, VerifiedToken>(StringComparer.Ordinal);
        _old = new ConcurrentDictionary<string, VerifiedToken>(StringComparer.Ordinal);
    }

    /// <summary>Remembers a token.</summary>
    public void Add(string token, VerifiedToken verified)
    {
        if (_young.Count >= capacity / 2)
        {
            _old = _young;
            _young = new ConcurrentDictionary<string, VerifiedToken>(StringComparer.Ordinal);
        }

        _young[token] = verified;
    }
}

/// <summary>A token whose signature was found good.</summary>
internal sealed class VerifiedToken(AccessClaims claims, string keyId)
{
    private volatile SeenCaller? _seen;

    /// <summary>What it says.</summary>
    public AccessClaims Claims => claims;

    /// <summary>The key that it verified by.</summary>
    public string KeyId => keyId;

    /// <summary>Whose it was when they were last read; true only as long as the version is the same. Null before the first read.</summary>
    public SeenCaller? Seen
    {
        get => _seen;
        set => _seen = value;
    }
}

/// <summary>A user and a live family as they were read.</summary>
internal sealed record SeenCaller(User User, TokenFamily Family)
{
    /// <summary>What the database answers as long as neither has changed in a way that a caller could feel.</summary>
    public CallerVersion Version { get; } = new(User.Version, User.ModifiedAt, IsLive: true);
}
