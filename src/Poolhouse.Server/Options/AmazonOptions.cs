using System.Text.RegularExpressions;
using Poolhouse.Amazon;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Options;

/// <summary>
/// Applications in front of Amazon's pools: the names that AWS SDKs and existing back ends have in the environment (<c>COGNITO_USER_POOL_ID</c>,
/// <c>COGNITO_CLIENT_ID</c>, <c>COGNITO_CLIENT_SECRET</c>, …), and what can be wrong with them. The region is the one that the pool's id begins with:
/// <c>AWS_REGION</c> is where this server runs, which containers of Amazon's set by themselves and which may be another. See docs/amazon.md.
/// </summary>
internal static partial class AmazonOptions
{
    /// <summary>The application that the environment alone makes.</summary>
    public const string DefaultName = "main";

    private const string UserPoolId = "COGNITO_USER_POOL_ID";
    private const string ClientId = "COGNITO_CLIENT_ID";
    private const string ClientSecret = "COGNITO_CLIENT_SECRET";

    /// <summary>Puts what the environment says into the options; answers what is wrong with that.</summary>
    public static IEnumerable<string> Complete(ServerOptions options, IConfiguration environment)
    {
        if (Text(environment, UserPoolId) is { } pool)
        {
            if (Text(environment, ClientId) is null) yield return $"{UserPoolId} is set, and {ClientId} is not: it is the app client that the account API signs in with.";
            if (options.Applications.Count == 0) options.Applications[DefaultName] = new ApplicationOptions { Title = "Account", Pool = PoolOwner.Amazon };
            if (!options.Applications.Values.Any(a => a.Pool == PoolOwner.Amazon))
                yield return $"{UserPoolId} is set, and no application is in front of it: give one of Applications Pool = Amazon, or take the variable away.";
        }
        else if (Text(environment, ClientId) is not null)
        {
            yield return $"{ClientId} is set, and {UserPoolId} is not.";
        }

        foreach (var application in options.Applications.Values.Where(a => a.Pool == PoolOwner.Amazon))
        {
            // One that names its pool has nothing from there: a secret of one client is wrong for another.
            if (application.UserPoolId is null && application.ClientId is null)
            {
                (application.UserPoolId, application.ClientId) = (Text(environment, UserPoolId), Text(environment, ClientId));
                application.ClientSecret ??= Text(environment, ClientSecret);
            }

            application.Endpoint ??= Text(environment, "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER") ?? Text(environment, "AWS_ENDPOINT_URL");
        }
    }

    /// <summary>What is wrong with an application's own options.</summary>
    public static IEnumerable<string> Validate(string name, ApplicationOptions application)
    {
        var at = $"Applications:{name}:";
        if (application.Pool == PoolOwner.Local)
        {
            if (application.ClientSecret is not null) yield return $"{at}ClientSecret is for pools of Amazon's; set {at}Pool = Amazon, or take it away.";
            if (application.Endpoint is not null) yield return $"{at}Endpoint is for pools of Amazon's; set {at}Pool = Amazon, or take it away.";
            if (application.Issuer is not null) yield return $"{at}Issuer is for pools of Amazon's; set {at}Pool = Amazon, or take it away.";
            yield break;
        }

        if (application.UserPoolId is { } pool && !IsPoolId().IsMatch(pool)) yield return $"{at}UserPoolId: '{pool}' does not look like eu-west-1_AbCdEfGhI.";
        if (application.Endpoint is { } endpoint && !IsBase(endpoint)) yield return $"{at}Endpoint: '{endpoint}' is not an https address, or an http one of this machine, without a path.";
        if (application.Issuer is { } issuer && !IsBase(issuer)) yield return $"{at}Issuer: '{issuer}' is not an https address, or an http one of this machine, without a path.";
        if (application.RevocationSeconds is not (>= 0 and <= 300)) yield return $"{at}RevocationSeconds must be 0 to 300.";
        if (application.TimeoutSeconds is not (>= 0.5 and <= 60)) yield return $"{at}TimeoutSeconds must be 0.5 to 60.";
    }

    /// <summary>Where an application's pool is; null for one of this server's.</summary>
    public static AmazonPool? PoolOf(ApplicationOptions application)
    {
        if (application.Pool == PoolOwner.Local) return null;
        var amazon = $"https://cognito-idp.{RegionOf(application.UserPoolId!)}.amazonaws.com";
        var endpoint = application.Endpoint ?? amazon;
        // A private way to Amazon (an interface endpoint, a proxy of the SDKs' kind below amazonaws.com) changes nothing about who signs the tokens.
        var issuer = application.Issuer ?? (new Uri(endpoint).Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase) ? amazon : endpoint);
        return new AmazonPool(
            new Uri(endpoint),
            $"{issuer.TrimEnd('/')}/{application.UserPoolId}",
            application.ClientSecret is { Length: > 0 } secret ? new Secret(secret) : null,
            TimeSpan.FromSeconds(application.RevocationSeconds),
            TimeSpan.FromSeconds(application.TimeoutSeconds));
    }

    /// <summary>Who signs calls: keys of the configuration, which may be a .env file; else whatever AWS SDKs find.</summary>
    public static IAmazonCredentials CredentialsOf(IConfiguration environment) =>
        Text(environment, "AWS_ACCESS_KEY_ID") is { } id && Text(environment, "AWS_SECRET_ACCESS_KEY") is { } secret
            ? new GivenCredentials(new AmazonKeys(id, new Secret(secret), Text(environment, "AWS_SESSION_TOKEN") is { } token ? new Secret(token) : null))
            : new DefaultCredentials();

    private static string RegionOf(string pool) => pool[..pool.IndexOf('_', StringComparison.Ordinal)];

    private static string? Text(IConfiguration environment, string name) => environment[name] is { Length: > 0 } text ? text : null;

    // Passwords and secrets go there.
    private static bool IsBase(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    [GeneratedRegex("^[a-z]{2}(?:-[a-z]+)+-[0-9]_[0-9A-Za-z]{1,40}$", RegexOptions.NonBacktracking)]
    private static partial Regex IsPoolId();
}
