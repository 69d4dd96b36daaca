namespace Poolhouse.Tests.Faults.Injection;

/// <summary><c>kill -9</c> of PostgreSQL's primary; its standby is promoted a second later, and another standby joins at the end.</summary>
internal sealed class PrimaryKilled : Fault
{
    public override string Name => "PostgreSQL's primary is killed (`kill -9`), its standby promoted a second later";

    public override bool IsShort => true;

    public override int MayCopyMails => 8;

    public override int MayRepeatMails => 1;

    public override string Note => "The second is what the tests take for whoever watches the primary; that, and not Poolhouse, decides how long it is.";

    public override async Task BeginAsync(Installation on)
    {
        await on.Postgres.KillPrimaryAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await on.Postgres.PromoteAsync();
    }

    public override Task EndAsync(Installation on) => on.JoinStandbyAsync();
}
