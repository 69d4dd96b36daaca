using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Poolhouse.Core.Accounts.Sessions;

/// <summary>What the application keeps with a session, and how it is changed.</summary>
public static class SessionData
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = SessionRules.MaxDataDepth };

    /// <summary>The data with a merge patch applied (RFC 7396): members are set, null removes one, objects are merged.</summary>
    /// <param name="data">The present data, a JSON object.</param>
    /// <param name="patch">The patch; has to be an object.</param>
    /// <returns>The new data; null where the patch is no object, nests too deep, or the result is larger than may be kept.</returns>
    public static string? Patch(string data, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object || Encoding.UTF8.GetByteCount(patch.GetRawText()) > SessionRules.MaxDataBytes) return null;
        try
        {
            // Parsed anew, because the depth of a whole body is not the depth of this part of it.
            using var limited = JsonDocument.Parse(patch.GetRawText(), Limits);
            var target = JsonNode.Parse(data)!.AsObject();
            Merge(target, limited.RootElement);
            var merged = target.ToJsonString();
            return Encoding.UTF8.GetByteCount(merged) <= SessionRules.MaxDataBytes ? merged : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Merge(JsonObject target, JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                target.Remove(member.Name);
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                if (target[member.Name] is not JsonObject inner) target[member.Name] = inner = [];
                Merge(inner, member.Value);
            }
            else
            {
                target[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }
    }
}
