using Microsoft.AspNetCore.Authentication;
using Poolhouse.AspNetCore.Tokens;

namespace Poolhouse.AspNetCore;

/// <summary>Which of a user pool's tokens an API takes.</summary>
public enum CognitoTokenUse
{
    /// <summary>Access tokens, which are made for APIs: they have scopes, and can be checked for revocation.</summary>
    Access,

    /// <summary>ID tokens, which have the user's attributes. They can't be checked for revocation.</summary>
    Id,
}

/// <summary>
/// Settings of <see cref="CognitoTokenExtensions.AddCognitoTokens(AuthenticationBuilder, Action{CognitoTokenOptions})"/>.
/// <see cref="Authority"/> and <see cref="ClientIds"/> are needed; they are checked when the application starts.
/// </summary>
public sealed class CognitoTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>
    /// The pool's issuer, letter by letter as it stands in <c>iss</c>, without a slash at its end:
    /// <c>https://cognito-idp.REGION.amazonaws.com/POOL</c> for Amazon, <c>https://accounts.example.com/POOL</c> for Poolhouse.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>The app clients whose tokens are taken. At least one: a pool's other applications are not this one.</summary>
    public ISet<string> ClientIds { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Names of this API for access tokens that are bound to one API by <c>aud</c> (RFC 8707). Tokens without <c>aud</c> don't need it; a token
    /// that has one of another API is refused.
    /// </summary>
    public ISet<string> Audiences { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Which tokens are taken; the others are refused. Default <see cref="CognitoTokenUse.Access"/>.</summary>
    public CognitoTokenUse TokenUse { get; set; } = CognitoTokenUse.Access;

    /// <summary>
    /// Where the pool is reached, for its keys and for <c>GetUser</c>, when that is not where <see cref="Authority"/> says: the address of
    /// Poolhouse inside a private network, for instance. Null derives it from <see cref="Authority"/>, which is right for Amazon.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// Whether addresses have to be <c>https</c>; those of this machine never have to. Default true. Keys that come over a plain network are
    /// anybody's.
    /// </summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>
    /// Whether the pool is asked if an access token was revoked, its user signed out everywhere, disabled or deleted. Default true. Without
    /// it a token is good until it expires, and the pool is only asked for its keys.
    /// </summary>
    public bool CheckRevocation { get; set; } = true;

    /// <summary>
    /// For how long the pool's answer about a token counts; a revocation is felt after this time at the latest. Default one second;
    /// zero to one hour. One call a token and this time goes to the pool, however many requests carry the token. Amazon limits such
    /// calls for all of a pool's applications together.
    /// </summary>
    public TimeSpan RevocationDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether users' access tokens without the scope <c>aws.cognito.signin.user.admin</c> are taken although <see cref="CheckRevocation"/> is on
    /// and the pool doesn't answer for them. Default false. Tokens that clients get for themselves have no user, can't be revoked, and are
    /// always taken.
    /// </summary>
    public bool AcceptUncheckableTokens { get; set; }

    /// <summary>By how much the clocks of the pool and of this machine may differ. Default ten seconds; zero to five minutes.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For how long the pool is waited for; then the request is answered 503, as it is when the pool can't be reached: it is not known
    /// whether the token is good, so it is neither refused nor taken. Default two seconds; up to one minute.
    /// </summary>
    public TimeSpan BackchannelTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Sends the calls to the pool; null for the usual one. For proxies, certificates and tests.</summary>
    public HttpMessageHandler? BackchannelHttpHandler { get; set; }

    /// <summary>How many verified tokens are remembered, by their hash. Default 10,000, some 3 KB each.</summary>
    public int CacheSize { get; set; } = 10_000;

    /// <summary>What <c>WWW-Authenticate</c> calls the API (RFC 9110 §11.5). Printable ASCII without quotes. Default <c>api</c>.</summary>
    public string Realm { get; set; } = "api";

    /// <summary>Made once for these settings.</summary>
    internal TokenVerifier? Verifier { get; set; }

    internal Uri EndpointAddress => Endpoint ?? new Uri(Authority[..(Authority.LastIndexOf('/') + 1)]);

    internal Uri KeySetAddress => new($"{EndpointAddress.AbsoluteUri.TrimEnd('/')}{Authority[Authority.LastIndexOf('/')..]}/.well-known/jwks.json");

    /// <summary>Says what is wrong with the settings.</summary>
    /// <exception cref="InvalidOperationException">They can't work, or would take what they must not.</exception>
    public override void Validate()
    {
        base.Validate();
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || authority.AbsolutePath.Length < 2 || Authority.EndsWith('/')
            || authority.Query.Length > 0 || authority.Fragment.Length > 0)
            throw new InvalidOperationException($"{nameof(Authority)} has to be the pool's issuer, such as https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example.");
        OptionRules.CheckAddress(nameof(Authority), authority, RequireHttps);
        if (Endpoint is not null) OptionRules.CheckAddress(nameof(Endpoint), Endpoint, RequireHttps);
        if (ClientIds.Count == 0 || ClientIds.Any(string.IsNullOrWhiteSpace))
            throw new InvalidOperationException($"{nameof(ClientIds)} has to name the app clients whose tokens are taken.");
        if (TokenUse == CognitoTokenUse.Id && CheckRevocation)
            throw new InvalidOperationException($"Pools don't tell whether an ID token was revoked: take access tokens, or set {nameof(CheckRevocation)} to false.");
        OptionRules.CheckTime(nameof(RevocationDelay), RevocationDelay, TimeSpan.Zero, TimeSpan.FromHours(1));
        OptionRules.CheckTime(nameof(ClockSkew), ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        OptionRules.CheckTime(nameof(BackchannelTimeout), BackchannelTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        OptionRules.CheckCacheSize(CacheSize);
        if (Realm.Length == 0 || Realm.Any(c => c is < ' ' or > '~' or '"' or '\\'))
            throw new InvalidOperationException($"{nameof(Realm)} has to be printable ASCII without quotes and backslashes.");
    }
}
