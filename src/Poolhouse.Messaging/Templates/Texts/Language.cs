using System.Collections.Frozen;

namespace Poolhouse.Messaging.Templates.Texts;

/// <summary>The built-in messages' texts in one language.</summary>
internal sealed record Language(string Tag, bool IsRightToLeft, FrozenDictionary<TextKey, string> Texts)
{
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
        count is 1 ? this[one] : Placeholders.Fill(this[many], ("{n}", count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
