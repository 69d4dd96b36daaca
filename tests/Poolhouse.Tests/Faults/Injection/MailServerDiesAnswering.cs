using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>The mail server takes one mail and dies before it says so.</summary>
internal sealed class MailServerDiesAnswering : Fault
{
    public override string Name => "The mail server dies between taking a mail and saying so";

    public override bool IsShort => true;

    public override TimeSpan Lasts => TimeSpan.FromSeconds(5);

    // No sender can know that it was taken (RFC 5321 §4.5.4.2); both copies have the same Message-ID.
    public override int MayCopyMails => 1;

    public override string Note => "The one mail comes twice, with one Message-ID; the other choice would be that it may never come.";

    public override IReadOnlyList<Service> Spares => Enum.GetValues<Service>();

    public override Task BeginAsync(Installation on)
    {
        on.Mail.DieAfterAccepting(1);
        return Task.CompletedTask;
    }

    public override Task EndAsync(Installation on)
    {
        on.Mail.DieAfterAccepting(0);
        return Task.CompletedTask;
    }
}
