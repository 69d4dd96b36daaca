using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Triggers;

/// <summary>Calls functions with events and reads what they return. Every way to go wrong is a refusal: triggers fail closed.</summary>
public sealed class TriggerCalls(ITriggerFunctions functions)
{
    /// <summary>Calls a function for its response.</summary>
    /// <param name="kind">For the words of a refusal.</param>
    /// <param name="arn">The function.</param>
    /// <param name="e">The event.</param>
    /// <param name="type">How the event is written.</param>
    /// <param name="answer">How the response is read.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<TResponse>> CallAsync<TRequest, TResponse>(
        TriggerKind kind,
        string arn,
        TriggerEvent<TRequest, TResponse> e,
        JsonTypeInfo<TriggerEvent<TRequest, TResponse>> type,
        JsonTypeInfo<TResponse> answer,
        CancellationToken ct)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(e, type);
        return await functions.InvokeAsync(new FunctionCall(arn, e.TriggerSource, payload), ct) switch
        {
            FunctionAnswer.Returned returned => Read(returned.Payload, answer),
            FunctionAnswer.Failed failed => new Refusal.TriggerFailed(kind, failed.Message),
            FunctionAnswer.Unreachable unreachable => new Refusal.TriggerUnreachable(kind, unreachable.Reason),
            var other => throw new InvalidOperationException("Unknown answer " + other.GetType().Name),
        };
    }

    /// <summary>Calls a function whose answer is only that it did not fail.</summary>
    public async ValueTask<Refusal?> TellAsync<TRequest>(
        TriggerKind kind, string arn, TriggerEvent<TRequest, NoResponse> e, JsonTypeInfo<TriggerEvent<TRequest, NoResponse>> type, CancellationToken ct) =>
        (await CallAsync(kind, arn, e, type, TriggerJson.Default.NoResponse, ct)).Refusal;

    // A function returns its whole event; only the response in it is read, so that nobody can change who the event was about.
    private static Outcome<TResponse> Read<TResponse>(ReadOnlyMemory<byte> payload, JsonTypeInfo<TResponse> type)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return new Refusal.TriggerAnswerInvalid();
            var hasResponse = json.RootElement.TryGetProperty("response"u8, out var response) && response.ValueKind == JsonValueKind.Object;
            if (hasResponse && response.Deserialize(type) is { } read) return read;
            return typeof(TResponse) == typeof(NoResponse) ? (TResponse)(object)new NoResponse() : new Refusal.TriggerAnswerInvalid();
        }
        // InvalidOperationException: half a surrogate pair.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return new Refusal.TriggerAnswerInvalid();
        }
    }
}
