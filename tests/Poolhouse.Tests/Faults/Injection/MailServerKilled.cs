using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>The mail server dies and is started again.</summary>
internal sealed class MailServerKilled : Fault
{
    public override string Name => "The mail server is killed and started again";

    public override bool IsShort => true;

    public override string Note => "Mails wait in the outbox and are tried again after 5, 10, 20 … seconds.";

    public override IReadOnlyList<Service> Spares => Enum.GetValues<Service>();

    public override Task BeginAsync(Installation on) => on.Mail.KillAsync();

    public override Task EndAsync(Installation on)
    {
        on.Mail.Start();
        return Task.CompletedTask;
    }
}
