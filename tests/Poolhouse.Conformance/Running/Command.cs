using System.Diagnostics;

namespace Poolhouse.Conformance.Running;

/// <summary>What a command left behind.</summary>
internal sealed record CommandResult(int Code, string Output, string Error);

/// <summary>Runs a command to its end.</summary>
internal static class Command
{
    /// <summary>Runs a command that has to succeed; answers what it printed.</summary>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var result = await TryAsync(command, environment, folder);
        if (result.Code != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {result.Code}: {result.Output}{result.Error}");
        return result.Output;
    }

    /// <summary>Runs a command that may fail. A null variable is taken out of the environment.</summary>
    public static async Task<CommandResult> TryAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }
}
