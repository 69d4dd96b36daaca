using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Core.Accounts.Realtime;

/// <summary>The tokens of a sign-in as a client told them.</summary>
public sealed record ToldTokens(string AccessToken, string IdToken, string RefreshToken);

/// <summary>Seals tokens to the account and the sign-in that they are of: in another row they don't open.</summary>
public sealed class RealtimeTokens(Sealer sealer)
{
    /// <summary>Sealed JSON.</summary>
    public byte[] Seal(ToldTokens tokens, AccountId account, string familyId) =>
        sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(tokens, RealtimeTokensJson.Default.ToldTokens), SealPurpose.RealtimeTokens, Context(account, familyId));

    /// <summary>The tokens; null for what was sealed for another account or sign-in, or by other keys.</summary>
    public ToldTokens? Open(StoredSignIn stored) =>
        sealer.TryOpen(stored.SealedTokens, SealPurpose.RealtimeTokens, Context(stored.AccountId, stored.FamilyId), out var clear)
            ? JsonSerializer.Deserialize(clear, RealtimeTokensJson.Default.ToldTokens)
            : null;

    private static byte[] Context(AccountId account, string familyId) => SealContext.Of($"{account}/{familyId}");
}

[JsonSerializable(typeof(ToldTokens))]
internal sealed partial class RealtimeTokensJson : JsonSerializerContext;
