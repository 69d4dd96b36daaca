using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Tests.Messaging;

public sealed class ComposerTests
{
    private static readonly Composer Composer = new();

    public static TheoryData<MessageKind> Kinds => [.. Enum.GetValues<MessageKind>()];

    public static TheoryData<MessageKind> CodeKinds => [.. Enum.GetValues<MessageKind>().Except(Notices).Except(Links)];

    public static TheoryData<MessageKind> NoticeKinds => [.. Notices];

    public static TheoryData<MessageKind> LinkKinds => [.. Links];

    private static readonly MessageKind[] Links = [MessageKind.AccountConfirmation, MessageKind.AccountInvitation];

    private static readonly MessageKind[] Notices = [MessageKind.SignInBlocked, MessageKind.SignInNoticed];

    [Fact]
    public void Every_kind_has_one_template() =>
        Composer.Templates.Select(template => template.Kind).Order().ShouldBe(Enum.GetValues<MessageKind>().Order());

    [Fact]
    public void Every_language_has_every_text()
    {
        foreach (var language in Languages.All)
            language.Texts.Keys.Order().ShouldBe(Enum.GetValues<TextKey>().Order(), $"language {language.Tag}");
    }

    [Fact]
    public void Every_language_keeps_the_placeholders_of_English()
    {
        foreach (var language in Languages.All)
            foreach (var key in Enum.GetValues<TextKey>())
                foreach (var placeholder in new[] { Placeholders.Code, Placeholders.Username, Placeholders.Lifetime, Placeholders.Application, "{n}" })
                    language[key].Contains(placeholder).ShouldBe(English.Language[key].Contains(placeholder), $"{language.Tag} {key} {placeholder}");
    }

    [Fact]
    public void Every_language_of_the_server_has_mails() =>
        Languages.All.Select(language => language.Tag).ShouldBe(Poolhouse.Core.Localization.LanguageTags.All);

    [Fact]
    public void Every_language_has_as_many_forms_of_a_count_as_its_plural_asks_for()
    {
        foreach (var language in Languages.All)
            foreach (var key in new[] { TextKey.Minutes, TextKey.Hours, TextKey.Days })
                language[key].Split('|').Length.ShouldBe(Enumerable.Range(2, 200).Max(n => language.Plural(n)) + 1, $"{language.Tag} {key}");
    }

    [Theory]
    [InlineData(2, "ساعتين"), InlineData(3, "3 ساعات"), InlineData(10, "10 ساعات"), InlineData(11, "11 ساعة"), InlineData(103, "103 ساعات")]
    public void Arabic_counts_as_Arabic_does(int hours, string words) => Languages.For("ar").Lifetime(TimeSpan.FromHours(hours)).ShouldBe(words);

    [Fact]
    public void No_text_is_left_in_English()
    {
        foreach (var language in Languages.All.Where(language => language.Tag != "en"))
            Enum.GetValues<TextKey>().Where(key => language[key] == English.Language[key]).ShouldBe(
                language.Tag == "fr" ? [TextKey.Minutes] : [], ignoreOrder: true, language.Tag);
    }

    [Theory, MemberData(nameof(CodeKinds))]
    public void An_SMS_fits_in_every_language_and_has_no_letter_that_would_halve_its_room(MessageKind kind)
    {
        foreach (var language in Languages.All)
        {
            // Codes have at most 8 digits; a temporary password that an administrator chose may be longer, and the room of others is twice as much.
            var code = new string('7', language.NeedsUnicodeSms ? 8 : 30);
            var sms = Composer.Compose(Messages.Outbox(kind, MessageChannel.Sms, code) with { Username = new string('b', 128), Locale = language.Tag }).Text;

            sms.Length.ShouldBeLessThanOrEqualTo(language.SmsLimit, $"{language.Tag} {sms}");
            sms.ShouldContain(code);
            if (!language.NeedsUnicodeSms) sms.Where(c => !Gsm.Contains(c)).ShouldBeEmpty($"{language.Tag} {sms}");
        }
    }

    [Theory, MemberData(nameof(NoticeKinds))]
    public void A_notice_by_SMS_fits_in_every_language(MessageKind kind)
    {
        foreach (var language in Languages.All)
        {
            var sms = Composer.Compose(Messages.Outbox(kind, MessageChannel.Sms, code: null) with { Locale = language.Tag }).Text;
            sms.Length.ShouldBeLessThanOrEqualTo(language.SmsLimit, $"{language.Tag} {sms}");
            if (!language.NeedsUnicodeSms) sms.Where(c => !Gsm.Contains(c)).ShouldBeEmpty($"{language.Tag} {sms}");
        }
    }

