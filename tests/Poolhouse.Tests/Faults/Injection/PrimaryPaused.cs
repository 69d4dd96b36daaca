namespace Poolhouse.Tests.Faults.Injection;

/// <summary>PostgreSQL stands still with all its connections, as on a machine that swaps.</summary>
internal sealed class PrimaryPaused : Fault
{
    public override string Name => "PostgreSQL's primary stands still (`SIGSTOP`), nobody is promoted";

    public override int MayCopyMails => 8;

    public override int MayRepeatMails => 1;

    public override Task BeginAsync(Installation on) => on.Postgres.Primary.PauseAsync();

    public override Task EndAsync(Installation on) => on.Postgres.Primary.ContinueAsync();
}
