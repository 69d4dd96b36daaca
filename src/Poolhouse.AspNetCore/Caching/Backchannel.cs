namespace Poolhouse.AspNetCore.Caching;

/// <summary>The client for the server's own calls to Poolhouse or Cognito.</summary>
internal static class Backchannel
{
    // A key set has a few keys, an account a few attributes. Nobody is let to fill this process's memory.
    private const int MaxAnswerBytes = 256 * 1024;

    /// <summary>A client without a time limit of its own: each call brings one.</summary>
    /// <param name="handler">The application's, or null.</param>
    public static HttpClient Create(HttpMessageHandler? handler)
    {
        handler ??= new SocketsHttpHandler
        {
            // Keys are those of the address that was configured, and tokens and cookies go nowhere else.
            AllowAutoRedirect = false,
            UseCookies = false,
            // So that a change in DNS is seen.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        var http = new HttpClient(handler, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Poolhouse.AspNetCore");
        return http;
    }

    /// <summary>Whether an exception says that no usable answer came, in time or at all.</summary>
    public static bool IsFailure(Exception e) =>
        e is HttpRequestException or OperationCanceledException or IOException or System.Text.Json.JsonException or InvalidOperationException;

    /// <summary>The failure's kind for the log: an exception's own text may quote what was sent.</summary>
    public static string Describe(Exception e) => e switch
    {
        HttpRequestException { StatusCode: { } status } => $"status {(int)status}",
        HttpRequestException { HttpRequestError: var error } => error.ToString(),
        OperationCanceledException => "no answer in time",
        _ => "not an answer that could be read",
    };
}
