namespace Poolhouse.Server.Commands;

/// <summary>Where a command writes.</summary>
/// <param name="Out">What it came to.</param>
/// <param name="Error">What it does meanwhile, and what went wrong.</param>
/// <param name="IsTerminal">Whether a person watches <paramref name="Error"/>.</param>
internal sealed record CommandConsole(TextWriter Out, TextWriter Error, bool IsTerminal)
{
#pragma warning disable RS0030 // Which terminal there is, is said by the environment alone.
    /// <summary>The process' own. A terminal that can't move its cursor gets lines.</summary>
    public static CommandConsole System { get; } = new(Console.Out, Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));
#pragma warning restore RS0030
}
