using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Core.Identities.Access;

/// <summary>
/// Credentials of this server that live for an hour. Nothing of them is stored: the session token is sealed, names their secret, role
/// and end, and is bound to their access key id. As at AWS they can't be taken back, only what their role may do.
/// </summary>
public sealed class TemporaryCredentials(Sealer sealer, IRandom random)
{
    // "ASIA" says temporary, as AWS's do; what follows tells ours from others that people have in their profiles.
    private const string Prefix = "ASIAPOOL";

    private const int IdLength = 20;
    private const int SecretBytes = 30;

    /// <summary>Whether an access key id is one of these, which are worth nothing without their session token.</summary>
    public static bool IsOne(string accessKeyId) => accessKeyId.StartsWith(Prefix, StringComparison.Ordinal) && accessKeyId.Length == IdLength;

    /// <summary>Makes credentials.</summary>
    public IssuedCredentials Issue(string roleArn, IdentityId identity, DateTimeOffset expiresAt)
    {
        var id = Prefix + random.Text(IdLength - Prefix.Length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
        var secret = Convert.ToBase64String(random.Bytes(SecretBytes));
        var state = JsonSerializer.SerializeToUtf8Bytes(
            new SessionState(secret, roleArn, identity.Value, expiresAt.ToUnixTimeSeconds()), SessionJson.Default.SessionState);
        var token = Convert.ToBase64String(sealer.Seal(state, SealPurpose.TemporaryCredentials, SealContext.Of(id)));
        return new IssuedCredentials(id, new Secret(secret), new Secret(token), DateTimeOffset.FromUnixTimeSeconds(expiresAt.ToUnixTimeSeconds()));
    }

    /// <summary>The session of an access key id and its token; null where they don't belong together. Whether it is over is still to be seen.</summary>
    public TemporarySession? Open(string accessKeyId, string? sessionToken)
    {
        if (sessionToken is not { Length: > 0 and <= 4096 }) return null;
        var bytes = new byte[sessionToken.Length];
        if (!Convert.TryFromBase64String(sessionToken, bytes, out var length)) return null;
        if (!sealer.TryOpen(bytes.AsSpan(0, length), SealPurpose.TemporaryCredentials, SealContext.Of(accessKeyId), out var clear)) return null;
        var state = JsonSerializer.Deserialize(clear, SessionJson.Default.SessionState)!;
        return new TemporarySession(
            new Secret(state.Secret), state.RoleArn, new IdentityId(state.IdentityId), DateTimeOffset.FromUnixTimeSeconds(state.ExpiresAt));
    }
}

/// <summary>Whose temporary credentials signed a call.</summary>
/// <param name="SecretKey">Verifies the signature.</param>
/// <param name="RoleArn">Whose policy applies, as it is now.</param>
/// <param name="Identity">Who it is.</param>
/// <param name="ExpiresAt">When it is over.</param>
public sealed record TemporarySession(Secret SecretKey, string RoleArn, IdentityId Identity, DateTimeOffset ExpiresAt);

/// <summary>What a session token holds. Time in epoch seconds.</summary>
internal sealed record SessionState(string Secret, string RoleArn, string IdentityId, long ExpiresAt)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => "***";
}

[JsonSerializable(typeof(SessionState))]
internal sealed partial class SessionJson : JsonSerializerContext;
