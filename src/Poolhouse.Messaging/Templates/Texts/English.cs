using System.Collections.Frozen;

namespace Poolhouse.Messaging.Templates.Texts;

/// <summary>English (<c>en</c>), and what every language falls back to.</summary>
internal static class English
{
    public static readonly Language Language = new("en", new Dictionary<TextKey, string>
    {
        [TextKey.SignUpSubject] = "Confirm your account",
        [TextKey.SignUpLead] = "Enter this code to finish signing up.",
        [TextKey.SignUpIgnore] = "You can ignore this mail if you did not sign up. Nothing happens without the code.",
        [TextKey.SignUpSms] = "{####} is your code to finish signing up. Never share it.",

        [TextKey.ResetSubject] = "Reset your password",
        [TextKey.ResetLead] = "Enter this code to choose a new password.",
        [TextKey.ResetIgnore] = "You can ignore this mail if you did not ask to reset your password. It stays as it is.",
        [TextKey.ResetSms] = "{####} is your code to choose a new password. Never share it. Not you? Your password stays as it is.",

        [TextKey.VerifySubject] = "Verify it’s you",
        [TextKey.VerifyLead] = "Enter this code to verify this address.",
        [TextKey.VerifyIgnore] = "You can ignore this mail if you did not ask for a code. Nothing changes without it.",
        [TextKey.VerifySms] = "{####} is your verification code. Never share it.",

        [TextKey.SignInSubject] = "Your sign-in code",
        [TextKey.SignInLead] = "Enter this code to finish signing in.",
        [TextKey.SignInIgnore] = "You can ignore this mail if you did not try to sign in. Nobody gets in without the code.",
        [TextKey.SecondFactorIgnore] = "You can ignore this mail if you have signed in by now. If it was not you, somebody knows your password: change it.",
        [TextKey.SignInSms] = "{####} is your sign-in code. Never share it.",

        [TextKey.NoticedSubject] = "Unusual sign-in to your account",
        [TextKey.NoticedLead] = "Somebody signed in to your account from a place or with a device that is new for it.",
        [TextKey.NoticedSms] = "Somebody signed in to your account from a new place or device. Not you? Change your password.",
        [TextKey.BlockedSubject] = "We blocked a sign-in to your account",
        [TextKey.BlockedLead] = "Somebody who knows your password tried to sign in to your account, in a way that is new for it. They were kept out.",
        [TextKey.BlockedSms] = "We blocked an unusual sign-in to your account. Not you? Change your password.",
        [TextKey.NoticeTimeLabel] = "Time",
        [TextKey.NoticeDeviceLabel] = "Device",
        [TextKey.NoticeAddressLabel] = "Network address",
        [TextKey.NoticeWasYou] = "If this was you, there is nothing to do.",
        [TextKey.NoticeWasNotYou] = "If it was not you, somebody knows your password: change it.",
        [TextKey.NoticeIgnore] = "This mail has no link to click on purpose. Go to where you always sign in.",

        [TextKey.InviteSubject] = "Your account is ready",
        [TextKey.InviteLead] = "An administrator has made an account for you. Sign in with the username and the temporary password below, then choose a password of your own.",
        [TextKey.InviteIgnore] = "You can ignore this mail if you did not expect an account. Unused, the temporary password expires.",
        [TextKey.InviteSms] = "Your account is ready. Username: {username} Temporary password: {####}",
        [TextKey.InviteSmsWithoutUsername] = "Your account is ready. Temporary password: {####}",

        [TextKey.JoinSubject] = "You are invited to {application}",
        [TextKey.JoinLead] = "Somebody invited you to make an account at {application}. The button takes you there.",
        [TextKey.JoinButton] = "Make an account",
        [TextKey.JoinIgnore] = "You can ignore this mail if you did not expect an invitation. Nothing happens unless you follow it.",
        [TextKey.ConfirmSubject] = "Confirm your account at {application}",
        [TextKey.ConfirmLead] = "An account at {application} was made with this address. Confirm it to finish signing up.",
        [TextKey.ConfirmButton] = "Confirm account",
        [TextKey.ConfirmIgnore] = "You can ignore this mail if you did not sign up. Without your confirmation the account stays closed.",
        [TextKey.LinkInstead] = "If the button does not work, open this address:",
        [TextKey.LinkLifetime] = "It works once, for {lifetime}.",
        [TextKey.KeepLinkPrivate] = "Do not pass this mail on: who has the link can act for you.",

        [TextKey.CodeLabel] = "Your code",
        [TextKey.UsernameLabel] = "Username",
        [TextKey.TemporaryPasswordLabel] = "Temporary password",
        [TextKey.CodeLifetime] = "It works once, for {lifetime}.",
        [TextKey.PasswordLifetime] = "The temporary password works for {lifetime}.",
        [TextKey.KeepCodePrivate] = "Keep this code to yourself. We never ask for it by phone, chat or mail.",
        [TextKey.KeepPasswordPrivate] = "Keep this password to yourself. We never ask for it by phone, chat or mail.",

        [TextKey.OneMinute] = "one minute",
        [TextKey.Minutes] = "{n} minutes",
        [TextKey.OneHour] = "one hour",
        [TextKey.Hours] = "{n} hours",
        [TextKey.OneDay] = "one day",
        [TextKey.Days] = "{n} days",
    }.ToFrozenDictionary());
}
