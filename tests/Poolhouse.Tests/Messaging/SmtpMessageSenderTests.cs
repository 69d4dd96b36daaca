using System.Net;
using System.Net.Sockets;
using Poolhouse.Messaging;
using Poolhouse.Messaging.Sending;
using Poolhouse.Messaging.Templates;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Messaging;

public sealed class SmtpMessageSenderTests : IAsyncDisposable
{
    private static readonly string[] Singular = ["From", "To", "Subject", "Message-ID", "Date", "Reply-To"];
    private readonly SmtpReceiver _receiver = new();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task A_mail_arrives_with_both_bodies_and_a_lasting_id()
    {
        var outcome = await SendAsync(Messages.Composed(replyTo: "help@example.com"));

        outcome.ShouldBe(SendOutcome.Sent.Instance);
        var mail = _receiver.Mails.ShouldHaveSingleItem();
        mail.From.ShouldBe("no-reply@example.com");
        mail.To.ShouldBe(["bob@example.com"]);
        mail.Header("Message-ID").ShouldBe(["<7d1c5f0e-5a53-4c43-9a53-8f6f0e8f2b11@example.com>"]);
        mail.Header("From").ShouldBe(["\"Pool\" <no-reply@example.com>"]);
        mail.Header("Reply-To").ShouldBe(["help@example.com"]);
        mail.Header("Subject").ShouldBe(["Confirm your account"]);
        mail.Header("Auto-Submitted").ShouldBe(["auto-generated"]);
        DateTimeOffset.Parse(mail.Header("Date").ShouldHaveSingleItem()).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        mail.Header("Content-Type").ShouldHaveSingleItem().ShouldStartWith("multipart/alternative");
        mail.Data.IndexOf("text/plain", StringComparison.Ordinal).ShouldBeLessThan(mail.Data.IndexOf("text/html", StringComparison.Ordinal));
        mail.Data.ShouldContain("Your code: 004718");
        mail.Data.ShouldContain("<b>004718</b>");
    }

    [Fact]
    public async Task A_real_template_arrives_in_short_lines()
    {
        await SendAsync(new Composer().Compose(Messages.Outbox()));

        _receiver.Mails.ShouldHaveSingleItem().Data.Split("\r\n").Max(line => line.Length).ShouldBeLessThanOrEqualTo(200);
    }

    [Fact]
    public async Task A_pools_own_sender_replaces_the_default()
    {
        await SendAsync(Messages.Composed(from: "Élan <hello@acme.example>"));

        var mail = _receiver.Mails.ShouldHaveSingleItem();
        mail.From.ShouldBe("hello@acme.example");
        mail.Header("Message-ID").ShouldBe(["<7d1c5f0e-5a53-4c43-9a53-8f6f0e8f2b11@acme.example>"]);
    }

    [Theory, MemberData(nameof(Messages.LineEnds), MemberType = typeof(Messages))]
    public async Task A_subject_cannot_add_a_header(string lineEnd)
    {
        await SendAsync(Messages.Composed(subject: $"Hi{lineEnd}Bcc: eve@example.com{lineEnd}{lineEnd}Body"));

        var mail = _receiver.Mails.ShouldHaveSingleItem();
        mail.To.ShouldBe(["bob@example.com"]);
        mail.Header("Bcc").ShouldBeEmpty();
        foreach (var name in Singular) mail.Header(name).Count.ShouldBeLessThanOrEqualTo(1, name);
        mail.Data.ShouldContain("<b>004718</b>");
    }

