using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Users;

/// <summary>What is counted per user and hour.</summary>
public enum AttemptKind
{
    /// <summary>ConfirmSignUp: 15.</summary>
    ConfirmSignUp,

    /// <summary>ResendConfirmationCode: 5.</summary>
    ResendCode,

    /// <summary>ForgotPassword: 5; Cognito gives 5–20 by risk.</summary>
    ForgotPassword,

    /// <summary>ConfirmForgotPassword: 5; Cognito gives 5–20 by risk.</summary>
    ConfirmForgotPassword,

    /// <summary>ChangePassword: 5.</summary>
    ChangePassword,

    /// <summary>GetUserAttributeVerificationCode: 5.</summary>
    SendAttributeCode,

    /// <summary>VerifyUserAttribute: 15.</summary>
    VerifyAttribute,

    /// <summary>UpdateUserAttributes where it sends codes: 10. Without a limit a user could have mail sent to anybody.</summary>
    ChangeAddress,

    /// <summary>VerifySoftwareToken: 15.</summary>
    VerifySoftwareToken,

    /// <summary>Codes sent for signing in: 30. Each needs a right password or is a passwordless user's way in; without a limit it is a way to send mail.</summary>
    SendSignInCode,

    /// <summary>Answers to one code of eight digits: 20. Counted per challenge, since anybody can ask for one: a lock on the user would lock the user out.</summary>
    FirstFactorCode,
}

/// <summary>Limits on attempts per user and hour (user guide, "Quotas"): what keeps six digits safe. On everywhere.</summary>
public sealed class AttemptLimits(IDatabase database)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Counts an attempt before it is judged; false once there are too many.</summary>
    /// <param name="kind">What is attempted.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="who">The sub, or the normalized name where nobody has it.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<bool> AdmitAsync(AttemptKind kind, UserPool pool, string who, DateTimeOffset now, CancellationToken ct)
    {
        var key = $"{kind}/{pool.Id}/{who}";
        return await database.WriteAsync(unit => unit.Attempts.CountAsync(key, Window, now, ct), ct) <= LimitOf(kind);
    }

    private static int LimitOf(AttemptKind kind) => kind switch
    {
        AttemptKind.ConfirmSignUp or AttemptKind.VerifyAttribute or AttemptKind.VerifySoftwareToken => 15,
        AttemptKind.SendSignInCode => 30,
        AttemptKind.FirstFactorCode => 20,
        AttemptKind.ChangeAddress => 10,
        _ => 5,
    };
}
