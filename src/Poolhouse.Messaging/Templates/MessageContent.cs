namespace Poolhouse.Messaging.Templates;

/// <summary>What a built-in message says, before it becomes text, HTML or SMS. Plain text throughout; the layout escapes.</summary>
internal sealed record MessageContent
{
    public required string Subject { get; init; }

    /// <summary>Says what to do with what is in <see cref="Fields"/>.</summary>
    public required string Lead { get; init; }

    /// <summary>Labelled values in monospace; the last one is the code and the largest.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>What to press; null for a mail that leads nowhere.</summary>
    public ButtonField? Button { get; init; }

    /// <summary>How long it works.</summary>
    public required string Lifetime { get; init; }

    /// <summary>Whom not to give it.</summary>
    public required string Privacy { get; init; }

    /// <summary>Why the mail can be ignored.</summary>
    public required string Ignore { get; init; }

    /// <summary>The SMS, within the language's <see cref="Texts.Language.SmsLimit"/> as long as the code is at most 30; empty for what goes by mail only.</summary>
    public required string Sms { get; init; }

    /// <param name="Label">On the button.</param>
    /// <param name="Instead">Introduces the address, for who can't press it.</param>
    /// <param name="Link">The address.</param>
    internal sealed record ButtonField(string Label, string Instead, string Link);

    internal sealed record Field(string Label, string Value, bool IsCode);
}
