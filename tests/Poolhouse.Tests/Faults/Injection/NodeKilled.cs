namespace Poolhouse.Tests.Faults.Injection;

/// <summary><c>kill -9</c> of one node of two; it is started again.</summary>
internal sealed class NodeKilled : Fault
{
    public override string Name => "A node is killed (`kill -9`) and started again";

    public override bool IsShort => true;

    // A mail that it was sending when it died: the server may have taken it. And a code that it had asked for may be asked for again.
    public override int MayCopyMails => 1;

    public override int MayRepeatMails => 1;

    public override string Note => "Only what was under way at that node is not answered.";

    public override Task BeginAsync(Installation on) => on.Nodes[0].Process.KillAsync();

    public override Task EndAsync(Installation on) => on.Nodes[0].Process.StartAsync();
}
