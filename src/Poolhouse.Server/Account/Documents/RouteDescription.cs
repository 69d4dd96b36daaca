using System.Text.Json.Serialization.Metadata;

namespace Poolhouse.Server.Account.Documents;

/// <summary>What the document says of a route beyond what its mapping says: <see cref="RouteDescriptions"/> has a row for each.</summary>
/// <param name="Route">Method and path below /api/v1, as mapped: <c>POST /auth/login</c>.</param>
/// <param name="Summary">What it is for.</param>
internal sealed record RouteDescription(string Route, string Summary)
{
    /// <summary>What it takes as JSON; null for nothing.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>The members that have to be there, separated by spaces.</summary>
    public string Required { get; init; } = "";

    /// <summary>Whether a request without a body is as good as an empty object.</summary>
    public bool BodyMayBeLeftOut { get; init; }

    /// <summary>Whether it changes something and yet takes no body.</summary>
    public bool TakesNothing { get; init; }

    /// <summary>The media type of what it takes where that is not JSON; null otherwise.</summary>
    public string? BodyMediaType { get; init; }

    /// <summary>What it answers as JSON; null where that is no JSON of a fixed form.</summary>
    public JsonTypeInfo? Answer { get; init; }

    /// <summary>The media type of an answer that is not described by a type; null for none.</summary>
    public string? AnswerMediaType { get; init; }

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Parameters of the query, separated by spaces.</summary>
    public string Query { get; init; } = "";

    /// <summary>The codes of its problems, separated by spaces, beyond those that its mapping says: limits, who may call, a body.</summary>
    public string Codes { get; init; } = "";
}
