using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Sessions;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Authentication;

/// <summary><c>/api/v1/auth</c>: the contract's section 2. Each route reads its body, asks the pool, and answers tokens, words or a problem.</summary>
internal static partial class AuthenticationRoutes
{
    /// <summary>Longest body. The contract's section 1.</summary>
    private const int LongestBody = 64 * 1024;

    /// <summary>Maps them.</summary>
    public static void MapAuthentication(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/api/v1/auth").RequireCors(Routes.AccountPolicy);
        routes.MapPost("/register", (HttpContext http, Registering registering, CancellationToken ct) =>
            RunAsync(http, AccountJson.Default.RegisterBody, (body, origin) => registering.RegisterAsync(http, body, origin, ct), ct));
        routes.MapPost("/verify-otp", (HttpContext http, Registering registering, CancellationToken ct) =>
            RunAsync(http, AccountJson.Default.VerifyOtpBody, (body, origin) => registering.VerifyAsync(http, body, origin, ct), ct));
        routes.MapPost("/request-otp", (HttpContext http, Registering registering, CancellationToken ct) =>
            RunAsync(http, AccountJson.Default.RequestOtpBody, (body, origin) => registering.RequestCodeAsync(http, body, origin, ct), ct));
        routes.MapPost("/login", (HttpContext http, SigningIn signingIn, CancellationToken ct) =>
            RunAsync(http, AccountJson.Default.LoginBody, (body, origin) => signingIn.LoginAsync(http, body, origin, ct), ct));
        routes.MapPost("/challenge", (HttpContext http, SigningIn signingIn, CancellationToken ct) =>
            RunAsync(http, AccountJson.Default.ChallengeBody, (body, origin) => signingIn.AnswerAsync(http, body, origin, ct), ct));
        routes.MapPost("/refresh", (HttpContext http, SigningIn signingIn, CancellationToken ct) =>
            RunAsync(http, AccountJson.Default.RefreshBody, (body, origin) => signingIn.RefreshAsync(http, body, origin, ct), ct));
        routes.MapPost("/logout", (HttpContext http, SigningIn signingIn, CancellationToken ct) =>
            RunAsync(http, AccountJson.Default.LogoutBody, (body, origin) => signingIn.LogoutAsync(http, body, origin, ct), ct, mayBeEmpty: true));
        routes.MapPost("/change-password", (HttpContext http, SigningIn signingIn, CancellationToken ct) =>
            RunAsync(http, AccountJson.Default.ChangePasswordBody, (body, origin) => signingIn.ChangePasswordAsync(http, body, origin, ct), ct));
    }

    private static async Task<IResult> RunAsync<T>(
        HttpContext http, JsonTypeInfo<T> type, Func<T, Origin, ValueTask<IResult>> act, CancellationToken ct, bool mayBeEmpty = false)
    {
        http.Response.Headers.CacheControl = "no-store";
        RequestIds.Echo(http);
        if (http.Request.HasJsonContentType() is false && (http.Request.ContentLength ?? 1) > 0) return Problems.NotJson(http);
        T? body;
        try
        {
            using var read = await RequestBody.ReadAsync(http.Request, LongestBody, ct);
            body = read.Bytes.IsEmpty && mayBeEmpty ? JsonSerializer.Deserialize("{}"u8, type) : JsonSerializer.Deserialize(read.Bytes.Span, type);
        }
        catch (JsonException)
        {
            return Problems.MalformedBody(http);
        }
        catch (CognitoException tooLarge) when (tooLarge.Status == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge(http);
        }

        if (body is null) return Problems.MalformedBody(http);
        try
        {
            return await act(body, Origin.Of(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent));
        }
        catch (CognitoException refused)
        {
            return PoolProblems.Of(http, refused);
        }
        catch (Exception bug) when (bug is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(AuthenticationRoutes)), bug, http.Request.Path, http.TraceIdentifier);
            return Problems.InternalError(http);
        }
    }

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Path} failed, request {RequestId}.")]
    private static partial void LogFailed(ILogger logger, Exception bug, string path, string requestId);
}
