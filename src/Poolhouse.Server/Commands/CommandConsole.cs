namespace Poolhouse.Server.Commands;

/// <summary>Where a command writes.</summary>
/// <param name="Out">What it came to.</param>
/// <param name="Error">What it does meanwhile, and what went wrong.</param>
/// <param name="IsTerminal">Whether a person watches <paramref name="Error"/>.</param>
internal sealed record CommandConsole(TextWriter Out, TextWriter Error, bool IsTerminal)
{
    /// <summary>The process' own.</summary>
    public static CommandConsole System { get; } = new(Console.Out, Console.Error, !Console.IsErrorRedirected);
}
