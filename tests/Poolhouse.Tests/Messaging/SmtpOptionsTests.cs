using Poolhouse.Messaging.Sending;

namespace Poolhouse.Tests.Messaging;

public sealed class SmtpOptionsTests
{
    [Fact]
    public void A_whole_connection_string_is_understood()
    {
        SmtpOptions.TryParse("smtp://us%40er:p%3Aw%2F@mail.example.com:2525?tls=true&from=Pool%20%3Cno-reply%40example.com%3E&timeout=7", out var options, out _).ShouldBeTrue();

        options!.Host.ShouldBe("mail.example.com");
        options.Port.ShouldBe(2525);
        options.User.ShouldBe("us@er");
        options.Password!.Reveal().ShouldBe("p:w/");
        options.UseTls.ShouldBeTrue();
        options.From.Address.ShouldBe("no-reply@example.com");
        options.From.DisplayName.ShouldBe("Pool");
        options.Timeout.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData("smtp://mail.example.com", "mail.example.com", 587, true)]
    [InlineData("smtp://localhost:25", "localhost", 25, false)]
    [InlineData("smtp://127.0.0.1:1025/", "127.0.0.1", 1025, false)]
    [InlineData("smtp://[::1]:1025", "::1", 1025, false)]
    [InlineData("smtp://127.0.0.1?tls=true", "127.0.0.1", 587, true)]
    [InlineData("smtp://mail.example.com:25?tls=false", "mail.example.com", 25, false)]
    public void What_is_left_out_has_a_safe_default(string text, string host, int port, bool tls)
    {
        SmtpOptions.TryParse(text, out var options, out _).ShouldBeTrue();

        (options!.Host, options.Port, options.UseTls, options.User).ShouldBe((host, port, tls, null));
    }

    [Theory]
    [InlineData(""), InlineData("mail.example.com:25"), InlineData("smtp://"), InlineData("http://mail.example.com"), InlineData("smtps://u:secret@mail.example.com")]
    [InlineData("smtp://u:secret@h?tls=yes"), InlineData("smtp://u:secret@h?from=nobody"), InlineData("smtp://u:secret@h?timeout=13"), InlineData("smtp://u:secret@h?tsl=true")]
    [InlineData("smtp://u:secret@h/path"), InlineData("smtp://user@h"), InlineData("smtp://:secret@h"), InlineData("smtp://h?from=a@b.example%0d%0aBcc:c@d.example"), InlineData("smtp://u:secret@h:99999")]
    public void Anything_else_is_refused_in_a_sentence_without_the_password(string text)
    {
        SmtpOptions.TryParse(text, out var options, out var error).ShouldBeFalse();

        options.ShouldBeNull();
        error!.ShouldStartWith("Smtp");
        error.ShouldNotContain("secret");
    }

    [Fact]
    public void Its_text_form_shows_no_password()
    {
        SmtpOptions.TryParse("smtp://user:secret@mail.example.com:25", out var options, out _).ShouldBeTrue();

        options!.ToString().ShouldBe("smtp://mail.example.com:25");
    }
}