    [Fact]
    public void Arabic_mails_are_laid_out_from_right_to_left_and_their_codes_from_left_to_right()
    {
        var html = Composer.Compose(Messages.Outbox() with { Locale = "ar-EG" }).Html!;

        html.ShouldContain("""<html lang="ar" dir="rtl">""");
        html.ShouldContain("""dir="ltr">004718<""");
        html.ShouldNotContain("margin-left");
        html.ShouldNotContain("margin-right");
    }

    [Theory, MemberData(nameof(LinkKinds))]
    public void A_mail_with_a_button_has_its_link_in_text_and_HTML_and_no_other(MessageKind kind)
    {
        const string link = "https://accounts.example.com/invite?confirmation=abc";
        foreach (var language in Languages.All)
        {
            var message = Messages.Outbox(kind, code: null) with { Link = link, Application = "A <b> & Co", Locale = language.Tag };
            var mail = Composer.Compose(message);

            mail.Text.ShouldContain($"\n\n    {link}\n\n");
            mail.Html!.Replace($"href=\"{link}\"", "", StringComparison.Ordinal).Replace($">{link}<", "", StringComparison.Ordinal).ShouldNotContain("http");
            mail.Subject.ShouldContain("A <b> & Co");
            mail.Html!.ShouldContain("A &lt;b&gt; &amp; Co");
            mail.Html!.Split("</div>")[0].ShouldNotContain(link);
            foreach (var text in new[] { mail.Subject, mail.Text, mail.Html! }) text.ShouldNotContain("{application}");
            mail.Code.ShouldBeNull();
        }
    }

    // 3GPP TS 23.038 §6.2.1, the default alphabet.
    private const string Gsm =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    [Theory, MemberData(nameof(NoticeKinds))]
    public void A_notice_tells_time_device_and_address(MessageKind kind)
    {
        var mail = Composer.Compose(Messages.Outbox(kind, code: null) with { Details = ["Sat, 21 Nov 2026", "Chrome 126, <b>", "192.0.2.1"] });

        foreach (var text in new[] { "Time:", "Sat, 21 Nov 2026", "Device:", "Chrome 126, <b>", "Network address:", "192.0.2.1", "change it" })
            mail.Text.ShouldContain(text);
        mail.Html!.ShouldContain("Chrome 126, &lt;b&gt;");
        mail.Html!.ShouldNotContain("href");
    }

