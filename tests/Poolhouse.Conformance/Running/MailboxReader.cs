using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Poolhouse.Conformance.Running;

/// <summary>Reads <c>GET /dev/mailbox</c>.</summary>
public sealed class MailboxReader(HttpClient http)
{
    /// <summary>What was sent to an address, oldest first.</summary>
    public async Task<JsonArray> ListAsync(string to) =>
        JsonNode.Parse(await http.GetStringAsync($"/dev/mailbox?to={Uri.EscapeDataString(to)}"))!.AsArray();

    /// <summary>The code in the newest message to an address, as soon as there are <paramref name="count"/> of them.</summary>
    public async Task<string> CodeAsync(string to, int count = 1)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var messages = await ListAsync(to);
            if (messages.Count >= count) return messages[^1]!["code"]!.GetValue<string>();
            if (clock.Elapsed > TimeSpan.FromSeconds(30)) throw new InvalidOperationException($"{messages.Count} messages to {to}, not {count}.");
            await Task.Delay(50);
        }
    }
}
