using System.Text.Json.Nodes;
using Poolhouse.Server.Account;
using Poolhouse.Server.Account.Realtime;
using Poolhouse.Tests.Docs;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Documents;

/// <summary>The AsyncAPI document names every action and code. That replies are what it says is checked wherever a test hears one; see TestSocket.</summary>
public sealed class AsyncApiTests
{
    [Fact]
    public async Task Every_action_and_code_is_in_the_document_and_in_the_guide()
    {
        var world = await World.OnAsync();
        var document = JsonNode.Parse(await world.Http.GetStringAsync("/asyncapi.json", TestContext.Current.CancellationToken))!;
        var guide = await File.ReadAllTextAsync(Repository.PathOf("docs", "realtime.md"), TestContext.Current.CancellationToken);

        document["asyncapi"]!.GetValue<string>().ShouldBe("3.0.0");
        var messages = document["channels"]!["ws"]!["messages"]!.AsObject();
        var names = RealtimeActions.All.SelectMany(a => (string[])[a.Name, a.Name + "-success", a.Name + "-error"]).Concat(["error", "user-session-ended"]);
        messages.Select(m => m.Key).ShouldBe(names, ignoreOrder: true);
        document["operations"]!.AsObject().Select(o => o.Key).ShouldBe(RealtimeActions.All.Select(a => a.Name).Concat(["error", "user-session-ended"]), ignoreOrder: true);
        foreach (var action in RealtimeActions.All)
        {
            var codes = messages[action.Name + "-error"]!["payload"]!["properties"]!["message"]!["properties"]!["code"]!["enum"]!.AsArray().Select(c => c!.GetValue<string>());
            codes.ShouldBe(action.Codes.Concat(RealtimeActions.CommonCodes), ignoreOrder: true, action.Name);
            guide.ShouldContain($"`{action.Name}`");
            foreach (var code in action.Codes.Concat(RealtimeActions.CommonCodes).Concat(RealtimeActions.ErrorCodes)) guide.ShouldContain($"`{code}`");
        }
    }

    [Fact]
    public void Actions_are_sorted_and_their_codes_are_of_the_catalogue_or_their_own()
    {
        var own = typeof(RealtimeCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();

        RealtimeActions.All.Select(a => a.Name).ShouldBe(RealtimeActions.All.Select(a => a.Name).Order(StringComparer.Ordinal));
        foreach (var code in RealtimeActions.All.SelectMany(a => a.Codes).Concat(RealtimeActions.CommonCodes).Concat(RealtimeActions.ErrorCodes))
            (Problems.Codes.Contains(code) || own.Contains(code)).ShouldBeTrue(code);
    }

    [Fact]
    public void Every_action_has_a_file_of_its_name()
    {
        foreach (var action in RealtimeActions.All)
        {
            action.Handler.Name.ShouldBe(string.Concat(action.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
            File.Exists(Repository.PathOf("src", "Poolhouse.Server", "Account", "Realtime", action.Handler.Name + ".cs")).ShouldBeTrue(action.Handler.Name);
        }
    }
}
