using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Server.Account.Limits;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>The actions there are: a row each, sorted. The document at /asyncapi.json is made of them.</summary>
internal static class RealtimeActions
{
    private static readonly string[] OfTokens =
        [RealtimeCodes.TokenMismatch, "TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_REVOKED", "USER_DISABLED", "USER_EXISTS", "USER_NOT_CONFIRMED"];

    private static readonly string[] Tokens = ["email", "accessToken", "idToken", "refreshToken"];

    /// <summary>Codes that any action may fail with.</summary>
    public static IReadOnlyList<string> CommonCodes { get; } = ["INTERNAL_ERROR", "TOO_MANY_REQUESTS", "UPSTREAM_UNAVAILABLE", "VALIDATION_FAILED"];

    /// <summary>Codes of replies to what is no message of any action.</summary>
    public static IReadOnlyList<string> ErrorCodes { get; } =
        [RealtimeCodes.MalformedMessage, RealtimeCodes.MessageTooLarge, "TOO_MANY_REQUESTS", RealtimeCodes.UnknownAction];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RealtimeAction> All { get; } =
    [
        Row<TokensMessage, UserLogin>(RealtimeJson.Default.TokensMessage, Tokens) with
        {
            Name = "user-login", Summary = "Says that a user has signed in at the pool, and stores the sign-in's tokens, encrypted.",
            Done = "user logged in", Failed = "user not logged in", Limit = RateLimits.SignIn, Codes = OfTokens,
        },
        Row<TokensMessage, UserLogout>(RealtimeJson.Default.TokensMessage, Tokens) with
        {
            Name = "user-logout", Summary = "Says that a user signs out, or has just done so, and drops what is stored of the sign-in.",
            Done = "user logged out", Failed = "user not logged out", Limit = RateLimits.SignIn,
            Codes = [RealtimeCodes.TokenMismatch, "TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_REVOKED"],
        },
        Row<SignupMessage, UserSignup>(RealtimeJson.Default.SignupMessage, ["cogId", "username", .. Tokens]) with
        {
            Name = "user-signup", Summary = "Makes the user of a sign-in at the pool, and stores its tokens, encrypted. Repeated for the same identity it changes nothing.",
            Done = "user created", Failed = "user not created", Limit = RateLimits.SignIn,
            Codes = [.. OfTokens.Append("USERNAME_TAKEN").Order(StringComparer.Ordinal)],
        },
        Row<ResendMessage, UserVerificationResend>(RealtimeJson.Default.ResendMessage, ["email"]) with
        {
            Name = "user-verification-resend", Summary = "Mails another code. An unknown or confirmed address is answered alike.",
            Done = "user resent verification", Failed = "error resending user verification", FailureNamesUser = true, Limit = RateLimits.Codes, Codes = [],
        },
        Row<VerifyMessage, UserVerify>(RealtimeJson.Default.VerifyMessage, ["email", "code"]) with
        {
            Name = "user-verify", Summary = "Confirms a user by the code that was mailed.",
            Done = "user verified", Failed = "error user verification attempt", FailureNamesUser = true, Limit = RateLimits.Codes,
            Codes = ["CODE_EXPIRED", "CODE_MISMATCH", "FORBIDDEN", "USER_EXISTS"],
        },
    ];

    private static readonly FrozenDictionary<string, RealtimeAction> ByName = All.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);

    /// <summary>By its name; null where there is none.</summary>
    public static RealtimeAction? Find(JsonElement name) => Text(name) is { } text ? ByName.GetValueOrDefault(text) : null;

    /// <summary>A text; null for what is none, such as half a surrogate pair.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static RealtimeAction Row<TMessage, THandler>(JsonTypeInfo<TMessage> input, IReadOnlyList<string> required)
        where TMessage : class
        where THandler : class, IRealtimeHandler<TMessage> => new()
        {
            Name = "", Summary = "", Done = "", Failed = "", Limit = RateLimits.SignIn, Codes = [],
            Required = required,
            Input = input,
            Handler = typeof(THandler),
            RunAsync = (services, message, call, ct) => services.GetRequiredService<THandler>().HandleAsync(message.Deserialize(input) ?? throw new JsonException(), call, ct),
        };
}
