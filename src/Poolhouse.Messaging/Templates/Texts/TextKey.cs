namespace Poolhouse.Messaging.Templates.Texts;

/// <summary>
/// Every text of the built-in messages. <c>{####}</c>, <c>{username}</c> and <c>{lifetime}</c> are filled in; an SMS text
/// must fit 140 characters of GSM 03.38, so it is plain ASCII in every language that can be.
/// </summary>
internal enum TextKey
{
    SignUpSubject,
    SignUpLead,
    SignUpIgnore,
    SignUpSms,
    ResetSubject,
    ResetLead,
    ResetIgnore,
    ResetSms,
    VerifySubject,
    VerifyLead,
    VerifyIgnore,
    VerifySms,
    SignInSubject,
    SignInLead,
    SignInIgnore,
    SecondFactorIgnore,
    SignInSms,
    InviteSubject,
    InviteLead,
    InviteIgnore,
    InviteSms,
    InviteSmsWithoutUsername,
    CodeLabel,
    UsernameLabel,
    TemporaryPasswordLabel,
    CodeLifetime,
    PasswordLifetime,
    KeepCodePrivate,
    KeepPasswordPrivate,
    OneMinute,
    Minutes,
    OneHour,
    Hours,
    OneDay,
    Days,
}
