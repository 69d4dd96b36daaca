using Poolhouse.Core.Sealing;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Tokens;

/// <summary>Makes signing keys in the form in which they are stored, and opens them again. Whose they are is the caller's matter.</summary>
public sealed class SigningKeyVault(Sealer sealer, SigningKeySupply supply)
{
    /// <summary>
    /// How long a replaced key stays published: the tokens that it signed live a day at most (API_UserPoolClientType,
    /// API_GetOpenIdTokenForDeveloperIdentity); the rest is for nodes that still signed with it.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(25);

    /// <summary>How long what was read of keys is taken for true: a key that another node took away verifies nothing a second later.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>A new key: its id, and its PKCS#8 sealed with the id as context.</summary>
    public async ValueTask<(string Kid, byte[] SealedPrivateKey)> MakeAsync(CancellationToken ct)
    {
        var key = await supply.TakeAsync(ct);
        return (key.KeyId, sealer.Seal(key.ExportPkcs8(), SealPurpose.SigningKey, SealContext.Of(key.KeyId)));
    }

    /// <summary>The key of a stored one.</summary>
    /// <exception cref="InvalidOperationException">It was sealed under a master key that isn't configured.</exception>
    public SigningKey Open(string kid, byte[] sealedPrivateKey) =>
        sealer.TryOpen(sealedPrivateKey, SealPurpose.SigningKey, SealContext.Of(kid), out var pkcs8)
            ? SigningKey.Import(pkcs8)
            : throw new InvalidOperationException($"Signing key {kid} was sealed under another master key.");

    /// <summary>
    /// Which of several generations signs, the newest first: the newest whose time has come; the oldest where none's has, as after the clock
    /// was set back.
    /// </summary>
    public static T Current<T>(IReadOnlyList<T> newestFirst, Func<T, DateTimeOffset> signsFrom, DateTimeOffset now)
    {
        foreach (var candidate in newestFirst)
            if (signsFrom(candidate) <= now) return candidate;
        return newestFirst[^1];
    }
}
