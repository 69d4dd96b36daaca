using Poolhouse.Core.Identities.Access;
using Poolhouse.Core.Identities.Logins;

namespace Poolhouse.Core.Identities;

/// <summary>
/// Credentials of an identity (API_GetCredentialsForIdentity): of this server where it has the role's policy, of AWS where the role is
/// exchanged there.
/// </summary>
public sealed class IdentityCredentials(
    RoleChoice roles, PrincipalTags tags, IdentityTokens tokens, IamConfiguration iam, TemporaryCredentials own, IWebIdentityExchange exchange)
{
    /// <summary>API_GetCredentialsForIdentity: one hour.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // The exchange uses it at once; it is worth nothing to who finds it later.
    private static readonly TimeSpan ExchangeLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Credentials for an identity that <see cref="IdentityLinks"/> answered.</summary>
    public async ValueTask<IdentityOutcome<IssuedCredentials>> IssueAsync(
        IdentityPool pool, Identity identity, IReadOnlyList<ProvenLogin> logins, string? customRole, DateTimeOffset now, CancellationToken ct)
    {
        var choice = roles.Choose(pool, identity.IsGuest, logins, customRole);
        if (choice.Refusal is { } refused) return refused;
        if (iam.FindRole(choice.Value) is not { } role) return new IdentityRefusal.InvalidConfiguration();
        var methods = IdentityTokens.MethodsOf(identity.IsGuest, logins);
        // Where AWS has the role, AWS also judges whom it trusts.
        if (role.Exchange is { } endpoint)
        {
            var token = await tokens.IssueAsync(pool, identity.Id, methods, tags.Of(pool, logins), ExchangeLifetime, now, ct);
            return await exchange.AssumeAsync(endpoint, role.Arn, token, Lifetime, ct);
        }

        var facts = new TrustFacts(pool.Id.Value, methods, identity.Id.Value);
        return role.Trusts(facts) ? own.Issue(role.Arn, identity.Id, now + Lifetime) : new IdentityRefusal.InvalidConfiguration();
    }
}
