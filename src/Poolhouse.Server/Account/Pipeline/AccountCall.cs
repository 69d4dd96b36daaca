using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Localization;
using Poolhouse.Core.Sessions;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Pipeline;

/// <summary>One request to the account API: where it comes from, who calls, and its body. Handlers take it as a parameter.</summary>
internal sealed class AccountCall
{
    /// <summary>Longest body. The contract's section 1.</summary>
    private const int LongestBody = 64 * 1024;

    private AccountCall(HttpContext http)
    {
        var services = http.RequestServices;
        Http = http;
        Now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        Origin = Origin.Of(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent) with { RequestId = http.TraceIdentifier };
        Application = services.GetRequiredService<Applications>().Default;
        Language = LanguageTags.Negotiate(http.Request.Headers.AcceptLanguage);
    }

    /// <summary>The request itself.</summary>
    public HttpContext Http { get; }

    /// <summary>Its time, read once.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Where it comes from.</summary>
    public Origin Origin { get; }

    /// <summary>The language of its answer: what the request asks for; where it asks for nothing, what the account has.</summary>
    public string Language { get; private set; }

    /// <summary>The best of our languages that the request asks for; null where it asks for nothing.</summary>
    public string? RequestedLanguage => Http.Request.Headers.AcceptLanguage.Count == 0 ? null : LanguageTags.Negotiate(Http.Request.Headers.AcceptLanguage);

    /// <summary>The caller's application; the default one for a stranger.</summary>
    public Application Application { get; private set; }

    /// <summary>Who calls; null for a stranger.</summary>
    public SignedIn? MaybeSignedIn { get; private set; }

    /// <summary>Who calls. Only where the route says RequireAccount or RequireOperator.</summary>
    public SignedIn SignedIn => MaybeSignedIn ?? throw new InvalidOperationException("This route was reached without an account.");

    /// <summary>Whose account it is. Only where the route says RequireAccount or RequireOperator.</summary>
    public Core.Accounts.Account Account => SignedIn.Account;

    /// <summary>One per request, bound by the framework to handlers' parameters.</summary>
    public static ValueTask<AccountCall?> BindAsync(HttpContext http) => ValueTask.FromResult<AccountCall?>(Of(http));

    /// <summary>The request's.</summary>
    public static AccountCall Of(HttpContext http)
    {
        if (http.Features.Get<AccountCall>() is { } known) return known;
        var call = new AccountCall(http);
        http.Features.Set(call);
        return call;
    }

    /// <summary>Says who calls.</summary>
    public void Become(SignedIn caller)
    {
        MaybeSignedIn = caller;
        Application = caller.Application;
        if (Http.Request.Headers.AcceptLanguage.Count == 0) Language = LanguageTags.Find(caller.Session?.Locale ?? caller.Account.Locale) ?? Language;
    }

    /// <summary>The application that a body names; the caller's or the default one where it names none.</summary>
    /// <param name="name">The body's <c>application</c>.</param>
    /// <param name="errors">Gets the field if there is none of that name.</param>
    public Application ApplicationNamed(string? name, FieldErrors errors)
    {
        if (name is null) return Application;
        if (Http.RequestServices.GetRequiredService<Applications>().Find(name) is { } found) return found;
        errors.Add("application", "UNKNOWN");
        return Application;
    }

    /// <summary>The body.</summary>
    /// <param name="type">How it is read.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="mayBeEmpty">Whether no body is as good as <c>{}</c>.</param>
    /// <exception cref="ProblemException">VALIDATION_FAILED: not JSON (415), too large (413), or not of the route's form (400).</exception>
    public async ValueTask<T> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken ct, bool mayBeEmpty = false)
        where T : class
    {
        // DELETE comes without a body and without saying so.
        var hasBody = Http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false } && (Http.Request.ContentLength ?? 1) > 0;
        if (!Http.Request.HasJsonContentType() && hasBody) throw Problems.Malformed(415, "Send Content-Type: application/json.");
        try
        {
            using var read = await RequestBody.ReadAsync(Http.Request, LongestBody, ct);
            var body = read.Bytes.IsEmpty && mayBeEmpty ? JsonSerializer.Deserialize("{}"u8, type) : JsonSerializer.Deserialize(read.Bytes.Span, type);
            return body ?? throw NotTheForm();
        }
        catch (JsonException)
        {
            throw NotTheForm();
        }
        catch (CognitoException tooLarge) when (tooLarge.Status == StatusCodes.Status413PayloadTooLarge)
        {
            throw Problems.Malformed(413, "Send at most 64 KiB.");
        }
    }

    private static ProblemException NotTheForm() => Problems.Malformed(400, "Send a JSON object with the fields of this route.");
}

/// <summary>Who calls, once they have proved it.</summary>
/// <param name="Application">Their application.</param>
/// <param name="Account">Their account there.</param>
/// <param name="Groups">The pool's groups that their sign-in names.</param>
/// <param name="FamilyId">The sign-in at the pool that the call descends from.</param>
/// <param name="AuthenticatedAt">When they last proved who they are.</param>
/// <param name="Token">For calls to the pool: the bearer token, or one made for this request where a cookie stood in for it. It never leaves the server then.</param>
internal sealed record SignedIn(
    Application Application, Core.Accounts.Account Account, IReadOnlyList<string> Groups, string FamilyId, DateTimeOffset AuthenticatedAt, Lazy<string> Token)
{
    /// <summary>For calls to the pool in the caller's name.</summary>
    public string AccessToken => Token.Value;

    /// <summary>The session of the cookie that the caller is known by; null for a bearer token.</summary>
    public AccountSession? Session { get; init; }

    /// <summary>The pool's group whose members run the applications.</summary>
    public const string Operators = "operators";

    /// <summary>How long ago a sign-in may be that still allows what changes who gets in. ASVS 5.0 §7.5.1.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>Whether they run the applications.</summary>
    public bool IsOperator => Groups.Contains(Operators);

    /// <summary>Refuses who signed in too long ago.</summary>
    /// <exception cref="ProblemException">REAUTHENTICATION_REQUIRED.</exception>
    public void DemandFresh(DateTimeOffset now)
    {
        if (AuthenticatedAt < now - Fresh) throw Problems.Of("REAUTHENTICATION_REQUIRED");
    }
}
