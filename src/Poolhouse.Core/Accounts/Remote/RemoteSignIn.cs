using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts.Remote;

/// <summary>A sign-in at a pool of Amazon's that something here goes on with: a cookie session or a WebSocket. Whether it lives is the pool's to say.</summary>
public sealed record RemoteSignIn
{
    /// <summary>The same for all tokens that descend from it.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The account's application.</summary>
    public required string Application { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>The pool's user.</summary>
    public required Sub Sub { get; init; }

    /// <summary>The client that the tokens were given to.</summary>
    public required ClientId ClientId { get; init; }

    /// <summary>Its tokens; see <see cref="RemoteTokens"/>.</summary>
    public required byte[] SealedTokens { get; init; }

    /// <summary>Whether a refresh token is among them; without one the sign-in goes on here no longer than its access token.</summary>
    public required bool CanRefresh { get; init; }

    /// <summary>The end of the access token.</summary>
    public required DateTimeOffset AccessExpiresAt { get; init; }

    /// <summary>When nothing here goes on with it any more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the pool was last asked about it for those who don't ask themselves.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>Counts its tokens.</summary>
    public long Version { get; init; }

    /// <summary>How often the pool was told that it has ended, and didn't hear.</summary>
    public long Attempts { get; init; }

    /// <summary>Whether it was ended here.</summary>
    public bool HasEnded { get; init; }
}
