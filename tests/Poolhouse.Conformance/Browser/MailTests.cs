using Poolhouse.Conformance.Running;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Messaging.Templates;

namespace Poolhouse.Conformance.Browser;

/// <summary>
/// Every built-in mail in every language, drawn 390 pixels wide as a phone's mail program would: nothing sticks out, and it reads from its language's
/// side. <c>POOLHOUSE_PICTURES</c> names a folder to keep the pictures in.
/// </summary>
public sealed class MailTests(DevelopmentServer development, Chromium chromium)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ar", "rtl"), InlineData("de", "ltr"), InlineData("en", "ltr"), InlineData("es", "ltr"), InlineData("fr", "ltr"), InlineData("ja", "ltr"), InlineData("pt", "ltr")]
    public async Task Every_mail_fits_a_phone_and_reads_from_its_languages_side(string language, string direction)
    {
        await using var ann = await chromium.VisitAsync(development.Server, Screen.Phone);
        var composer = new Composer();

        foreach (var kind in Enum.GetValues<MessageKind>())
        {
            await ann.Page.SetContentAsync(composer.Compose(Message(kind, language)).Html!);
            if (Environment.GetEnvironmentVariable("POOLHOUSE_PICTURES") is { } folder)
                await ann.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{kind}-{language}.png"), FullPage = true });

            (await ann.OverflowAsync()).ShouldBe(0, $"{kind}");
            (await ann.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).direction")).ShouldBe(direction);
            // Every text within the card: an element that is wider than it would be cut by some mail programs and not by others.
            (await ann.Page.EvaluateAsync<int>(
                """
                () => {
                  const card = document.querySelector('.card').getBoundingClientRect();
                  return [...document.querySelectorAll('.card *')].filter(e => {
                    const box = e.getBoundingClientRect();
                    return box.left < card.left || box.right > card.right || e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0;
                  }).length;
                }
                """)).ShouldBe(0, $"{kind}");
            var beginsAt = await ann.Page.EvaluateAsync<double>(
                """
                () => {
                  const range = document.createRange();
                  range.selectNodeContents(document.querySelector('h1'));
                  const [text, card] = [range.getBoundingClientRect(), document.querySelector('.card').getBoundingClientRect()];
                  return getComputedStyle(document.body).direction === 'rtl' ? card.right - text.right : text.left - card.left;
                }
                """);
            beginsAt.ShouldBeInRange(20, 34, $"{kind}");
        }
    }

    private static OutboxMessage Message(MessageKind kind, string language)
    {
        var isLink = kind is MessageKind.AccountInvitation or MessageKind.AccountConfirmation;
        var isNotice = kind is MessageKind.SignInNoticed or MessageKind.SignInBlocked;
        return new OutboxMessage
        {
            Id = "7d1c5f0e-5a53-4c43-9a53-8f6f0e8f2b11",
            PoolId = new PoolId("us-east-1_Poolhouse"),
            Kind = kind,
            Channel = MessageChannel.Email,
            To = "bob@example.com",
            Code = isLink || isNotice ? null : kind == MessageKind.Invitation ? new string('W', 40) : "004718",
            // As long as they come.
            Username = $"{new string('w', 64)}@{new string('x', 60)}.example.com",
            Link = isLink ? "https://accounts.example.com/invite?confirmation=" + new string('W', 43) : null,
            Application = isLink ? "Bottom Line Application" : null,
            Details = isNotice ? ["Fri, 20 Nov 2026 10:00:00 GMT", "Chrome 126, Windows 10", "2001:db8:1234:5678:90ab:cdef:1234:5678"] : null,
            Locale = language,
            CreatedAt = Now,
            NotAfter = isLink ? Now.AddDays(7) : Now.AddHours(24),
        };
    }
}
