using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Poolhouse.Server.Account.Documents;

/// <summary>The OpenAPI document as a page that people read: routes by their first word, each with what it takes, answers and refuses.</summary>
internal static class ApiPage
{
    /// <summary>The page.</summary>
    public static string Render(JsonObject document)
    {
        var html = new StringBuilder(64 * 1024);
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append("<title>Account API</title><link rel=\"stylesheet\" href=\"/docs/api.css\"></head><body><main><h1>Account API</h1><p>")
            .Append(Text(document["info"]!["description"])).Append(" Base URL: <code>").Append(Text(document["servers"]![0]!["url"]))
            .Append("</code>. The same for programs: <a href=\"/openapi.json\">openapi.json</a>; the WebSocket API: <a href=\"/asyncapi.json\">asyncapi.json</a>.</p>");
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var tag in document["paths"]!.AsObject().GroupBy(path => path.Key.Split('/')[1]))
        {
            html.Append("<h2>").Append(WebUtility.HtmlEncode(tag.Key)).Append("</h2>");
            foreach (var (path, item) in tag)
                foreach (var (method, operation) in item!.AsObject()) Render(html, path, method, operation!.AsObject(), schemas);
        }

        return html.Append("</main></body></html>").ToString();
    }

    private static void Render(StringBuilder html, string path, string method, JsonObject operation, JsonObject schemas)
    {
        html.Append("<details id=\"").Append(Text(operation["operationId"])).Append("\"><summary><span class=\"method ").Append(method).Append("\">")
            .Append(method.ToUpperInvariant()).Append("</span> <code>").Append(WebUtility.HtmlEncode(path)).Append("</code> <span>").Append(Text(operation["summary"]))
            .Append("</span></summary>");
        if (operation["security"] is JsonArray security) html.Append("<p>Bearer token").Append(security.Count > 1 ? ", or none" : "").Append(".</p>");
        if (operation["parameters"] is JsonArray parameters)
        {
            html.Append("<p>Parameters: ").AppendJoin(", ", parameters.Select(p => $"<code>{Text(p!["name"])}</code> ({Text(p["in"])})")).Append("</p>");
        }

        if (operation["requestBody"] is JsonObject body) Content(html, "Takes", body["content"]!.AsObject(), schemas);
        foreach (var (status, response) in operation["responses"]!.AsObject())
        {
            if (status.StartsWith('2')) Content(html, $"Answers {status}", response!["content"]?.AsObject(), schemas);
            else html.Append("<p class=\"problem\"><b>").Append(WebUtility.HtmlEncode(status)).Append("</b> <code>").Append(Text(response!["description"])).Append("</code></p>");
        }

        html.Append("</details>");
    }

    private static void Content(StringBuilder html, string title, JsonObject? content, JsonObject schemas)
    {
        html.Append("<h3>").Append(WebUtility.HtmlEncode(title)).Append("</h3>");
        foreach (var (mediaType, described) in content ?? [])
        {
            if (described!["schema"] is not JsonObject schema) html.Append("<p><code>").Append(WebUtility.HtmlEncode(mediaType)).Append("</code></p>");
            else Members(html, schema, schemas, depth: 0);
        }
    }

    private static void Members(StringBuilder html, JsonObject schema, JsonObject schemas, int depth)
    {
        // Types within themselves are trees: shown once.
        if (depth > 3 || Resolved(schema, schemas)["properties"] is not JsonObject properties) return;
        var required = Resolved(schema, schemas)["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) ?? [];
        html.Append("<ul>");
        foreach (var (name, value) in properties)
        {
            html.Append("<li><code>").Append(WebUtility.HtmlEncode(name)).Append("</code> <i>").Append(WebUtility.HtmlEncode(TypeOf(value, schemas))).Append("</i>")
                .Append(required.Contains(name) ? "" : " <small>may be absent</small>");
            if (value is JsonObject member) Members(html, member["items"] as JsonObject ?? member, schemas, depth + 1);
            html.Append("</li>");
        }

        html.Append("</ul>");
    }

    private static string TypeOf(JsonNode? value, JsonObject schemas)
    {
        if (value is not JsonObject member) return "anything";
        var schema = Resolved(member, schemas);
        if (schema["enum"] is JsonArray words) return string.Join(" | ", words.Select(w => w?.ToString()));
        if (schema["items"] is { } items) return "list of " + TypeOf(items, schemas);
        return schema["format"]?.ToString() ?? (schema["type"] is JsonArray several ? string.Join(" or ", several.Select(t => t!.ToString())) : schema["type"]?.ToString()) ?? "anything";
    }

    private static JsonObject Resolved(JsonObject schema, JsonObject schemas) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? schemas[reference[(reference.LastIndexOf('/') + 1)..]]!.AsObject() : schema;

    private static string Text(JsonNode? node) => WebUtility.HtmlEncode(node?.ToString() ?? "");
}
