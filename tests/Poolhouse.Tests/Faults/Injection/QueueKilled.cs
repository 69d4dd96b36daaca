using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary><c>kill -9</c> of RabbitMQ, which comes back with its data or without.</summary>
internal sealed class QueueKilled(bool isWiped) : Fault
{
    public override string Name => isWiped ? "RabbitMQ is killed (`kill -9`) and comes back empty" : "RabbitMQ is killed (`kill -9`) and comes back with its data";

    public override bool IsShort => isWiped;

    public override string Note => "What is to be sent stays in the database; nodes take it from there meanwhile.";

    public override IReadOnlyList<Service> Spares => Enum.GetValues<Service>();

    public override Task BeginAsync(Installation on)
    {
        on.Rabbit.Kill();
        return Task.CompletedTask;
    }

    public override Task EndAsync(Installation on) => on.Rabbit.StartAgainAsync(withData: !isWiped);
}
