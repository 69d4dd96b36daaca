using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Poolhouse.AspNetCore.Caching;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>
/// Asks the user pool whether an access token is still good, by <c>GetUser</c>: the one operation that every pool answers with nothing
/// but the token, and which a revoked one gets no answer from (user guide, "Ending user sessions with token revocation").
/// </summary>
internal sealed partial class UserPool(Uri endpoint, HttpClient http, TimeSpan timeout, TimeProvider time, ILogger logger)
{
    private const string Target = "AWSCognitoIdentityProviderService.GetUser";

    private static readonly MediaTypeHeaderValue AwsJson = new("application/x-amz-json-1.1");

    // API_GetUser, "Errors": those that speak of the token or its user. All others speak of the pool's own troubles.
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "NotAuthorizedException",
        "PasswordResetRequiredException",
        "ResourceNotFoundException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    };

    private volatile bool _isUnavailable;

    /// <summary>Asks. Never throws, and answers within the time limit.</summary>
    /// <param name="question">The token, and its user's name.</param>
    public async Task<TokenState> AskAsync((ReadOnlyMemory<char> Token, string Username) question)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        try
        {
            using var content = new ByteArrayContent(Body(question.Token.Span));
            content.Headers.ContentType = AwsJson;
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
            request.Headers.Add("X-Amz-Target", Target);
            using var response = await http.SendAsync(request, limit.Token);
            var state = Judge(response.StatusCode, await response.Content.ReadAsByteArrayAsync(limit.Token), question.Username);
            Note(state, $"status {(int)response.StatusCode}");
            return state;
        }
        catch (Exception e) when (Backchannel.IsFailure(e))
        {
            Note(TokenState.Unavailable, Backchannel.Describe(e));
            return TokenState.Unavailable;
        }
    }

    // Whatever answers 200 to everything is not a user pool: the answer has to name the token's user.
    private static TokenState Judge(HttpStatusCode status, byte[] body, string username)
    {
        using var json = JsonDocument.Parse(body);
        var isSuccess = status == HttpStatusCode.OK;
        var word = json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty(isSuccess ? "Username"u8 : "__type"u8, out var value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : "";
        if (isSuccess) return word == username ? TokenState.Live : TokenState.Unavailable;

        // AWS JSON 1.1: the type may have a namespace before it, up to a number sign.
        return Ends.Contains(word[(word.IndexOf('#') + 1)..]) ? TokenState.Revoked : TokenState.Unavailable;
    }

    private static byte[] Body(ReadOnlySpan<char> token)
    {
        var buffer = new ArrayBufferWriter<byte>(token.Length + 32);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("AccessToken"u8, token);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // One line when it goes and one when it comes back, not one for each request.
    private void Note(TokenState state, string reason)
    {
        var isUnavailable = state == TokenState.Unavailable;
        if (isUnavailable == _isUnavailable) return;
        _isUnavailable = isUnavailable;
        if (isUnavailable) LogUnavailable(logger, endpoint, reason);
        else LogAvailable(logger, endpoint);
    }

    [LoggerMessage(EventIds.PoolUnavailable, LogLevel.Warning, "The user pool at {Endpoint} does not say whether tokens are revoked: {Reason}. Requests with tokens are answered 503.")]
    private static partial void LogUnavailable(ILogger logger, Uri endpoint, string reason);

    [LoggerMessage(EventIds.PoolAvailable, LogLevel.Information, "The user pool at {Endpoint} answers again.")]
    private static partial void LogAvailable(ILogger logger, Uri endpoint);
}
