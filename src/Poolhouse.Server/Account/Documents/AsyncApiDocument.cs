using System.Text.Json.Nodes;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Account.Realtime;

namespace Poolhouse.Server.Account.Documents;

/// <summary>
/// The WebSocket API as an AsyncAPI 3.0 document, made of its table of actions. The document's application is this server: it receives what clients
/// send, and sends its replies.
/// </summary>
internal sealed class AsyncApiDocument(Issuer issuer)
{
    private const string Channel = "#/channels/ws";

    /// <summary>The document.</summary>
    public JsonObject Build()
    {
        var schemas = new Schemas();
        var (messages, operations) = (new JsonObject(), new JsonObject());
        foreach (var action in RealtimeActions.All)
        {
            Add(messages, action.Name, action.Summary, Envelope(action.Name, schemas.OfBody(action.Input, action.Required), isReply: false));
            Add(messages, action.Name + "-success", action.Done, Envelope(action.Name + "-success", Reply(schemas, action.Done, [], "user"), isReply: true));
            Add(
                messages,
                action.Name + "-error",
                action.Failed,
                Envelope(action.Name + "-error", Reply(schemas, null, action.Codes.Concat(RealtimeActions.CommonCodes), null, action.FailureNamesUser), isReply: true));
            operations[action.Name] = new JsonObject
            {
                ["action"] = "receive",
                ["channel"] = Reference(Channel),
                ["summary"] = action.Summary,
                ["messages"] = new JsonArray(Reference($"{Channel}/messages/{action.Name}")),
                ["reply"] = new JsonObject
                {
                    ["channel"] = Reference(Channel),
                    ["messages"] = new JsonArray(Reference($"{Channel}/messages/{action.Name}-success"), Reference($"{Channel}/messages/{action.Name}-error")),
                },
            };
        }

        const string error = RealtimeDispatcher.ErrorAction;
        Add(messages, error, "What came was no message of any action. The connection stays open.", Envelope(error, Reply(schemas, null, RealtimeActions.ErrorCodes, null), isReply: true));
        const string ended = RealtimeHub.SessionEnded;
        Add(
            messages,
            ended,
            "The sign-in of this connection has ended: signed out elsewhere, revoked, over, or its user disabled or deleted. The connection stays open.",
            Envelope(ended, Reply(schemas, RealtimeHub.SessionEndedText, [RealtimeCodes.SessionEnded], "user"), isReply: true));
        foreach (var name in (string[])[error, ended])
        {
            operations[name] = new JsonObject
            {
                ["action"] = "send", ["channel"] = Reference(Channel), ["messages"] = new JsonArray(Reference($"{Channel}/messages/{name}")),
            };
        }

        var url = new Uri(issuer.PublicUrl);
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Poolhouse WebSocket API", ["version"] = "1", ["description"] = "See docs/realtime.md." },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["here"] = new JsonObject { ["host"] = url.Authority, ["protocol"] = url.Scheme == "https" ? "wss" : "ws" },
            },
            ["channels"] = new JsonObject { ["ws"] = new JsonObject { ["address"] = "/ws", ["messages"] = messages } },
            ["operations"] = operations,
            ["components"] = new JsonObject { ["schemas"] = schemas.ToJson() },
        };
    }

    private static void Add(JsonObject messages, string name, string summary, JsonObject payload) =>
        messages[name] = new JsonObject { ["name"] = name, ["summary"] = summary, ["payload"] = payload };

    private static JsonObject Envelope(string action, JsonObject message, bool isReply)
    {
        var properties = new JsonObject();
        if (isReply) properties["sender"] = new JsonObject { ["type"] = "string", ["format"] = "uuid", ["description"] = "The connection's id." };
        properties["action"] = new JsonObject { ["const"] = action };
        properties["message"] = message;
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = Schemas.Texts(properties.Select(p => p.Key)) };
        if (isReply) schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Reply(Schemas schemas, string? text, IEnumerable<string> codes, string? alsoRequired, bool mayHaveUser = false)
    {
        var properties = new JsonObject { ["message"] = text is null ? new JsonObject { ["type"] = "string" } : new JsonObject { ["const"] = text } };
        var known = codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var required = new List<string> { "message" };
        if (known.Count > 0)
        {
            properties["code"] = new JsonObject { ["enum"] = Schemas.Texts(known) };
            required.Add("code");
        }

        if (alsoRequired is not null || mayHaveUser) properties["user"] = schemas.OfAnswer(RealtimeJson.Default.UserView);
        if (alsoRequired is not null) required.Add(alsoRequired);
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = Schemas.Texts(required), ["additionalProperties"] = false };
    }

    private static JsonObject Reference(string place) => new() { ["$ref"] = place };
}
