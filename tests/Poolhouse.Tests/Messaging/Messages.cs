using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Messaging;

namespace Poolhouse.Tests.Messaging;

/// <summary>Messages for tests.</summary>
internal static class Messages
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Characters that some mail program takes for the end of a line, and what an attacker would put behind one.</summary>
    public static readonly TheoryData<string> LineEnds = ["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\v", "\f", "\0", "\r\n\r\n"];

    public static OutboxMessage Outbox(
        MessageKind kind = MessageKind.SignUpCode, MessageChannel channel = MessageChannel.Email, string? code = "004718") => new()
    {
        Id = "7d1c5f0e-5a53-4c43-9a53-8f6f0e8f2b11",
        PoolId = new PoolId("us-east-1_Poolhouse"),
        Kind = kind,
        Channel = channel,
        To = channel is MessageChannel.Sms ? "+491701234567" : "bob@example.com",
        Code = code,
        Username = "bob",
        CreatedAt = Start,
        NotAfter = Start.AddHours(24),
    };

    public static ComposedMessage Composed(string to = "bob@example.com", string subject = "Confirm your account", string? from = null, string? replyTo = null) =>
        new("7d1c5f0e-5a53-4c43-9a53-8f6f0e8f2b11", MessageChannel.Email, to, from, replyTo, subject, "Your code: 004718\n.\nEnd ü", "<p>Your code: <b>004718</b></p>", "004718");
}
