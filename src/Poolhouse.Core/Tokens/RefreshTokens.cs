using System.Text.Json;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Tokens;

/// <summary>What a refresh token says; nobody but this server can read it.</summary>
/// <param name="FamilyId">The sign-in it descends from.</param>
/// <param name="Id">Its own id within the family.</param>
/// <param name="PoolId">The pool.</param>
/// <param name="ClientId">The client it was given to.</param>
/// <param name="ExpiresAt">The family's end; kept here too, because the family's row goes when its user does.</param>
public sealed record RefreshToken(string FamilyId, string Id, PoolId PoolId, ClientId ClientId, DateTimeOffset ExpiresAt);

/// <summary>Writes and reads refresh tokens: JWE compact serialization (RFC 7516 §7.1), as opaque as Cognito's.</summary>
public sealed class RefreshTokens(CompactJwe jwe)
{
    /// <summary>The token's text.</summary>
    public string Write(RefreshToken token)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(192);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("f"u8, token.FamilyId);
            json.WriteString("i"u8, token.Id);
            json.WriteString("p"u8, token.PoolId.Value);
            json.WriteString("c"u8, token.ClientId.Value);
            json.WriteNumber("e"u8, token.ExpiresAt.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        return jwe.Encrypt(buffer.WrittenSpan);
    }

    /// <summary>The token, or null for anything this server did not write.</summary>
    public RefreshToken? Read(string? text)
    {
        if (text is null || !jwe.TryDecrypt(text, out var payload)) return null;
        using var json = JsonDocument.Parse(payload);
        var root = json.RootElement;
        return new RefreshToken(
            root.GetProperty("f"u8).GetString()!,
            root.GetProperty("i"u8).GetString()!,
            new PoolId(root.GetProperty("p"u8).GetString()!),
            new ClientId(root.GetProperty("c"u8).GetString()!),
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("e"u8).GetInt64()));
    }
}
