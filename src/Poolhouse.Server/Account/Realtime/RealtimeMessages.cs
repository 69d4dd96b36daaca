using System.Text.Json.Serialization;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>A user as this API shows one.</summary>
/// <param name="CogId">Null where the reply is not for somebody who proved to be the user.</param>
/// <param name="Username">The username, or the e-mail address where there is none.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="LoggedIn">Whether a sign-in that was told here goes on.</param>
internal sealed record UserView([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? CogId, string Username, string Email, bool LoggedIn);

/// <summary>What the server says: always <c>{"sender", "action", "message": {"message", "code", "user"}}</c>.</summary>
/// <param name="Sender">The connection's id.</param>
/// <param name="Action">What it is.</param>
/// <param name="Message">What it says.</param>
internal sealed record Outgoing(string Sender, string Action, OutgoingMessage Message);

/// <summary>What it says.</summary>
/// <param name="Message">In words that don't change.</param>
/// <param name="Code">What went wrong; left out where nothing did.</param>
/// <param name="User">Who it is about; left out where it is about nobody.</param>
internal sealed record OutgoingMessage(string Message, string? Code = null, UserView? User = null);

/// <summary>Message of <c>user-signup</c>.</summary>
internal sealed record SignupMessage(string? CogId, string? Username, string? Email, string? AccessToken, string? IdToken, string? RefreshToken);

/// <summary>Message of <c>user-login</c> and <c>user-logout</c>.</summary>
internal sealed record TokensMessage(string? Email, string? AccessToken, string? IdToken, string? RefreshToken);

/// <summary>Message of <c>user-verify</c>.</summary>
internal sealed record VerifyMessage(string? Email, string? Code, string? Application);

/// <summary>Message of <c>user-verification-resend</c>.</summary>
internal sealed record ResendMessage(string? Email, string? Application);

/// <summary>JSON of the WebSocket API: camelCase, as source 000 has it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Outgoing))]
[JsonSerializable(typeof(ResendMessage))]
[JsonSerializable(typeof(SignupMessage))]
[JsonSerializable(typeof(TokensMessage))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(VerifyMessage))]
internal sealed partial class RealtimeJson : JsonSerializerContext;
