using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Poolhouse.Storage.Redis;

/// <summary>
/// The option <c>Redis</c>: StackExchange.Redis's form, <c>host:6379,password=…,ssl=true</c>, and what the driver of that form lacks:
/// <c>serviceName=NAME</c> makes the hosts Sentinels to be asked for the primary of that name, <c>sentinelPassword=…</c> is theirs, and
/// <c>caFile=PATH</c> is a PEM file of the authorities that may have signed the servers' certificates, instead of the system's.
/// </summary>
internal sealed class RedisSettings
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection? authorities;

    private RedisSettings(ConfigurationOptions driver, string? serviceName, string? sentinelPassword, string? authoritiesFile)
    {
        ServiceName = serviceName;
        SentinelPassword = sentinelPassword;
        Driver = driver;
        driver.AbortOnConnectFail = false;
        driver.ConnectTimeout = 1000;
        driver.ClientName = "poolhouse";
        driver.SslProtocols ??= SslProtocols.Tls12 | SslProtocols.Tls13;
        // This is asked for here; the driver would take the Sentinels for servers.
        driver.ServiceName = null;
        if (authoritiesFile is null) return;
        authorities = [];
        authorities.ImportFromPemFile(authoritiesFile);
        driver.CertificateValidation += (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors);
    }

    /// <summary>What the driver is told; its endpoints are the Sentinels where there are some.</summary>
    public ConfigurationOptions Driver { get; }

    /// <summary>The name that Sentinels know the primary by; null without Sentinels.</summary>
    public string? ServiceName { get; }

    /// <summary>The Sentinels' password; null for none.</summary>
    public string? SentinelPassword { get; }

    /// <summary>Reads a connection string; null, and what is wrong without quoting it, where it can't be.</summary>
    public static RedisSettings? Read(string configuration, [NotNullWhen(false)] out string? problem)
    {
        var own = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = new List<string>();
        foreach (var part in configuration.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part[..equals].Trim() is var key && key.ToUpperInvariant() is "SERVICENAME" or "SENTINELPASSWORD" or "CAFILE") own[key] = part[(equals + 1)..].Trim();
            else rest.Add(part);
        }

        problem = null;
        try
        {
            var driver = ConfigurationOptions.Parse(string.Join(',', rest));
            if (driver.EndPoints.Count == 0) problem = "it names no server";
            else if (own.ContainsKey("caFile") && !driver.Ssl) problem = "caFile is for ssl=true";
            else return new RedisSettings(driver, own.GetValueOrDefault("serviceName"), own.GetValueOrDefault("sentinelPassword"), own.GetValueOrDefault("caFile"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = "its caFile can't be read";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Not the message: it quotes what may be a password.
            problem = "it can't be read";
        }

        return null;
    }

    /// <summary>The driver's settings for one server.</summary>
    public ConfigurationOptions For(EndPoint server)
    {
        var driver = Driver.Clone();
        driver.EndPoints.Clear();
        driver.EndPoints.Add(server);
        if (authorities is not null) driver.CertificateValidation += (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors);
        return driver;
    }

    /// <summary>Whether a server's certificate may be its own: for its name, and by an authority that the operator named or the system knows.</summary>
    public bool IsTrusted(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (authorities is null) return errors == SslPolicyErrors.None;
        // Another authority is all that may be amiss; a name that differs is somebody else's.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (presented is not null)
            foreach (var element in presented.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(server);
    }
}