    [Theory, MemberData(nameof(CodeKinds))]
    public void A_mail_carries_its_code_in_text_and_HTML_and_says_that_it_can_be_ignored(MessageKind kind)
    {
        var mail = Composer.Compose(Messages.Outbox(kind));

        mail.Text.ShouldContain("004718");
        mail.Html!.ShouldContain(">004718</p>");
        mail.Text.ShouldContain("You can ignore this mail if");
        mail.Html!.ShouldContain("You can ignore this mail if");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_locked_screen_does_not_show_the_code(MessageKind kind)
    {
        var mail = Composer.Compose(Messages.Outbox(kind));

        mail.Subject.ShouldNotContain("004718");
        mail.Html!.Split("</div>")[0].ShouldNotContain("004718");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_mail_fetches_nothing_and_runs_nothing(MessageKind kind)
    {
        var html = Composer.Compose(Messages.Outbox(kind)).Html!;

        foreach (var forbidden in new[] { "<script", "<img", "<link", "<table", "<svg", "http:", "https:", "url(" })
            html.ShouldNotContain(forbidden, Case.Insensitive);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void No_placeholder_is_left_over(MessageKind kind)
    {
        var mail = Composer.Compose(Messages.Outbox(kind));
        var sms = Composer.Compose(Messages.Outbox(kind, MessageChannel.Sms));

        foreach (var text in new[] { mail.Subject, mail.Text, sms.Text })
            text.ShouldNotContain("{");
        foreach (var placeholder in new[] { Placeholders.Code, Placeholders.Username, Placeholders.Lifetime })
            mail.Html!.ShouldNotContain(placeholder);
    }

    [Theory, MemberData(nameof(CodeKinds))]
    public void An_SMS_fits_140_characters_of_ASCII_and_has_neither_subject_nor_HTML(MessageKind kind)
    {
        var message = Messages.Outbox(kind, MessageChannel.Sms) with { Username = new string('b', 128) };

        var sms = Composer.Compose(message);

        sms.Text.Length.ShouldBeLessThanOrEqualTo(140);
        sms.Text.ShouldContain("004718");
        sms.Text.All(char.IsAscii).ShouldBeTrue();
        sms.Subject.ShouldBeEmpty();
        sms.Html.ShouldBeNull();
    }

    [Fact]
    public void A_mail_without_code_shows_no_empty_field()
    {
        var mail = Composer.Compose(Messages.Outbox(code: null));

        mail.Text.ShouldNotContain("Your code");
        mail.Html!.ShouldNotContain("Your code");
    }

    [Theory]
    [InlineData(3, "3 minutes")]
    [InlineData(1, "one minute")]
    [InlineData(60, "one hour")]
    [InlineData(90, "90 minutes")]
    [InlineData(1440, "24 hours")]
    [InlineData(10080, "7 days")]
    public void The_lifetime_is_said_in_words(int minutes, string words)
    {
        var message = Messages.Outbox() with { NotAfter = Messages.Start.AddMinutes(minutes) };

        Composer.Compose(message).Text.ShouldContain($"It works once, for {words}.");
    }

    [Theory]
    [InlineData("en-GB"), InlineData("en_US"), InlineData("tlh"), InlineData(""), InlineData(null)]
    public void An_unknown_language_is_answered_in_English(string? locale) =>
        Composer.Compose(Messages.Outbox() with { Locale = locale }).Subject.ShouldBe("Confirm your account");

    [Fact]
    public void A_pools_own_texts_replace_the_built_in_ones()
    {
        var message = Messages.Outbox() with { Subject = "Hi {username}, {####}", Body = "<p>{username}: {####}</p>" };

        var mail = Composer.Compose(message);

        mail.Subject.ShouldBe("Hi bob, 004718");
        mail.Html.ShouldBe("<p>bob: 004718</p>");
        mail.Text.ShouldBe("bob: 004718");
    }

    [Fact]
    public void A_pools_own_subject_stands_over_the_built_in_body() =>
        Composer.Compose(Messages.Outbox() with { Subject = "Hello" }).Html!.ShouldContain("Enter this code");

    [Fact]
    public void A_pools_own_SMS_is_plain_text()
    {
        var message = Messages.Outbox(channel: MessageChannel.Sms) with { Username = "a<b", Body = "{username} {####}" };

        Composer.Compose(message).Text.ShouldBe("a<b 004718");
    }

    [Fact]
    public void A_username_is_escaped_in_HTML_and_as_it_is_in_text()
    {
        const string username = "<img src=x onerror=alert(1)>&amp;";
        var own = Composer.Compose(Messages.Outbox() with { Username = username, Body = "<p>{username}</p>" });
        var builtIn = Composer.Compose(Messages.Outbox(MessageKind.Invitation) with { Username = username });

        own.Html.ShouldBe("<p>&lt;img src=x onerror=alert(1)&gt;&amp;amp;</p>");
        own.Text.ShouldBe(username);
        builtIn.Html!.ShouldNotContain("<img");
        builtIn.Text.ShouldContain(username);
    }

    [Fact]
    public void A_temporary_password_is_escaped_in_HTML()
    {
        var message = Messages.Outbox(MessageKind.Invitation, code: "a<b>&\"c'");

        Composer.Compose(message).Html!.ShouldContain(">a&lt;b&gt;&amp;&quot;c&#39;</p>");
        Composer.Compose(message with { Body = "<i>{####}</i>" }).Html.ShouldBe("<i>a&lt;b&gt;&amp;&quot;c&#39;</i>");
    }

    [Fact]
    public void A_placeholder_in_a_username_stays_text()
    {
        var message = Messages.Outbox() with { Username = "{####}", Subject = "For {username}", Body = "{username}" };

        var mail = Composer.Compose(message);

        mail.Subject.ShouldBe("For {####}");
        mail.Html.ShouldBe("{####}");
    }

    [Theory, MemberData(nameof(Messages.LineEnds), MemberType = typeof(Messages))]
    public void A_subject_is_one_line(string lineEnd)
    {
        var message = Messages.Outbox() with { Username = $"bob{lineEnd}Bcc: eve@example.com", Subject = $"Hi{lineEnd}X: y {{username}}" };

        HeaderText.IsOneLine(Composer.Compose(message).Subject).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Messages.LineEnds), MemberType = typeof(Messages))]
    public void A_sender_is_one_line(string lineEnd)
    {
        var mail = Composer.Compose(Messages.Outbox() with { From = $"a@b.example{lineEnd}Bcc: eve@example.com", ReplyTo = $"x{lineEnd}y@z.example" });

        HeaderText.IsOneLine(mail.From!).ShouldBeTrue();
        HeaderText.IsOneLine(mail.ReplyTo!).ShouldBeTrue();
    }

    [Fact]
    public void A_composed_message_does_not_print_what_it_carries() =>
        Composer.Compose(Messages.Outbox()).ToString().ShouldBe("message 7d1c5f0e-5a53-4c43-9a53-8f6f0e8f2b11");
}
