using System.Collections.Frozen;

namespace Poolhouse.Server.Account.Documents;

/// <summary>A row for each route of the account API, sorted by path and method. A route without a row fails a test.</summary>
internal static class RouteDescriptions
{
    private const string SignInCodes = "FORBIDDEN INVALID_CREDENTIALS PASSWORD_RESET_REQUIRED UPSTREAM_UNAVAILABLE USER_DISABLED USER_NOT_CONFIRMED";
    private const string TokenCodes = "TOKEN_EXPIRED TOKEN_INVALID TOKEN_REVOKED";

    private static AccountJson Json => AccountJson.Default;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RouteDescription> All { get; } =
    [
        new("DELETE /account", "Ends the account: its sessions and tokens, the user, and all that belongs to it. A password, or a sign-in at most 15 minutes ago.")
        {
            Body = Json.DeletionBody, BodyMayBeLeftOut = true, Answer = Json.MessageAnswer,
            Codes = "ACCOUNT_DELETION_UNAVAILABLE INVALID_CREDENTIALS REAUTHENTICATION_REQUIRED SECURITY_QUESTIONS_REQUIRED",
        },
        new("GET /activities/home", "The home feed: public entries, and the caller's own where a bearer token comes along.") { Answer = Json.HomeFeed, Codes = TokenCodes },
        new("POST /auth/challenge", "Answers a challenge of a sign-in.")
        {
            Body = Json.ChallengeBody, Required = "challenge session responses", Answer = Json.SignInAnswer,
            Codes = "CODE_EXPIRED CODE_MISMATCH PASSWORD_NOT_ACCEPTABLE TOKEN_INVALID " + SignInCodes,
        },
        new("POST /auth/change-password", "Sets another password for who knows the present one.")
        {
            Body = Json.ChangePasswordBody, Required = "previous_password new_password", Answer = Json.MessageAnswer,
            Codes = "INVALID_CREDENTIALS PASSWORD_NOT_ACCEPTABLE REAUTHENTICATION_REQUIRED SECURITY_QUESTIONS_REQUIRED",
        },
        new("POST /auth/login", "Signs in: tokens, or a challenge where the pool asks for more. Either email or username names the person.")
        {
            Body = Json.LoginBody, Required = "password", Answer = Json.SignInAnswer, Codes = SignInCodes,
        },
        new("POST /auth/logout", "Ends this sign-in, or all; the tokens stop working at once. With a pool of Amazon's, send the refresh token along: it is revoked there too.")
        {
            Body = Json.LogoutBody, BodyMayBeLeftOut = true, Answer = Json.MessageAnswer,
        },
        new("POST /auth/password-check", "What would be said of a password, while it is typed.")
        {
            Body = Json.PasswordCheckBody, Required = "password", Answer = Json.PasswordCheckAnswer,
        },
        new("POST /auth/refresh", "New tokens for a refresh token.")
        {
            Body = Json.RefreshBody, Required = "refresh_token", Answer = Json.SignInAnswer, Codes = "UPSTREAM_UNAVAILABLE USER_DISABLED " + TokenCodes,
        },
        new("POST /auth/register", "Makes an account and mails a code. An address that has one is answered alike.")
        {
            Body = Json.RegisterBody, Required = "email password first_name last_name accept_terms", Answer = Json.MessageAnswer,
            Codes = "FORBIDDEN PASSWORD_NOT_ACCEPTABLE TERMS_NOT_ACCEPTED UPSTREAM_UNAVAILABLE USERNAME_TAKEN USER_EXISTS",
        },
        new("POST /auth/request-otp", "Mails another code; answers alike where it doesn't.")
        {
            Body = Json.RequestOtpBody, Required = "email purpose", Answer = Json.MessageAnswer, Codes = "UPSTREAM_UNAVAILABLE",
        },
        new("POST /auth/verify-otp", "Confirms the account by its code, with tokens where the session came along, or sets a new password.")
        {
            Body = Json.VerifyOtpBody, Required = "email code purpose", Answer = Json.SignInAnswer,
            Codes = "CODE_EXPIRED CODE_MISMATCH FORBIDDEN INVALID_CREDENTIALS PASSWORD_NOT_ACCEPTABLE UPSTREAM_UNAVAILABLE USER_EXISTS",
        },
        new("GET /binary-tree", "The caller's place in the tree: sponsor, the legs below it to a depth, and how many are in each.")
        {
            Query = "depth", Answer = Json.TreeAnswer, Codes = "VALIDATION_FAILED",
        },
        new("PATCH /binary-tree", "Which leg those go to whom the caller sponsors.") { Body = Json.TreePreferenceBody, Required = "preference", Answer = Json.TreePreferenceBody },
        new("POST /confirm-account", "Spends the link of a mail: the account is confirmed.") { Body = Json.ConfirmAccountBody, Required = "token", Answer = Json.MessageAnswer, Codes = "INVITE_INVALID UPSTREAM_UNAVAILABLE" },
        new("GET /features", "Which features are on for the caller.") { Answer = Json.FeaturesAnswer },
        new("GET /invites", "Invitations: the caller's own; for operators the application's.") { Query = "limit before", Answer = Json.InvitePage, Codes = "VALIDATION_FAILED" },
        new("POST /invites", "Invites somebody: a mail with a link that works once.")
        {
            Body = Json.InviteBody, Required = "email", Answer = Json.InviteAnswer, Status = 201, Codes = "FORBIDDEN",
        },
        new("DELETE /invites/{id}", "Withdraws an invitation.") { Answer = Json.MessageAnswer, Codes = "NOT_FOUND" },
        new("POST /invites/{id}/resend", "Sends an invitation again, with a new link.") { TakesNothing = true, Answer = Json.InviteAnswer, Codes = "FORBIDDEN NOT_FOUND" },
        new("GET /invites/{token}", "Whether an invitation is good, and for whom. It stays unspent.") { Query = "application", Answer = Json.PresentedInvite, Codes = "INVITE_INVALID VALIDATION_FAILED" },
        new("GET /kyc", "Whether the caller's identity is checked: none, pending, approved or rejected.") { Answer = Json.KycStatusAnswer },
        new("GET /kyc/documents", "The caller's documents, without their content.") { Answer = Json.KycDocumentsAnswer },
        new("POST /kyc/documents", "Uploads a document: the fields kind and file.")
        {
            BodyMediaType = "multipart/form-data", Answer = Json.KycDocumentAnswer, Status = 201,
            Codes = "FILE_ENCRYPTED FILE_HAS_ACTIVE_CONTENT FILE_INFECTED FILE_MALFORMED FILE_NOT_SUPPORTED FILE_TOO_LARGE FILE_TOO_MANY_PAGES FILE_TOO_MANY_PIXELS "
                + "FILE_TYPE_NOT_ACCEPTED KYC_QUOTA_EXCEEDED UPSTREAM_UNAVAILABLE",
        },
        new("DELETE /kyc/documents/{id}", "Takes a document back while it waits.") { Status = 204, Codes = "KYC_ALREADY_REVIEWED NOT_FOUND" },
        new("GET /kyc/documents/{id}/content", "A document's file, for operators; that it was seen is written down.")
        {
            AnswerMediaType = "application/octet-stream", Codes = "KYC_CONTENT_ERASED NOT_FOUND UPSTREAM_UNAVAILABLE",
        },
        new("POST /kyc/documents/{id}/review", "Approves or rejects a document, with a reason.")
        {
            Body = Json.KycReviewBody, Required = "decision", Answer = Json.KycDocumentAnswer, Codes = "KYC_ALREADY_REVIEWED NOT_FOUND",
        },
        new("GET /kyc/reviews", "Documents that wait for a review, the oldest first.") { Query = "after", Answer = Json.KycReviewsAnswer, Codes = "VALIDATION_FAILED" },
        new("GET /links", "The caller's accounts of other applications.") { Answer = Json.LinksAnswer },
        new("POST /links", "Links an account of another application, by its password; without one a code is mailed to it.")
        {
            Body = Json.LinkBody, Required = "application email", Answer = Json.LinkRequestAnswer,
            Codes = "ALREADY_LINKED FORBIDDEN INVALID_CREDENTIALS PASSWORD_RESET_REQUIRED REAUTHENTICATION_REQUIRED SECURITY_QUESTIONS_REQUIRED UPSTREAM_UNAVAILABLE USER_DISABLED USER_NOT_CONFIRMED",
        },
        new("POST /links/verify", "Proves the other account by the code that was mailed to it.")
        {
            Body = Json.LinkCodeBody, Required = "link_id code", Answer = Json.LinkAnswer,
            Codes = "ALREADY_LINKED CODE_EXPIRED CODE_MISMATCH REAUTHENTICATION_REQUIRED SECURITY_QUESTIONS_REQUIRED",
        },
        new("DELETE /links/{id}", "Undoes a link; either side may.") { Answer = Json.MessageAnswer, Codes = "NOT_FOUND REAUTHENTICATION_REQUIRED SECURITY_QUESTIONS_REQUIRED" },
        new("GET /me", "The caller's profile.") { Answer = Json.ProfileAnswer },
        new("PATCH /me", "Changes the profile; what is left out stays as it is.") { Body = Json.ProfileBody, Answer = Json.ProfileAnswer, Codes = "USERNAME_TAKEN" },
        new("GET /me/export", "Everything that is stored about the caller, as one JSON download.")
        {
            AnswerMediaType = "application/json", Codes = "REAUTHENTICATION_REQUIRED SECURITY_QUESTIONS_REQUIRED",
        },
        new("GET /me/history", "What happened to the account, newest first.") { Query = "before", Answer = Json.HistoryAnswer, Codes = "VALIDATION_FAILED" },
        new("GET /referrals", "The caller's own code, and how many came by it.") { Answer = Json.ReferralsAnswer },
        new("GET /security-matrix", "Which proofs each sensitive action asks for.") { Answer = Json.MatrixAnswer },
        new("GET /security-questions", "The questions there are, and those the caller has answered.") { Answer = Json.QuestionsAnswer },
        new("PUT /security-questions", "Sets the caller's questions and answers.")
        {
            Body = Json.AnswersBody, Required = "answers", Status = 204, Codes = "REAUTHENTICATION_REQUIRED SECURITY_QUESTIONS_REQUIRED UPSTREAM_UNAVAILABLE",
        },
        new("POST /security-questions/answers", "Proves the answers, for what asks for them.")
        {
            Body = Json.AnswersBody, Required = "answers", Status = 204, Codes = "ANSWERS_WRONG UPSTREAM_UNAVAILABLE",
        },
        new("DELETE /session", "Signs out: the cookie's session ends. Always answers alike.") { Answer = Json.MessageAnswer, Codes = "FORBIDDEN SESSION_STORE_UNAVAILABLE" },
        new("GET /session", "The cookie's session.") { Answer = Json.SessionAnswer, Codes = "SESSION_STORE_UNAVAILABLE" },
        new("PATCH /session", "Changes the session: its language, whether it is remembered, data of the application.")
        {
            Body = Json.SessionPatch, Answer = Json.SessionAnswer, Codes = "FORBIDDEN SESSION_STORE_UNAVAILABLE",
        },
        new("POST /session", "Signs in with a cookie in the place of tokens: by password, or for a bearer token; or asks for more. Who has a session keeps it.")
        {
            Body = Json.SessionBody, BodyMayBeLeftOut = true, Answer = Json.SessionAnswer,
            Codes = "CODE_EXPIRED CODE_MISMATCH PASSWORD_NOT_ACCEPTABLE SESSION_STORE_UNAVAILABLE TOKEN_EXPIRED TOKEN_INVALID TOKEN_REVOKED " + SignInCodes,
        },
        new("DELETE /sessions", "Ends all other sessions.") { Answer = Json.MessageAnswer, Codes = "FORBIDDEN SESSION_STORE_UNAVAILABLE" },
        new("GET /sessions", "The account's sessions, with their devices.") { Answer = Json.SessionList, Codes = "SESSION_STORE_UNAVAILABLE" },
        new("DELETE /sessions/{id}", "Ends one session.") { Answer = Json.MessageAnswer, Codes = "FORBIDDEN NOT_FOUND SESSION_STORE_UNAVAILABLE" },
        new("DELETE /usernames/{username}", "Gives a reserved name back.") { Body = Json.UsernameBody, BodyMayBeLeftOut = true, Answer = Json.MessageAnswer, Codes = "NOT_FOUND" },
        new("GET /usernames/{username}", "Whether a name is to be had.") { Query = "application", Answer = Json.UsernameAnswer, Codes = "VALIDATION_FAILED" },
        new("PUT /usernames/{username}", "Reserves a name for a sign-up in flight, for two minutes.") { Body = Json.UsernameBody, BodyMayBeLeftOut = true, Answer = Json.UsernameAnswer, Codes = "USERNAME_TAKEN" },
    ];

    private static readonly FrozenDictionary<string, RouteDescription> ByRoute = All.ToFrozenDictionary(row => row.Route, StringComparer.Ordinal);

    /// <summary>The row of a route; null where it has none.</summary>
    public static RouteDescription? Find(string route) => ByRoute.GetValueOrDefault(route);
}
