using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Logs;

/// <summary>Lines as Amazon writes them (user guide, "Exporting user pool logs", with its example; every value is text).</summary>
public static class LogLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What happened to an account.</summary>
    /// <param name="about">The event.</param>
    /// <param name="user">Whose account.</param>
    /// <param name="requestId">The request that caused it.</param>
    /// <param name="now">When the line is written.</param>
    public static string Of(AuthEvent about, User user, string? requestId, DateTimeOffset now) => Write("USER_ACTIVITY", "INFO", about.PoolId, now, json =>
    {
        json.WriteString("version"u8, "1"u8);
        json.WriteString("eventId"u8, about.Id);
        json.WriteString("eventType"u8, about.Type.ToString());
        json.WriteString("userSub"u8, about.Sub.Value);
        json.WriteString("userName"u8, user.Username);
        json.WriteString("userPoolId"u8, about.PoolId.Value);
        json.WriteString("clientId"u8, about.ClientId?.Value ?? "");
        json.WriteString("creationDate"u8, about.At.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture));
        json.WriteString("eventResponse"u8, about.Response.ToString());
        json.WriteString("riskLevel"u8, about.Level?.ToString() ?? "");
        json.WriteString("riskDecision"u8, about.Decision switch { RiskDecision.NoRisk => "PASS", RiskDecision.AccountTakeover => "ACCOUNT_TAKEOVER", _ => "BLOCK" });
        json.WriteStartArray("challenges"u8);
        foreach (var challenge in about.Challenges) json.WriteStringValue($"{challenge.Name}:{(challenge.IsSuccess ? "Success" : "Failure")}");
        json.WriteEndArray();
        json.WriteString("deviceName"u8, about.Device);
        json.WriteString("ipAddress"u8, about.Address ?? "");
        json.WriteString("requestId"u8, requestId ?? "");
        json.WriteString("idpName"u8, ""u8);
        json.WriteString("compromisedCredentialDetected"u8, about.IsCompromised == true ? "true"u8 : "false"u8);
        // Nothing here knows where an address is.
        json.WriteString("city"u8, ""u8);
        json.WriteString("country"u8, ""u8);
        json.WriteString("eventFeedbackValue"u8, about.Feedback is { } feedback ? feedback.IsValid ? "Valid" : "Invalid" : "");
        json.WriteString("eventFeedbackDate"u8, about.Feedback?.At.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture) ?? "");
        json.WriteString("eventFeedbackProvider"u8, about.Feedback?.Provider ?? "");
        json.WriteString("hasContextData"u8, about.HasContext ? "true"u8 : "false"u8);
    });

    /// <summary>A message that was given up. Neither address nor code is in it.</summary>
    public static string OfFailure(PoolId pool, string details, DateTimeOffset now) =>
        Write("USER_NOTIFICATION", "ERROR", pool, now, json => json.WriteString("details"u8, details));

    private static string Write(string source, string level, PoolId pool, DateTimeOffset now, Action<Utf8JsonWriter> message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("eventTimestamp"u8, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            json.WriteString("eventSource"u8, source);
            json.WriteString("logLevel"u8, level);
            json.WriteStartObject("message"u8);
            message(json);
            json.WriteEndObject();
            json.WriteStartObject("logSourceId"u8);
            json.WriteString("userPoolId"u8, pool.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
