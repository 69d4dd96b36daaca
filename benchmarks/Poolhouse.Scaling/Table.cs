using System.Globalization;

namespace Poolhouse.Scaling;

/// <summary>Markdown, and numbers as a person reads them.</summary>
internal static class Table
{
    /// <summary>A heading, then the columns: the first to the left, the others to the right.</summary>
    public static void Begin(string title, params string[] columns)
    {
        Console.WriteLine($"\n{title}\n\n| {string.Join(" | ", columns)} |\n|---{string.Concat(Enumerable.Repeat("|--:", columns.Length - 1))}|");
    }

    /// <summary>One row.</summary>
    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    /// <summary>Two digits that count, with thousands separated.</summary>
    public static string Round(double value)
    {
        if (value == 0) return "0";
        var scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 1);
        var rounded = Math.Round(value / scale) * scale;
        return rounded >= 10 ? rounded.ToString("N0", CultureInfo.InvariantCulture) : rounded.ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes in the unit that fits.</summary>
    public static string Bytes(double value) => value switch
    {
        >= 1e12 => $"{Round(value / 1e12)} TB",
        >= 1e9 => $"{Round(value / 1e9)} GB",
        _ => $"{Round(value / 1e6)} MB",
    };

    /// <summary>A part of a whole.</summary>
    public static string Percent(double part) => part.ToString(part is > 0 and < 0.1 ? "0.0 %" : "0 %", CultureInfo.InvariantCulture);

    /// <summary>Seconds in the unit that fits.</summary>
    public static string Time(double seconds) => seconds switch
    {
        < 1 => $"{Round(seconds * 1000)} ms",
        < 120 => $"{Round(seconds)} s",
        < 7200 => $"{Round(seconds / 60)} min",
        _ => $"{Round(seconds / 3600)} h",
    };
}
