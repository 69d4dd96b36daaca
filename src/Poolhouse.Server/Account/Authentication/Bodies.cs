namespace Poolhouse.Server.Account.Authentication;

/// <summary><c>POST auth/register</c>.</summary>
internal sealed record RegisterBody(
    string? Email, string? Password, string? FirstName, string? LastName, bool? AcceptTerms, string? PhoneNumber, string? Locale,
    string? Username, string? Application, string? SponsorCode, string? ReferralCode, string? InviteToken, string? UsernameReservation);

/// <summary><c>POST auth/verify-otp</c>.</summary>
internal sealed record VerifyOtpBody(string? Email, string? Code, string? Purpose, string? Session, string? NewPassword, string? Application);

/// <summary><c>POST auth/login</c>; of email and username either will do.</summary>
internal sealed record LoginBody(string? Email, string? Username, string? Password, string? Application);

/// <summary><c>POST auth/challenge</c>.</summary>
internal sealed record ChallengeBody(string? Challenge, string? Session, Dictionary<string, string>? Responses, string? Email, string? Username, string? Application);

/// <summary><c>POST auth/request-otp</c>.</summary>
internal sealed record RequestOtpBody(string? Email, string? Purpose, string? Application);

/// <summary><c>POST auth/refresh</c>.</summary>
internal sealed record RefreshBody(string? RefreshToken, string? Application);

/// <summary><c>POST auth/logout</c>; the body may be left out. The refresh token is for pools at Amazon, which end a sign-in by it only.</summary>
internal sealed record LogoutBody(bool? Everywhere, string? RefreshToken = null);

/// <summary><c>POST auth/change-password</c>.</summary>
internal sealed record ChangePasswordBody(string? PreviousPassword, string? NewPassword);

/// <summary>What was done, in words that don't change.</summary>
internal sealed record MessageAnswer(string Message, string? Session = null);

/// <summary>Tokens of a sign-in, or what else is asked. Members that don't apply are left out.</summary>
internal sealed record SignInAnswer
{
    public string? Message { get; init; }

    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public string? IdToken { get; init; }

    public string? TokenType { get; init; }

    public int? ExpiresIn { get; init; }

    public IReadOnlyDictionary<string, bool>? Features { get; init; }

    public bool? SecurityQuestionRequired { get; init; }

    public string? Challenge { get; init; }

    public string? Session { get; init; }

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public IReadOnlyList<string>? AvailableChallenges { get; init; }
}
