using System.Globalization;
using System.Net;
using System.Text;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>
/// How every built-in mail looks, as text and as HTML. The HTML has no table, picture, script or remote address: what a mail
/// client cannot show or must not fetch is not there. Colours are inline, because some clients drop style elements; the style
/// element adds only the dark scheme. The mark is text on a coloured block, because mail clients show no SVG.
/// </summary>
internal static class Layout
{
    private const string Sans = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
    private const string Mono = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";

    // Longer values, such as temporary passwords, would break the line at the size of a six-digit code.
    private const int LargeCodeLength = 10;

    public static string Text(MessageContent content)
    {
        var text = new StringBuilder();
        text.Append(content.Subject).Append("\n\n").Append(content.Lead).Append("\n\n");
        foreach (var field in content.Fields) text.Append(field.Label).Append(":\n\n    ").Append(field.Value).Append("\n\n");
        if (content.Button is { } button) text.Append(button.Label).Append(":\n\n    ").Append(button.Link).Append("\n\n");
        if (HasMore(content)) text.Append(content.Lifetime).Append("\n\n").Append(content.Privacy).Append("\n\n");
        text.Append(content.Ignore).Append("\n\n-- \nPoolhouse\n");
        return text.ToString();
    }

    public static string Html(MessageContent content, Language language) => $$"""
        <!doctype html>
        <html lang="{{language.Tag}}" dir="{{(language.IsRightToLeft ? "rtl" : "ltr")}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
        <title>{{Escape(content.Subject)}}</title>
        <style>
        :root { color-scheme: light dark; }
        @media (prefers-color-scheme: dark) {
          .paper { background: #0C1A1F !important; }
          .card, .field { border-color: #24404A !important; }
          .card { background: #12262D !important; }
          .field { background: #0C1A1F !important; }
          .ink { color: #E6F1F2 !important; }
          .muted { color: #9DB4BA !important; }
          .mark, .button { background: #3BC9DB !important; color: #0C1A1F !important; }
          .link { color: #3BC9DB !important; }
        }
        @media (max-width: 480px) {
          .page { padding: 24px 12px !important; }
          .card { padding: 24px 20px !important; }
        }
        </style>
        </head>
        <body class="paper" style="margin:0;padding:0;background:#FBFCFB;-webkit-text-size-adjust:100%">
        <div style="display:none;max-height:0;overflow:hidden;opacity:0">{{Escape(Preheader(content))}}{{Filler}}</div>
        <div class="paper page" style="padding:40px 16px;background:#FBFCFB;font-family:{{Sans}};font-size:16px;line-height:1.5">
        <div style="max-width:480px;margin:0 auto">
        <p class="ink" style="margin:0 0 20px;font-size:16px;line-height:28px;font-weight:600;letter-spacing:-0.02em;color:#10242B"><span class="mark" aria-hidden="true" style="display:inline-block;width:28px;height:25px;margin-inline-end:10px;border-top:3px solid #E8A33D;border-radius:6px;background:#0B7285;color:#FFFFFF;font-size:20px;line-height:24px;font-weight:400;letter-spacing:0;text-align:center;vertical-align:top">&#8776;</span>Poolhouse</p>
        <div class="card" style="padding:32px;border:1px solid #D9E3E3;border-radius:10px;background:#FFFFFF">
        <h1 class="ink" style="margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600;letter-spacing:-0.01em;color:#10242B">{{Escape(content.Subject)}}</h1>
        <p class="ink" style="margin:0 0 24px;color:#10242B">{{Escape(content.Lead)}}</p>
        {{Fields(content, language)}}<p class="muted" style="margin:0;font-size:13px;line-height:20px;color:#52676D">{{Escape(content.Ignore)}}</p>
        </div>
        </div>
        </div>
        </body>
        </html>

        """;

    // Without it, mail lists show the beginning of the visible text after a short preheader.
    private static string Filler => string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 40));

    // Says what the mail is for, never the code: previews are shown on locked screens.
    private static string Preheader(MessageContent content) =>
        HasMore(content) ? $"{content.Lead} {content.Lifetime}" : content.Lead;

    private static bool HasMore(MessageContent content) => content.Fields.Count > 0 || content.Button is not null;

    private static string Fields(MessageContent content, Language language)
    {
        if (!HasMore(content)) return "";
        var html = new StringBuilder();
        foreach (var field in content.Fields)
        {
            var size = field is { IsCode: true, Value.Length: <= LargeCodeLength } ? "font-size:28px;line-height:36px;letter-spacing:0.16em" : "font-size:16px;line-height:24px";
            html.Append(CultureInfo.InvariantCulture, $"""
                <div class="field" style="margin:0 0 12px;padding:16px 20px;border:1px solid #D9E3E3;border-radius:10px;background:#FBFCFB">
                <p class="muted" style="margin:0 0 4px;font-size:13px;line-height:20px;color:#52676D">{Escape(field.Label)}</p>
                <p class="ink" style="margin:0;font-family:{Mono};{size};font-weight:600;color:#10242B;overflow-wrap:anywhere;text-align:{Side(language)}" dir="ltr">{Escape(field.Value)}</p>
                </div>

                """);
        }
        if (content.Button is { } button) html.Append(Button(button, language));
        html.Append(CultureInfo.InvariantCulture, $"""
            <p class="ink" style="margin:20px 0 4px;color:#10242B">{Escape(content.Lifetime)}</p>
            <p class="ink" style="margin:0 0 24px;color:#10242B">{Escape(content.Privacy)}</p>

            """);
        return html.ToString();
    }

    // The address is shown too: some mail programs show no links, and people look where a button leads. It is left to right in every language.
    private static string Button(MessageContent.ButtonField button, Language language) => string.Create(CultureInfo.InvariantCulture, $"""
        <p style="margin:0 0 20px"><a class="button" href="{Escape(button.Link)}" style="display:inline-block;padding:12px 24px;border-radius:10px;background:#0B7285;color:#FFFFFF;font-weight:600;text-decoration:none">{Escape(button.Label)}</a></p>
        <p class="muted" style="margin:0;font-size:13px;line-height:20px;color:#52676D">{Escape(button.Instead)}</p>
        <p style="margin:0;font-size:13px;line-height:20px;overflow-wrap:anywhere;text-align:{Side(language)}" dir="ltr"><a class="link" href="{Escape(button.Link)}" style="color:#0B7285">{Escape(button.Link)}</a></p>

        """);

    // What is written from left to right stands where its language's text begins all the same.
    private static string Side(Language language) => language.IsRightToLeft ? "right" : "left";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
