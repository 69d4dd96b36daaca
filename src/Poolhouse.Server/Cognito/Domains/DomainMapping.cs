using System.Globalization;
using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Domains;

/// <summary>Domains between Core and the wire. They are unique over all pools; the sign-in pages answer under them.</summary>
internal static class DomainMapping
{
    /// <summary>The name of a pool's prefix domain, of which it has one.</summary>
    public const string Prefix = "prefix";

    /// <summary>The name of a pool's custom domain, of which it has one.</summary>
    public const string Custom = "custom";

    private const int ClassicPages = 1;
    private const int ManagedLogin = 2;

    // Refused anywhere within a prefix (observed), because it would stand under a domain of Amazon's.
    private static readonly string[] Reserved = ["aws", "amazon", "cognito"];

    /// <summary>API_DomainDescriptionType. There is no distribution and no bucket behind a domain here, so none is told.</summary>
    public static DomainDescriptionType ToWire(Document document, string account)
    {
        var domain = DocumentTypes.Domain.Read(document);
        return new DomainDescriptionType
        {
            UserPoolId = document.PoolId.Value,
            AWSAccountId = account,
            Domain = document.Key,
            Version = document.ModifiedAt.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            Status = "ACTIVE",
            CustomDomainConfig = domain.IsCustom
                ? new CustomDomainConfigType { CertificateArn = domain.CertificateArn, SecurityPolicy = domain.SecurityPolicy }
                : null,
            ManagedLoginVersion = domain.ManagedLoginVersion,
        };
    }

    /// <summary>A domain as it is asked for.</summary>
    /// <param name="name">The domain.</param>
    /// <param name="custom">Given for a whole domain, null for a prefix.</param>
    /// <param name="managedLoginVersion">1 or 2; null means 1.</param>
    /// <param name="routing">Failover to a replica, which there is none of.</param>
    /// <param name="tier">The pool's.</param>
    public static Domain Read(string name, CustomDomainConfigType? custom, int? managedLoginVersion, RoutingType? routing, string tier)
    {
        DemandForm(name, custom is not null);
        if (routing?.Failover is not null) throw CognitoException.InvalidParameter("Routing: Replicas of user pools are not supported.");
        var version = managedLoginVersion ?? ClassicPages;
        if (version is not (ClassicPages or ManagedLogin)) throw CognitoException.InvalidParameter("ManagedLoginVersion must be 1 or 2.");
        if (version == ManagedLogin && tier == "LITE")
        {
            throw CognitoException.FeatureUnavailableInTier(
                "The following features need to be disabled for the LITE pricing tier configured: Managed Login");
        }

        return new Domain(custom is not null, custom?.CertificateArn, custom?.SecurityPolicy, version);
    }

    /// <summary>The error for a domain that isn't the pool's (observed: the same words for either missing).</summary>
    public static CognitoException NotFound() => CognitoException.InvalidParameter("No such domain or user pool exists.");

    private static void DemandForm(string name, bool isCustom)
    {
        if (isCustom)
        {
            if (!name.Contains('.', StringComparison.Ordinal) || Uri.CheckHostName(name) != UriHostNameType.Dns)
                throw CognitoException.InvalidParameter("Custom domain is not a valid subdomain.");
            return;
        }

        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw CognitoException.InvalidParameter(
                "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. "
                + "Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
        }

        if (Array.Find(Reserved, word => name.Contains(word, StringComparison.Ordinal)) is { } reserved)
            throw CognitoException.InvalidParameter($"Domain cannot contain reserved word: {reserved}");
    }
}
