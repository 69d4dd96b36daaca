using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Identities.Access;
using Poolhouse.Core.SigV4;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Wire;

/// <summary>
/// Demands a valid signature of version 4 from administrative calls. In Development a caller on this machine may use any
/// credentials, which is what people who test have in their profiles; everywhere else the key must be configured. Temporary
/// credentials of the identity service are judged the same way everywhere.
/// </summary>
internal sealed class RequestSignatures(
    IOptions<ServerOptions> options, TemporaryCredentials temporary, WallClock wallClock, IHostEnvironment environment)
{
    private readonly Dictionary<string, string> _secrets = options.Value.AccessKeys.ToDictionary(StringComparer.Ordinal);
    private readonly bool _isDevelopment = environment.IsDevelopment();

    /// <summary>Returns if the call may go on; throws AWS's own error otherwise.</summary>
    /// <returns>The session of temporary credentials, which may do what its role may; null for keys that may do anything.</returns>
    public TemporarySession? Demand(HttpContext http, string service, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var headers = http.Request.Headers;
        var authorization = headers.Authorization.ToString();
        var hasDate = headers.ContainsKey("X-Amz-Date") || headers.ContainsKey("Date");
        switch (SignatureV4.Parse(authorization.Length == 0 ? null : authorization, hasDate))
        {
            case AuthorizationHeader.Missing:
                throw CognitoException.MissingAuthenticationToken();
            case AuthorizationHeader.Incomplete incomplete:
                throw CognitoException.IncompleteSignature(incomplete.Message);
            case AuthorizationHeader.Parsed parsed when TemporaryCredentials.IsOne(parsed.Credential.AccessKeyId):
                return Open(http, service, body, parsed, now);
            case AuthorizationHeader.Parsed parsed:
                Verify(http, service, body, parsed);
                return null;
            default:
                throw new InvalidOperationException("An Authorization header of a new kind.");
        }
    }

    private TemporarySession Open(HttpContext http, string service, ReadOnlyMemory<byte> body, AuthorizationHeader.Parsed parsed, DateTimeOffset now)
    {
        var token = http.Request.Headers["X-Amz-Security-Token"].ToString();
        if (temporary.Open(parsed.Credential.AccessKeyId, token) is not { } session) throw CognitoException.UnrecognizedClient();
        DemandSignature(http, service, body, parsed, session.SecretKey.Reveal());
        // The engine's time, like everything that this server gave an end; the signature's own time is the real one.
        return session.ExpiresAt > now ? session : throw CognitoException.ExpiredToken();
    }

    private void Verify(HttpContext http, string service, ReadOnlyMemory<byte> body, AuthorizationHeader.Parsed parsed)
    {
        if (!_secrets.TryGetValue(parsed.Credential.AccessKeyId, out var secret))
        {
            if (_isDevelopment && IsThisMachine(http.Connection.RemoteIpAddress) && !ForeignPages.Sent(http.Request)) return;
            throw CognitoException.UnrecognizedClient();
        }

        DemandSignature(http, service, body, parsed, secret);
    }

    private void DemandSignature(HttpContext http, string service, ReadOnlyMemory<byte> body, AuthorizationHeader.Parsed parsed, string secret)
    {
        var now = wallClock.Now;
        var expected = new ExpectedScope(service, Region: null);
        var request = Describe(http, body);
        var outcome = SignatureV4.Verify(parsed, request, secret, expected, now);
        if (outcome != SignatureOutcome.Valid)
            throw CognitoException.InvalidSignature(SignatureMessages.For(outcome, parsed, request, expected, now));
    }

    // Never by a forwarded header: only the socket says where a caller is.
    private static bool IsThisMachine(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static SignedRequest Describe(HttpContext http, ReadOnlyMemory<byte> body)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var question = raw.IndexOf('?', StringComparison.Ordinal);
        return new SignedRequest(
            http.Request.Method,
            question < 0 ? raw : raw[..question],
            question < 0 ? "" : raw[(question + 1)..],
            [.. http.Request.Headers.SelectMany(h => h.Value, (h, value) => new KeyValuePair<string, string>(h.Key, value ?? ""))],
            Convert.ToHexStringLower(SHA256.HashData(body.Span)));
    }
}
