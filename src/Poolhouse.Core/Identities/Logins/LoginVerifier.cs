using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Identities.Logins;

/// <summary>Judges the <c>Logins</c> of a call: provider name to token. All must prove something, or none does.</summary>
public sealed class LoginVerifier(ProviderNames names, UserPoolLogins userPools, OpenIdLogins openId, IdentityTokens own)
{
    /// <summary>What the tokens prove, in the order of their providers' names.</summary>
    /// <param name="pool">Whose providers count.</param>
    /// <param name="logins">As sent; null is none.</param>
    /// <param name="now">The time of the call.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<IdentityOutcome<IReadOnlyList<ProvenLogin>>> VerifyAsync(
        IdentityPool pool, IReadOnlyDictionary<string, string>? logins, DateTimeOffset now, CancellationToken ct)
    {
        var proven = new List<ProvenLogin>();
        foreach (var (name, token) in (logins ?? new Dictionary<string, string>()).OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            var outcome = await VerifyAsync(pool, name, token, now, ct);
            if (outcome.Refusal is { } refusal) return refusal;
            proven.Add(outcome.Value);
        }

        return proven;
    }

    private async ValueTask<IdentityOutcome<ProvenLogin>> VerifyAsync(
        IdentityPool pool, string name, string token, DateTimeOffset now, CancellationToken ct)
    {
        if (!Jwt.TryParse(token, out var parts) || IdTokenClaims.TryRead(parts) is not { } claims)
            return new IdentityRefusal.InvalidToken(TokenProblem.Malformed);
        if (names.IsThisService(name)) return await own.VerifyAsync(pool, parts, claims, now, ct);
        if (names.PoolOf(name) is { } userPool) return await userPools.VerifyAsync(pool, userPool, names.Canonical(name), parts, claims, now, ct);
        return await openId.VerifyAsync(pool, name, parts, claims, now, ct);
    }
}
