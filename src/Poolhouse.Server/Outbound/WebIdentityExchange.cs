using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Identities.Access;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Outbound;

/// <summary>
/// AWS STS: AssumeRoleWithWebIdentity, which needs no signature, for the token is the proof.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
/// </summary>
internal sealed partial class WebIdentityExchange(OutboundHttp http, ILogger<WebIdentityExchange> logger) : IWebIdentityExchange
{
    /// <inheritdoc/>
    public async ValueTask<IdentityOutcome<IssuedCredentials>> AssumeAsync(Uri endpoint, string roleArn, string token, TimeSpan lifetime, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Action"] = "AssumeRoleWithWebIdentity",
                ["Version"] = "2011-06-15",
                ["RoleArn"] = roleArn,
                ["RoleSessionName"] = "CognitoIdentityCredentials",
                ["WebIdentityToken"] = token,
                ["DurationSeconds"] = ((int)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            }),
        };
        if (await http.SendAsync(request, ct) is not var (status, body) || status >= 500)
        {
            LogFailed(roleArn, endpoint);
            return new IdentityRefusal.ExternalService("AWS STS");
        }

        if (status == StatusCodes.Status200OK && Read(body) is { } credentials) return credentials;
        LogRefused(roleArn, status, Find(body, "Code") ?? "");
        return new IdentityRefusal.InvalidConfiguration();
    }

    private static IssuedCredentials? Read(byte[] body) =>
        Find(body, "AccessKeyId") is { } id && Find(body, "SecretAccessKey") is { } secret && Find(body, "SessionToken") is { } session
        && DateTimeOffset.TryParse(Find(body, "Expiration"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration)
            ? new IssuedCredentials(id, new Secret(secret), new Secret(session), expiration)
            : null;

    // By local name: the namespace says the version, which was asked for. No DTD is read.
    private static string? Find(byte[] body, string name)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    [LoggerMessage(EventIds.ExchangeRefused, LogLevel.Warning, "STS did not give credentials of {RoleArn}: {Status} {Code}.")]
    private partial void LogRefused(string roleArn, int status, string code);

    [LoggerMessage(EventIds.ExchangeFailed, LogLevel.Warning, "No answer about {RoleArn} from {Endpoint}.")]
    private partial void LogFailed(string roleArn, Uri endpoint);
}
