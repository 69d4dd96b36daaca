using System.Text.Json.Serialization;

namespace Poolhouse.Server.Mailbox;

/// <summary>JSON of the development mailbox.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<MailboxEntry>))]
internal sealed partial class MailboxJson : JsonSerializerContext;

/// <summary>A message as <c>GET /dev/mailbox</c> answers it; every member is always there.</summary>
/// <param name="To">Address or number.</param>
/// <param name="Subject">Empty for an SMS.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">HTML; null for an SMS.</param>
/// <param name="Code">The code or temporary password it carries, or null.</param>
/// <param name="SentAt">ISO 8601, UTC.</param>
internal sealed record MailboxEntry(string To, string Subject, string Text, string? Html, string? Code, DateTimeOffset SentAt);
