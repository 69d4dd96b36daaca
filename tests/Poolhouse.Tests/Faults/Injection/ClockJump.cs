using System.Text;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>The clock of one node of two is wrong for a while, as after a bad time server. Other nodes and the engines keep theirs.</summary>
internal sealed class ClockJump(int minutes) : Fault
{
    public override string Name => $"The clock of one node jumps {Math.Abs(minutes)} minutes {(minutes > 0 ? "ahead" : "back")}, and returns";

    // A lease is thirty seconds of the clock of who took it: a node that is ahead takes another's for over, and one that is behind takes its own too early.
    public override int MayCopyMails => 8;

    public override int MayRepeatMails => 8;

    public override string Note => "What a node is sending another may take for left behind while their clocks differ by more than a lease: copies with one Message-ID.";

    public override Task BeginAsync(Installation on) => MoveAsync(on, minutes);

    public override Task EndAsync(Installation on) => MoveAsync(on, -minutes);

    private static async Task MoveAsync(Installation on, int by)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var move = new StringContent($$"""{"advance":"{{(by < 0 ? "-" : "")}}PT{{Math.Abs(by)}}M"}""", Encoding.UTF8, "application/json");
        using var moved = await http.PostAsync(on.Nodes[0].Url + "/dev/clock", move);
        moved.EnsureSuccessStatusCode();
    }
}
