using System.Collections.Frozen;
using System.Globalization;

namespace Poolhouse.Messaging.Templates.Texts;

/// <summary>The built-in messages' texts in one language.</summary>
internal sealed record Language(string Tag, FrozenDictionary<TextKey, string> Texts)
{
    private const int GsmLimit = 140;
    private const int UnicodeLimit = 70;

    /// <summary>Whether it is written from right to left.</summary>
    public bool IsRightToLeft { get; init; }

    /// <summary>Whether GSM 03.38, the alphabet of most SMS, lacks its letters: then one has half the room.</summary>
    public bool NeedsUnicodeSms { get; init; }

    /// <summary>Which form a number takes, of those that <c>|</c> divides; for numbers over one. Unicode CLDR, "Language Plural Rules".</summary>
    public Func<long, int> Plural { get; init; } = static _ => 0;

    /// <summary>Characters of one SMS.</summary>
    public int SmsLimit => NeedsUnicodeSms ? UnicodeLimit : GsmLimit;

    public string this[TextKey key] => Texts[key];

    /// <summary>A time span in words, in the largest unit that leaves nothing over; at least a minute.</summary>
    public string Lifetime(TimeSpan span)
    {
        var minutes = Math.Max(1, (long)Math.Round(span.TotalMinutes));
        if (minutes % (24 * 60) is 0 && minutes > 24 * 60) return Count(minutes / (24 * 60), TextKey.OneDay, TextKey.Days);
        if (minutes % 60 is 0) return Count(minutes / 60, TextKey.OneHour, TextKey.Hours);
        return Count(minutes, TextKey.OneMinute, TextKey.Minutes);
    }

    private string Count(long count, TextKey one, TextKey many) =>
        count is 1 ? this[one] : Placeholders.Fill(this[many].Split('|')[Plural(count)], ("{n}", count.ToString(CultureInfo.InvariantCulture)));
}
