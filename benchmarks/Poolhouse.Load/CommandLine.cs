using System.Globalization;

namespace Poolhouse.Load;

/// <summary>A command line of <c>--name value</c> pairs.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private CommandLine() { }

    /// <summary>The options that <paramref name="read"/> makes of the arguments, or null with what is wrong, the usage included.</summary>
    public static T? TryParse<T>(string[] arguments, string usage, Func<CommandLine, T> read, out string problem)
        where T : class
    {
        problem = usage;
        var line = new CommandLine();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Length) return null;
            line.values[arguments[i][2..]] = arguments[i + 1];
        }

        try
        {
            return read(line);
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message + Environment.NewLine + usage;
            return null;
        }
    }

    /// <summary>An option's text, or null.</summary>
    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <summary>An option's whole number.</summary>
    /// <exception cref="FormatException">It is none, or out of range.</exception>
    public int Number(string name, int standard, int minimum, int maximum)
    {
        var number = values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
        return number >= minimum && number <= maximum ? number : throw new FormatException($"--{name} is {minimum} to {maximum}.");
    }
}
