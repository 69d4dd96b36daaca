using System.Text.Json.Serialization;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Texts;

namespace Poolhouse.Server.Account;

/// <summary>JSON of the account API: snake_case, members that don't apply left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChallengeBody))]
[JsonSerializable(typeof(ChangePasswordBody))]
[JsonSerializable(typeof(HomeFeed))]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(LogoutBody))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ProblemTextFile))]
[JsonSerializable(typeof(RefreshBody))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(RequestOtpBody))]
[JsonSerializable(typeof(SignInAnswer))]
[JsonSerializable(typeof(VerifyOtpBody))]
[JsonSerializable(typeof(WebClientConfiguration))]
internal sealed partial class AccountJson : JsonSerializerContext;
