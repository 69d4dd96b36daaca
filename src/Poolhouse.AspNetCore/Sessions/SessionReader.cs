using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Poolhouse.AspNetCore.Caching;

namespace Poolhouse.AspNetCore.Sessions;

/// <summary>
/// Sends cookies on to Poolhouse's <c>GET /api/v1/session</c>, one at a time for each, and shares an answer as long as it counts. Only
/// Poolhouse can open a cookie, so an answer is all that there is to go by.
/// </summary>
internal sealed partial class SessionReader(PoolhouseSessionOptions options, TimeProvider time, ILogger logger)
{
    // ASVS 3.3.5: a cookie's name and value are 4,096 bytes at most.
    private const int MaxCookieLength = 4096;

    // Longer ones tell no more, and are not worth carrying around.
    private const int MaxUserAgentLength = 512;

    // What sealed values are written with. No semicolon, so the cookie stays one; no per cent sign, so it reads the same on the other side.
    private static readonly SearchValues<char> CookieCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=:");

    private static readonly SessionAnswer Invalid = new SessionAnswer.Invalid();

    private static readonly SessionAnswer Unavailable = new SessionAnswer.Unavailable();

    private readonly HttpClient _http = Backchannel.Create(options.BackchannelHttpHandler);
    private readonly Uri _address = options.SessionAddress;
    private readonly GenerationCache<RecentAnswer<SessionAnswer>> _answers = new(options.CacheSize);
    private volatile bool _isUnavailable;

    /// <summary>Whose a cookie is. Throws nothing but cancellation.</summary>
    /// <param name="cookie">Its value.</param>
    /// <param name="userAgent">The browser's: Poolhouse shows people what device each of their sessions was last used on.</param>
    /// <param name="ct">Cancellation.</param>
    public ValueTask<SessionAnswer> ReadAsync(string cookie, string? userAgent, CancellationToken ct)
    {
        if (cookie.Length is 0 or > MaxCookieLength || cookie.AsSpan().ContainsAnyExcept(CookieCharacters)) return ValueTask.FromResult(Invalid);
        if (Fingerprint.Of(cookie) is not { } id) return ValueTask.FromResult(Invalid);
        var answer = _answers.Find(id) ?? _answers.GetOrAdd(id, new RecentAnswer<SessionAnswer>(time));
        return answer.GetAsync(options.RevocationDelay, AskAsync, (cookie, userAgent), ct);
    }

    private async Task<SessionAnswer> AskAsync((string Cookie, string? UserAgent) question)
    {
        using var limit = new CancellationTokenSource(options.BackchannelTimeout, time);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _address);
            request.Headers.TryAddWithoutValidation("Cookie", $"{PoolhouseSessionDefaults.CookieName}={question.Cookie}");
            // What can't be sent as it is stays away rather than spoiling the question.
            if (question.UserAgent is { Length: > 0 and <= MaxUserAgentLength } userAgent && Ascii.IsValid(userAgent))
                request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var response = await _http.SendAsync(request, limit.Token);
            var answer = response.StatusCode switch
            {
                HttpStatusCode.OK => SessionDocument.Read(await response.Content.ReadAsByteArrayAsync(limit.Token), _address),
                HttpStatusCode.Unauthorized => Invalid,
                _ => Unavailable,
            };
            Note(answer, $"status {(int)response.StatusCode}");
            return answer;
        }
        catch (Exception e) when (Backchannel.IsFailure(e))
        {
            Note(Unavailable, Backchannel.Describe(e));
            return Unavailable;
        }
    }

    // One line when it goes and one when it comes back, not one for each request.
    private void Note(SessionAnswer answer, string reason)
    {
        var isUnavailable = answer is SessionAnswer.Unavailable;
        if (isUnavailable == _isUnavailable) return;
        _isUnavailable = isUnavailable;
        if (isUnavailable) LogUnavailable(logger, _address, reason);
        else LogAvailable(logger, _address);
    }

    [LoggerMessage(EventIds.SessionsUnavailable, LogLevel.Warning, "Sessions can't be read at {Address}: {Reason}. Requests with a session are answered 503.")]
    private static partial void LogUnavailable(ILogger logger, Uri address, string reason);

    [LoggerMessage(EventIds.SessionsAvailable, LogLevel.Information, "Sessions are read at {Address} again.")]
    private static partial void LogAvailable(ILogger logger, Uri address);
}
