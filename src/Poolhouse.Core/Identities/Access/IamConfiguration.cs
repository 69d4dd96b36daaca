namespace Poolhouse.Core.Identities.Access;

/// <summary>
/// What IAM has at Amazon: roles with their policies, and OpenID Connect providers with their audiences. Read once, from the server's
/// configuration; a document that is not understood to its last word stops the start.
/// </summary>
public sealed class IamConfiguration(IReadOnlyDictionary<string, Role> roles, IReadOnlyDictionary<string, OpenIdProvider> providers)
{
    /// <summary>Of a server that has none of it: no role can be had.</summary>
    public static IamConfiguration Empty { get; } = new(new Dictionary<string, Role>(), new Dictionary<string, OpenIdProvider>());

    /// <summary>The role of an ARN, or null.</summary>
    public Role? FindRole(string arn) => roles.GetValueOrDefault(arn);

    /// <summary>The provider of an ARN, or null.</summary>
    public OpenIdProvider? FindProvider(string arn) => providers.GetValueOrDefault(arn);
}

/// <summary>A role.</summary>
/// <param name="Arn"><c>arn:aws:iam::account:role/name</c>.</param>
/// <param name="Policy">What its credentials may do here.</param>
/// <param name="Trust">Who may have it; null lets every identity that the pool gives the role to.</param>
/// <param name="Exchange">Where AWS STS is, for a role of AWS; null for one of this server.</param>
public sealed record Role(string Arn, Policy Policy, IReadOnlyList<TrustStatement>? Trust, Uri? Exchange)
{
    /// <summary>Whether an identity may have it: some statement allows it and none denies it.</summary>
    public bool Trusts(TrustFacts facts) => Trust is null
        || (Trust.Any(s => s.Allows && s.IsAbout(facts)) && !Trust.Any(s => !s.Allows && s.IsAbout(facts)));
}

/// <summary>An OpenID Connect provider.</summary>
/// <param name="Arn"><c>arn:aws:iam::account:oidc-provider/name</c>.</param>
/// <param name="Name">Host and path, which is what its logins are sent under.</param>
/// <param name="Issuer">With its scheme: <c>https</c>, but <c>http</c> for this machine in Development.</param>
/// <param name="ClientIds">The audiences that count, at least one.</param>
public sealed record OpenIdProvider(string Arn, string Name, string Issuer, IReadOnlyList<string> ClientIds);
