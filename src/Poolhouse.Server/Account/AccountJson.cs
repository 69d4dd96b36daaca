using System.Text.Json.Serialization;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Deletion;
using Poolhouse.Server.Account.Features;
using Poolhouse.Server.Account.Invites;
using Poolhouse.Server.Account.Kyc;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Account.Sessions;
using Poolhouse.Server.Account.Texts;
using Poolhouse.Server.Account.Usernames;

namespace Poolhouse.Server.Account;

/// <summary>JSON of the account API: snake_case, members that don't apply left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnswersBody))]
[JsonSerializable(typeof(ChallengeBody))]
[JsonSerializable(typeof(ChangePasswordBody))]
[JsonSerializable(typeof(DeletionBody))]
[JsonSerializable(typeof(ConfirmAccountBody))]
[JsonSerializable(typeof(FeaturesAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(HomeFeed))]
[JsonSerializable(typeof(InviteAnswer))]
[JsonSerializable(typeof(InviteBody))]
[JsonSerializable(typeof(InvitePage))]
[JsonSerializable(typeof(KycDocumentAnswer))]
[JsonSerializable(typeof(KycDocumentsAnswer))]
[JsonSerializable(typeof(KycReviewBody))]
[JsonSerializable(typeof(KycReviewsAnswer))]
[JsonSerializable(typeof(KycStatusAnswer))]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(LogoutBody))]
[JsonSerializable(typeof(MatrixAnswer))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(PasswordCheckAnswer))]
[JsonSerializable(typeof(PasswordCheckBody))]
[JsonSerializable(typeof(PresentedInvite))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ProblemTextFile))]
[JsonSerializable(typeof(ProfileAnswer))]
[JsonSerializable(typeof(ProfileBody))]
[JsonSerializable(typeof(QuestionsAnswer))]
[JsonSerializable(typeof(RefreshBody))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(RequestOtpBody))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(SessionBody))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(SessionPatch))]
[JsonSerializable(typeof(SignInAnswer))]
[JsonSerializable(typeof(UsernameAnswer))]
[JsonSerializable(typeof(UsernameBody))]
[JsonSerializable(typeof(VerifyOtpBody))]
[JsonSerializable(typeof(WebClientConfiguration))]
internal sealed partial class AccountJson : JsonSerializerContext;
