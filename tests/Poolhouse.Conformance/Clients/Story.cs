using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>
/// What one of the scripts in <c>clients</c> found out by using a client library: it runs once for all tests of its class, which
/// judge its facts.
/// </summary>
public sealed class Story
{
    private readonly JsonObject _facts;

    private Story(JsonObject facts) => _facts = facts;

    /// <summary>A fact; a script that broke off before it says why.</summary>
    public JsonNode this[string name] =>
        _facts[name] ?? throw new InvalidOperationException($"The script has not come to '{name}'. {_facts["error"]}\n{_facts["log"]}");

    /// <summary>Runs a script with these arguments, which reach it as one JSON object.</summary>
    public static async Task<Story> TellAsync(string script, JsonObject arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var node = Need.Tool(Need.Find("node"), "Node.js");
        Need.Tool(Directory.Exists(Path.Combine(Repository.Clients, "node_modules")) ? Repository.Clients : null, "The folder 'clients', by npm ci,");
        var result = await Command.TryAsync([node, Path.Combine(Repository.Clients, script), arguments.ToJsonString()], environment);
        var last = result.Output.TrimEnd().Split('\n')[^1];
        if (!last.StartsWith('{')) throw new InvalidOperationException($"{script} ended with {result.Code}: {result.Output}{result.Error}");
        var facts = JsonNode.Parse(last)!.AsObject();
        facts["log"] = result.Error;
        return new Story(facts);
    }

    /// <summary>A fact that is a text.</summary>
    public string Text(string name) => this[name].GetValue<string>();

    /// <summary>A fact that is true or false.</summary>
    public bool Is(string name) => this[name].GetValue<bool>();

    /// <summary>A call that was refused, as <c>Name: message</c>.</summary>
    public string Refusal(string name) => $"{this[name]["name"]}: {this[name]["message"]}";
}
