using System.Collections.Frozen;

namespace Poolhouse.Messaging.Templates.Texts;

/// <summary>Arabic (<c>ar</c>), from right to left.</summary>
internal static class Arabic
{
    public static readonly Language Language = new("ar", new Dictionary<TextKey, string>
    {
        [TextKey.SignUpSubject] = "أكّد حسابك",
        [TextKey.SignUpLead] = "أدخل هذا الرمز لإكمال التسجيل.",
        [TextKey.SignUpIgnore] = "يمكنك تجاهل هذه الرسالة إن لم تكن قد سجّلت. لا يحدث شيء من دون الرمز.",
        [TextKey.SignUpSms] = "{####} رمزك لإكمال التسجيل. لا تشاركه مع أحد.",
        [TextKey.ResetSubject] = "أعد تعيين كلمة المرور",
        [TextKey.ResetLead] = "أدخل هذا الرمز لاختيار كلمة مرور جديدة.",
        [TextKey.ResetIgnore] = "يمكنك تجاهل هذه الرسالة إن لم تطلب إعادة تعيين كلمة المرور. ستبقى كما هي.",
        [TextKey.ResetSms] = "{####} رمزك لتغيير كلمة المرور. لا تشاركه مع أحد.",
        [TextKey.VerifySubject] = "تأكيد هويتك",
        [TextKey.VerifyLead] = "أدخل هذا الرمز لتأكيد هذا العنوان.",
        [TextKey.VerifyIgnore] = "يمكنك تجاهل هذه الرسالة إن لم تطلب رمزًا. لا يتغير شيء من دونه.",
        [TextKey.VerifySms] = "{####} رمز التحقق الخاص بك. لا تشاركه مع أحد.",
        [TextKey.SignInSubject] = "رمز تسجيل الدخول",
        [TextKey.SignInLead] = "أدخل هذا الرمز لإكمال تسجيل الدخول.",
        [TextKey.SignInIgnore] = "يمكنك تجاهل هذه الرسالة إن لم تحاول تسجيل الدخول. لا يدخل أحد من دون الرمز.",
        [TextKey.SecondFactorIgnore] = "يمكنك تجاهل هذه الرسالة إن كنت قد سجّلت الدخول. وإن لم تكن أنت، فهناك من يعرف كلمة مرورك: غيّرها.",
        [TextKey.SignInSms] = "{####} رمز تسجيل الدخول. لا تشاركه مع أحد.",
        [TextKey.NoticedSubject] = "تسجيل دخول غير معتاد إلى حسابك",
        [TextKey.NoticedLead] = "سجّل شخص ما الدخول إلى حسابك من مكان جديد أو بجهاز جديد.",
        [TextKey.NoticedSms] = "دخول إلى حسابك من مكان أو جهاز جديد. لست أنت؟ غيّر كلمة المرور.",
        [TextKey.BlockedSubject] = "منعنا محاولة دخول إلى حسابك",
        [TextKey.BlockedLead] = "حاول شخص يعرف كلمة مرورك الدخول إلى حسابك بطريقة غير معتادة، ولم نسمح له بالدخول.",
        [TextKey.BlockedSms] = "منعنا دخولًا غير معتاد إلى حسابك. لست أنت؟ غيّر كلمة المرور.",
        [TextKey.NoticeTimeLabel] = "الوقت",
        [TextKey.NoticeDeviceLabel] = "الجهاز",
        [TextKey.NoticeAddressLabel] = "عنوان الشبكة",
        [TextKey.NoticeWasYou] = "إن كنت أنت، فلا حاجة إلى فعل شيء.",
        [TextKey.NoticeWasNotYou] = "وإن لم تكن أنت، فهناك من يعرف كلمة مرورك: غيّرها.",
        [TextKey.NoticeIgnore] = "لا تحتوي هذه الرسالة على أي رابط عن قصد. اذهب إلى حيث تسجّل الدخول عادةً.",
        [TextKey.InviteSubject] = "حسابك جاهز",
        [TextKey.InviteLead] = "أنشأ أحد المسؤولين حسابًا لك. سجّل الدخول باسم المستخدم وكلمة المرور المؤقتة أدناه، ثم اختر كلمة مرور خاصة بك.",
        [TextKey.InviteIgnore] = "يمكنك تجاهل هذه الرسالة إن لم تكن تتوقع حسابًا. تنتهي صلاحية كلمة المرور المؤقتة إن لم تُستخدم.",
        [TextKey.InviteSms] = "حسابك جاهز. المستخدم: {username} كلمة المرور المؤقتة: {####}",
        [TextKey.InviteSmsWithoutUsername] = "حسابك جاهز. كلمة المرور المؤقتة: {####}",
        [TextKey.JoinSubject] = "دعوة إلى {application}",
        [TextKey.JoinLead] = "دعاك شخص ما إلى إنشاء حساب في {application}. ينقلك الزر إلى هناك.",
        [TextKey.JoinButton] = "إنشاء حساب",
        [TextKey.JoinIgnore] = "يمكنك تجاهل هذه الرسالة إن لم تكن تتوقع دعوة. لا يحدث شيء ما لم تتبعها.",
        [TextKey.ConfirmSubject] = "أكّد حسابك في {application}",
        [TextKey.ConfirmLead] = "أُنشئ حساب في {application} بهذا العنوان. أكّده لإكمال التسجيل.",
        [TextKey.ConfirmButton] = "تأكيد الحساب",
        [TextKey.ConfirmIgnore] = "يمكنك تجاهل هذه الرسالة إن لم تكن قد سجّلت. يبقى الحساب مغلقًا من دون تأكيدك.",
        [TextKey.LinkInstead] = "إن لم يعمل الزر، فافتح هذا العنوان:",
        [TextKey.LinkLifetime] = "يعمل مرة واحدة، ولمدة {lifetime}.",
        [TextKey.KeepLinkPrivate] = "لا تُعد توجيه هذه الرسالة: من لديه الرابط يمكنه التصرف نيابةً عنك.",
        [TextKey.CodeLabel] = "رمزك",
        [TextKey.UsernameLabel] = "اسم المستخدم",
        [TextKey.TemporaryPasswordLabel] = "كلمة المرور المؤقتة",
        [TextKey.CodeLifetime] = "يعمل مرة واحدة، ولمدة {lifetime}.",
        [TextKey.PasswordLifetime] = "تعمل كلمة المرور المؤقتة لمدة {lifetime}.",
        [TextKey.KeepCodePrivate] = "احتفظ بهذا الرمز لنفسك. لا نطلبه أبدًا عبر الهاتف أو المحادثة أو البريد.",
        [TextKey.KeepPasswordPrivate] = "احتفظ بكلمة المرور هذه لنفسك. لا نطلبها أبدًا عبر الهاتف أو المحادثة أو البريد.",
        [TextKey.OneMinute] = "دقيقة واحدة",
        [TextKey.Minutes] = "{n} دقيقة|دقيقتين|{n} دقائق",
        [TextKey.OneHour] = "ساعة واحدة",
        [TextKey.Hours] = "{n} ساعة|ساعتين|{n} ساعات",
        [TextKey.OneDay] = "يوم واحد",
        [TextKey.Days] = "{n} يومًا|يومين|{n} أيام",
    }.ToFrozenDictionary()) { IsRightToLeft = true, NeedsUnicodeSms = true, Plural = Form };

    // Two; 3 to 10 of every hundred; the rest.
    private static int Form(long count) => count == 2 ? 1 : count % 100 is >= 3 and <= 10 ? 2 : 0;
}
