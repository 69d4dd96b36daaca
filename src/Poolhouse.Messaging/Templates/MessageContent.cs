namespace Poolhouse.Messaging.Templates;

/// <summary>What a built-in message says, before it becomes text, HTML or SMS. Plain text throughout; the layout escapes.</summary>
internal sealed record MessageContent
{
    public required string Subject { get; init; }

    /// <summary>Says what to do with what is in <see cref="Fields"/>.</summary>
    public required string Lead { get; init; }

    /// <summary>Labelled values in monospace; the last one is the code and the largest.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>How long it works.</summary>
    public required string Lifetime { get; init; }

    /// <summary>Whom not to give it.</summary>
    public required string Privacy { get; init; }

    /// <summary>Why the mail can be ignored.</summary>
    public required string Ignore { get; init; }

    /// <summary>The SMS, at most 140 characters as long as the code is at most 30.</summary>
    public required string Sms { get; init; }

    internal sealed record Field(string Label, string Value, bool IsCode);
}
