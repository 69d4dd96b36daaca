using System.Globalization;
using Poolhouse.Core.Primitives;
using Poolhouse.Storage.Redis;

namespace Poolhouse.Server.Commands.Examinations;

/// <summary>Redis: that a value makes its round, its version, what it throws away and what it keeps.</summary>
internal sealed class RedisExamination(string configuration, IRandom random, TimeProvider clock) : IExamination
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(25);

    public string Part => "redis";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        try
        {
            var found = await RedisInspection.LookAsync(configuration, "poolhouse:doctor:" + random.UuidText(), clock, ct);
            return [.. Findings(found)];
        }
        catch (RedisInspectionException problem)
        {
            return [Finding.Out(Part, problem.Message, "Look whether it runs, and at the address and password of Redis; meanwhile the database answers for sessions.")];
        }
    }

    private IEnumerable<Finding> Findings(RedisInspection found)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"Redis {found.Version} answers; a value went there and back in {found.RoundTrip.TotalMilliseconds:0.0} ms.");
        yield return found.RoundTrip < Slow
            ? Finding.Good(Part, text)
            : Finding.Warning(Part, text, "Put it nearer: requests give up on it after 75 ms.");
        // Counters that are thrown away forgive attempts.
        yield return found.Policy is "noeviction" or ""
            ? Finding.Good(Part, "It throws nothing away (maxmemory-policy noeviction).")
            : Finding.Warning(Part, $"When its memory is full it throws values away (maxmemory-policy {found.Policy}): sessions are read again, but rate limits forget.", "Set maxmemory-policy noeviction, and give it room.");
        yield return found switch
        {
            { HasFailedToSave: true } => Finding.Warning(Part, "It failed to save to its disk.", "Look at its log and its disk; by its defaults it soon takes no writes."),
            { IsKept: false } => Finding.Good(Part, "It forgets everything at a restart, which costs nothing: the database keeps the sessions."),
            { IsKept: null } => Finding.Good(Part, "It does not say whether it saves; the database keeps the sessions in any case."),
            _ => Finding.Good(Part, "It saves to its disk; what it says after a restart is not believed before the database agrees."),
        };
        if (found.Role != "master") yield return Finding.Out(Part, $"It is a replica (role {found.Role}).", "Name the primary in Redis.");
    }
}
