using System.Globalization;
using Poolhouse.Core.Users;

namespace Poolhouse.Storage.Users;

/// <summary>
/// A place in a list by age: behind a user. Made at the same millisecond, users run by sub, so the order is total. As text
/// <c>1767225600000 6f1c… rest</c>, where the rest is what such a list runs by before age, if anything.
/// </summary>
/// <param name="CreatedAt">Milliseconds UTC.</param>
/// <param name="Sub">The user; it has no space.</param>
/// <param name="Rest">Any text; null where there is none.</param>
internal readonly record struct AgeCursor(long CreatedAt, string Sub, string? Rest)
{
    // Before every user.
    private static readonly AgeCursor Start = new(long.MinValue, "", null);

    /// <summary>Reads what <see cref="Of"/> wrote; null is the beginning of the list.</summary>
    /// <exception cref="FormatException">It is something else, which a sealed token can't hold.</exception>
    public static AgeCursor Parse(string? text) => text?.Split(' ', 3) switch
    {
        null => Start,
        [var at, var sub] => new(Milliseconds(at), sub, null),
        [var at, var sub, var rest] => new(Milliseconds(at), sub, rest),
        _ => throw new FormatException("A cursor of a list by age has a time and a sub."),
    };

    /// <summary>The place behind a user, in a list that runs by something else before age.</summary>
    public static string Of(User user, string rest) => $"{Of(user)} {rest}";

    /// <summary>The place behind a user.</summary>
    public static string Of(User user) =>
        string.Create(CultureInfo.InvariantCulture, $"{user.CreatedAt.ToUnixTimeMilliseconds()} {user.Sub.Value}");

    private static long Milliseconds(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
