namespace Poolhouse.Core.Messages;

/// <summary>The function that sends a message in this server's place, with what it must know. API_LambdaConfigType.CustomEmailSender.</summary>
public sealed record CustomSender
{
    /// <summary>The function.</summary>
    public required string Arn { get; init; }

    /// <summary>Names the key under which the code is sealed. API_LambdaConfigType.KMSKeyID.</summary>
    public required string KeyId { get; init; }

    /// <summary>The event's triggerSource.</summary>
    public required string Source { get; init; }

    /// <summary>The user's name; not always the one that the message shows.</summary>
    public required string Username { get; init; }

    /// <summary>The client that caused it; null for an administrator.</summary>
    public string? ClientId { get; init; }

    /// <summary>The call's ClientMetadata.</summary>
    public IReadOnlyDictionary<string, string>? ClientMetadata { get; init; }

    /// <summary>The user as it was then, with the address that the message is for.</summary>
    public required IReadOnlyDictionary<string, string> UserAttributes { get; init; }
}