    [Theory, MemberData(nameof(Messages.LineEnds), MemberType = typeof(Messages))]
    public async Task An_address_with_a_line_end_is_refused_before_anything_is_said(string lineEnd)
    {
        (await SendAsync(Messages.Composed(to: $"bob@example.com{lineEnd}Bcc: eve@example.com"))).ShouldBe(new SendOutcome.Refused("recipient-invalid"));
        (await SendAsync(Messages.Composed(to: $"bob{lineEnd}@example.com"))).ShouldBe(new SendOutcome.Refused("recipient-invalid"));
        (await SendAsync(Messages.Composed(from: $"Pool{lineEnd}Bcc: x <a@example.com>"))).ShouldBe(new SendOutcome.Refused("sender-invalid"));
        (await SendAsync(Messages.Composed(replyTo: $"\"a{lineEnd}b\" <a@example.com>"))).ShouldBe(new SendOutcome.Refused("reply-to-invalid"));

        _receiver.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData(""), InlineData("bob"), InlineData("bob@"), InlineData("a@b.example, c@d.example"), InlineData("a@b.example;c@d.example")]
    [InlineData("bob@example.com <eve@example.com>"), InlineData("\"bob@example.com\" <eve@example.com>"), InlineData("<bob@example.com>"), InlineData("bob@example.com> RCPT TO:<eve@example.com")]
    public async Task Only_one_bare_address_is_a_recipient(string to)
    {
        (await SendAsync(Messages.Composed(to: to))).ShouldBe(new SendOutcome.Refused("recipient-invalid"));

        _receiver.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("RCPT", "550 no such user", "smtp-550", true)]
    [InlineData("RCPT", "450 mailbox busy", "smtp-450", false)]
    [InlineData("MAIL", "451 try later", "smtp-451", false)]
    [InlineData("MAIL", "530 authentication required", "smtp-530", false)]
    [InlineData("DATA", "554 no", "smtp-554", true)]
    [InlineData(".", "552 too big", "smtp-552", true)]
    [InlineData(".", "452 disk full", "smtp-452", false)]
    [InlineData("CONNECT", "421 going down", "smtp-421", false)]
    public async Task A_refusal_says_whether_it_lasts(string at, string reply, string reason, bool lasts)
    {
        _receiver.Answer = verb => verb == at ? SmtpAnswer.With(reply) : SmtpAnswer.Accept;

        var outcome = await SendAsync(Messages.Composed());

        outcome.ShouldBe(lasts ? new SendOutcome.Refused(reason) : new SendOutcome.Unavailable(reason));
    }

    [Theory]
    [InlineData("CONNECT"), InlineData("EHLO"), InlineData("MAIL"), InlineData("RCPT"), InlineData("DATA"), InlineData(".")]
    public async Task A_dropped_connection_is_temporary(string at)
    {
        _receiver.Answer = verb => verb == at ? SmtpAnswer.Drop : SmtpAnswer.Accept;

        (await SendAsync(Messages.Composed())).ShouldBeOfType<SendOutcome.Unavailable>();
    }

    [Fact]
    public async Task A_server_that_talks_nonsense_is_temporary()
    {
        _receiver.Answer = _ => SmtpAnswer.With("HTTP/1.1 400 Bad Request");

        (await SendAsync(Messages.Composed())).ShouldBeOfType<SendOutcome.Unavailable>();
    }

    [Theory]
    [InlineData("CONNECT"), InlineData("RCPT"), InlineData(".")]
    public async Task A_server_that_does_not_answer_is_left_after_the_timeout(string at)
    {
        _receiver.Answer = verb => verb == at ? SmtpAnswer.Stall : SmtpAnswer.Accept;

        var outcome = await SendAsync(Messages.Composed(), "&timeout=1").WaitAsync(TimeSpan.FromSeconds(8));

        outcome.ShouldBe(new SendOutcome.Unavailable("smtp-timeout"));
    }

    [Fact]
    public async Task Nobody_listening_is_temporary()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        (await SendAsync(Messages.Composed(), port: port)).ShouldBe(new SendOutcome.Unavailable("smtp-unreachable"));
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_sent_where_TLS_is_asked_for()
    {
        (await SendAsync(Messages.Composed(), "&tls=true")).ShouldBeOfType<SendOutcome.Unavailable>();

        _receiver.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancellation_is_not_swallowed()
    {
        _receiver.Answer = _ => SmtpAnswer.Stall;
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(() => SendAsync(Messages.Composed(), ct: cancel.Token));
    }

    private Task<SendOutcome> SendAsync(ComposedMessage message, string settings = "", int? port = null, CancellationToken ct = default)
    {
        SmtpOptions.TryParse($"smtp://127.0.0.1:{port ?? _receiver.Port}?from=Pool%20%3Cno-reply%40example.com%3E{settings}", out var options, out var error).ShouldBeTrue(error);
        return new SmtpMessageSender(options!, TimeProvider.System).SendAsync(message, ct);
    }
}
