using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Core.Accounts.Remote;

/// <summary>The tokens of a sign-in at another pool.</summary>
/// <param name="Access">The newest access token.</param>
/// <param name="Refresh">The newest refresh token; null where nobody gave one.</param>
public sealed record RemoteTokens(string Access, string? Refresh)
{
    /// <summary>Never the tokens.</summary>
    public override string ToString() => "***";
}

/// <summary>Seals them to the account and the sign-in that they are of: in another row they don't open.</summary>
public sealed class RemoteTokenSeal(Sealer sealer)
{
    /// <summary>Sealed JSON.</summary>
    public byte[] Seal(RemoteTokens tokens, AccountId account, string signInId) =>
        sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(tokens, RemoteTokensJson.Default.RemoteTokens), SealPurpose.RemoteTokens, Context(account, signInId));

    /// <summary>The tokens; null for what was sealed for another account or sign-in, or by other keys.</summary>
    public RemoteTokens? Open(RemoteSignIn signIn) =>
        sealer.TryOpen(signIn.SealedTokens, SealPurpose.RemoteTokens, Context(signIn.AccountId, signIn.Id), out var clear)
            ? JsonSerializer.Deserialize(clear, RemoteTokensJson.Default.RemoteTokens)
            : null;

    private static byte[] Context(AccountId account, string signInId) => SealContext.Of($"{account}/{signInId}");
}

[JsonSerializable(typeof(RemoteTokens))]
internal sealed partial class RemoteTokensJson : JsonSerializerContext;
