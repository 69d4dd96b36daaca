using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Triggers;

/// <summary>
/// What a function gets. The shapes of every kind are in this folder's TriggerShapes.cs (user guide, "Customizing user pool workflows
/// with Lambda triggers"; the npm package @types/aws-lambda has the same, one file a kind).
/// </summary>
public sealed record TriggerEvent<TRequest, TResponse>
{
    /// <summary>1; of PreTokenGeneration 1, 2 or 3.</summary>
    public string Version { get; init; } = "1";

    /// <summary>The pool's region.</summary>
    public required string Region { get; init; }

    /// <summary>The pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The user's name: the sub where attributes are usernames; as typed where nobody has the name.</summary>
    public required string? UserName { get; init; }

    /// <summary>Who called.</summary>
    public required CallerContext CallerContext { get; init; }

    /// <summary>The kind, an underscore, and what happened.</summary>
    public required string TriggerSource { get; init; }

    /// <summary>What the kind adds.</summary>
    public required TRequest Request { get; init; }

    /// <summary>What the function fills in.</summary>
    public required TResponse Response { get; init; }
}

/// <summary>Who called.</summary>
/// <param name="AwsSdkVersion">What Cognito writes for a client it does not know (observed); this server tells no client apart.</param>
/// <param name="ClientId">The client, or CLIENT_ID_NOT_APPLICABLE for an administrator's call (observed).</param>
public sealed record CallerContext(string AwsSdkVersion, string ClientId)
{
    /// <summary>Of an origin.</summary>
    public static CallerContext Of(TriggerOrigin origin) => new("aws-sdk-unknown-unknown", origin.ClientId?.Value ?? "CLIENT_ID_NOT_APPLICABLE");
}

/// <summary>Makes events.</summary>
internal static class TriggerEvents
{
    /// <summary>An event of a pool.</summary>
    public static TriggerEvent<TRequest, TResponse> Of<TRequest, TResponse>(
        UserPool pool, string? userName, TriggerOrigin origin, string source, TRequest request, TResponse response) => new()
    {
        Region = pool.Id.Region,
        UserPoolId = pool.Id.Value,
        UserName = userName,
        CallerContext = CallerContext.Of(origin),
        TriggerSource = source,
        Request = request,
        Response = response,
    };

    /// <summary>A user's attributes as triggers see them: with sub and status, everything as text; none where nobody has the name.</summary>
    public static IReadOnlyDictionary<string, string> Attributes(User? user)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (user is null) return result;
        result["sub"] = user.Sub.Value;
        result["cognito:user_status"] = user.Status.Name();
        foreach (var (name, value) in user.Attributes) result[name] = value;
        return result;
    }
}

/// <summary>
/// Names with their texts, as functions return them: languages without types write true and 1 where text is wanted, and Cognito
/// takes them as text. An object or list is no text.
/// </summary>
internal sealed class TextMapConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    result[name] = reader.GetString()!;
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    result[name] = reader.GetBoolean() ? "true" : "false";
                    break;
                case JsonTokenType.Number:
                    result[name] = System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
                    break;
                case JsonTokenType.Null:
                    break;
                default:
                    throw new JsonException();
            }
        }

        return result;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value) writer.WriteString(name, text);
        writer.WriteEndObject();
    }
}
