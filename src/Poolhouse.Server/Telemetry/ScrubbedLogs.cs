using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Poolhouse.Server.Telemetry;

/// <summary>Stands before the exporter of logs. Of an exception it keeps the type, the stack and its text without what <see cref="Scrubbing"/> takes out.</summary>
internal sealed class ScrubbedLogs : BaseProcessor<LogRecord>
{
    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message) data.FormattedMessage = Scrubbing.Scrub(message);
        if (data.Body is { } body) data.Body = Scrubbing.Scrub(body);
        var attributes = new List<KeyValuePair<string, object?>>((data.Attributes?.Count ?? 0) + 3);
        foreach (var (name, value) in data.Attributes ?? []) attributes.Add(new(name, Scrub(value)));
        if (data.Exception is { } failure)
        {
            // Semantic conventions, "Exceptions in logs"; the exporter would send the text as it is.
            attributes.Add(new("exception.type", failure.GetType().FullName));
            attributes.Add(new("exception.message", Scrubbing.Scrub(failure.Message)));
            attributes.Add(new("exception.stacktrace", failure.StackTrace ?? ""));
            data.Exception = null;
        }

        data.Attributes = attributes;
    }

    private static object? Scrub(object? value) => value switch
    {
        null or bool or int or long or double => value,
        string text => Scrubbing.Scrub(text),
        IFormattable number => Scrubbing.Scrub(number.ToString(null, System.Globalization.CultureInfo.InvariantCulture)),
        _ => Scrubbing.Scrub(value.ToString() ?? ""),
    };
}
