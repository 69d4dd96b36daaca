namespace Poolhouse.Core.Tokens.Jose;

/// <summary>A token taken apart. Nothing in it is to be believed before <see cref="Jwt.Verify"/> says so.</summary>
/// <param name="KeyId">The header's <c>kid</c>, by which to find the key.</param>
/// <param name="Payload">The claims: bytes that should be a JSON object.</param>
/// <param name="Signed">What the signature covers: the first two parts as sent, ASCII.</param>
/// <param name="Signature">The signature's bytes.</param>
public sealed record JwtParts(string KeyId, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Signature);
