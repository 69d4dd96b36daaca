using System.Text;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>The clock of one node of two is wrong for a while, as after a bad time server. Other nodes and the engines keep theirs.</summary>
internal sealed class ClockJump(int minutes) : Fault
{
    public override string Name => $"The clock of one node jumps {Math.Abs(minutes)} minutes {(minutes > 0 ? "ahead" : "back")}, and returns";

    public override string Note => "Leases go by the database's clock.";

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
