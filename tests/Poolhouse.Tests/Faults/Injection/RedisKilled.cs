using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary><c>kill -9</c> of Redis, which comes back with its data or without.</summary>
internal sealed class RedisKilled(bool isWiped) : Fault
{
    public override string Name => isWiped ? "Redis is killed (`kill -9`) and comes back empty" : "Redis is killed (`kill -9`) and comes back with its data";

    public override bool IsShort => isWiped;

    public override string Note => "The database answers for sessions meanwhile.";

    public override IReadOnlyList<Service> Spares => Enum.GetValues<Service>();

    public override Task BeginAsync(Installation on)
    {
        on.Redis.Stop();
        return Task.CompletedTask;
    }

    public override Task EndAsync(Installation on)
    {
        if (isWiped)
        {
            Directory.Delete(on.RedisFolder, recursive: true);
            Directory.CreateDirectory(on.RedisFolder);
        }

        return on.Redis.ResumeAsync();
    }
}
