using System.Globalization;
using System.Text.Json.Nodes;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Documents;

/// <summary>
/// The account API as an OpenAPI 3.1 document: paths, methods, limits and who may call from the routes as they are mapped, shapes from the types that
/// are read and written, words from <see cref="RouteDescriptions"/>.
/// </summary>
internal sealed class OpenApiDocument(EndpointDataSource endpoints, Issuer issuer)
{
    /// <summary>Where the API is.</summary>
    public const string Prefix = "/api/v1";

    /// <summary>Every route that is mapped below <see cref="Prefix"/>: <c>POST /auth/login</c> and its metadata, in order.</summary>
    public IReadOnlyList<(string Route, EndpointMetadataCollection Metadata)> Routes =>
    [
        .. from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
           let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           where path.StartsWith(Prefix + "/", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
           let route = $"{method} {Plain(path[Prefix.Length..])}"
           orderby route
           select (route, endpoint.Metadata),
    ];

    /// <summary>The document. Routes without a description are in it by what their mapping says; a test finds them.</summary>
    public JsonObject Build()
    {
        var (schemas, paths) = (new Schemas(), new JsonObject());
        schemas.OfAnswer(AccountJson.Default.Problem);
        foreach (var (route, metadata) in Routes)
        {
            var space = route.IndexOf(' ', StringComparison.Ordinal);
            var (method, path) = (route[..space].ToLowerInvariant(), route[(space + 1)..]);
            if (paths[path] is not JsonObject item) paths[path] = item = [];
            item[method] = Operation(route, path, metadata, RouteDescriptions.Find(route) ?? new RouteDescription(route, ""), schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Poolhouse account API", ["version"] = "1", ["description"] = "Errors are problem details (RFC 9457) with a code that never changes." },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = issuer.PublicUrl + Prefix }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" } },
            },
        };
    }

    /// <summary>The codes that a route answers, with their statuses.</summary>
    public static IReadOnlyList<(string Code, int Status)> CodesOf(RouteDescription description, EndpointMetadataCollection metadata)
    {
        var codes = new SortedSet<string>(description.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal) { "INTERNAL_ERROR" };
        if (description.Body is not null || description.BodyMediaType is not null) codes.Add("VALIDATION_FAILED");
        if (metadata.GetMetadata<RateLimit>() is not null) codes.Add("TOO_MANY_REQUESTS");
        if (metadata.GetMetadata<Requirement>() is { } requirement)
        {
            codes.UnionWith(["TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_REVOKED", requirement.StrangersHear]);
            if (requirement.IsForOperators) codes.Add("FORBIDDEN");
        }

        var result = codes.Select(code => (code, Problems.Of(code).Status));
        // A body that is too large or not of its media type.
        return description.Body is null ? [.. result] : [.. result, ("VALIDATION_FAILED", 413), ("VALIDATION_FAILED", 415)];
    }

    private static JsonObject Operation(string route, string path, EndpointMetadataCollection metadata, RouteDescription description, Schemas schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Replace(" /", "-", StringComparison.Ordinal).Replace('/', '-').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal),
            ["summary"] = description.Summary,
            ["tags"] = new JsonArray(JsonValue.Create(path.Split('/')[1])),
        };
        if (metadata.GetMetadata<Requirement>() is { } requirement)
            operation["security"] = requirement.IsOptional ? new JsonArray(new JsonObject(), Bearer()) : new JsonArray(Bearer());
        if (Parameters(path, description) is { Count: > 0 } parameters) operation["parameters"] = parameters;
        if (Body(description, schemas) is { } body) operation["requestBody"] = body;
        operation["responses"] = Responses(metadata, description, schemas);
        return operation;
    }

    private static JsonArray Parameters(string path, RouteDescription description)
    {
        var result = new JsonArray();
        foreach (var part in path.Split('/').Where(part => part.StartsWith('{'))) result.Add((JsonNode)Parameter(part.Trim('{', '}'), "path"));
        foreach (var name in description.Query.Split(' ', StringSplitOptions.RemoveEmptyEntries)) result.Add((JsonNode)Parameter(name, "query"));
        return result;
    }

    private static JsonObject Parameter(string name, string place)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["schema"] = new JsonObject { ["type"] = "string" } };
        if (place == "path") parameter["required"] = true;
        return parameter;
    }

    private static JsonObject? Body(RouteDescription description, Schemas schemas)
    {
        if (description.BodyMediaType is { } other) return new JsonObject { ["required"] = true, ["content"] = Content(other, null) };
        if (description.Body is not { } type) return null;
        var required = description.Required.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new JsonObject { ["required"] = !description.BodyMayBeLeftOut, ["content"] = Content("application/json", schemas.OfBody(type, required)) };
    }

    private static JsonObject Responses(EndpointMetadataCollection metadata, RouteDescription description, Schemas schemas)
    {
        var good = new JsonObject { ["description"] = "Success." };
        if (description.Answer is { } answer) good["content"] = Content("application/json", schemas.OfAnswer(answer));
        else if (description.AnswerMediaType is { } other) good["content"] = Content(other, null);
        var responses = new JsonObject { [Text(description.Status)] = good };
        foreach (var ofStatus in CodesOf(description, metadata).GroupBy(c => c.Status).OrderBy(g => g.Key))
        {
            responses[Text(ofStatus.Key)] = new JsonObject
            {
                ["description"] = string.Join(", ", ofStatus.Select(c => c.Code)),
                ["content"] = Content(
                    "application/problem+json",
                    new JsonObject
                    {
                        ["allOf"] = new JsonArray(
                            new JsonObject { ["$ref"] = "#/components/schemas/Problem" },
                            new JsonObject { ["properties"] = new JsonObject { ["code"] = new JsonObject { ["enum"] = Schemas.Texts(ofStatus.Select(c => c.Code)) } } }),
                    }),
            };
        }

        return responses;
    }

    private static JsonObject Content(string mediaType, JsonObject? schema) => new() { [mediaType] = schema is null ? new JsonObject() : new JsonObject { ["schema"] = schema } };

    private static JsonObject Bearer() => new() { ["bearer"] = new JsonArray() };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    // A parameter's constraint is nothing that a client writes.
    private static string Plain(string path) =>
        string.Join('/', path.TrimEnd('/').Split('/').Select(part => part.StartsWith('{') && part.IndexOfAny([':', '?']) is > 0 and var end ? part[..end] + "}" : part));
}
