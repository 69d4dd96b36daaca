using Poolhouse.Tests.Faults.Load;
using Poolhouse.Tests.Faults.Network;

namespace Poolhouse.Tests.Faults.Checker;

/// <summary>Every mail whose cause was acknowledged, once.</summary>
internal sealed class MailCheck(People people, MailSink mail, Journal journal)
{
    /// <summary>Waits until all have arrived, and no longer than that; who is still without one then has lost it.</summary>
    public async Task SettleAsync(TimeSpan patience)
    {
        var end = DateTimeOffset.UtcNow + patience;
        while (DateTimeOffset.UtcNow < end && people.All.Any(p => Missing(p) > 0)) await Task.Delay(100);
    }

    /// <summary>
    /// Judges what arrived. A mail may come twice where the server took it and died before it said so: nobody but the server could know
    /// (RFC 5321 §4.5.4.2). And a cause may be done twice where a node died between doing it and writing down that it was done.
    /// </summary>
    /// <param name="mayCopies">How many mails may have come twice.</param>
    /// <param name="mayRepeats">How many causes may have been done twice.</param>
    /// <returns>Mails that came twice; the longest that one was waited for.</returns>
    public (int Copies, TimeSpan Longest) Judge(int mayCopies, int mayRepeats)
    {
        foreach (var person in people.All)
            if (Missing(person) is > 0 and var missing) journal.Break(Promise.NoMailVanishes, $"{missing} of {person.MailsDue.Count} mails to {person.Email} never came.");
        // Of these people only: others may have had theirs before.
        var copies = people.All.SelectMany(p => mail.To(p.Email)).GroupBy(m => m.Id).Where(group => group.Count() > 1).ToList();
        var unexplained = copies.Where(group => group.All(m => m.IsAnswered)).ToList();
        if (copies.Count > mayCopies || (mayCopies == 0 && unexplained.Count > 0))
            foreach (var copy in copies) journal.Break(Promise.NoMailTwice, $"{copy.Key} to {copy.First().To} came {copy.Count()} times: {string.Join(", ", copy.Select(m => $"{m.At:HH:mm:ss.fff}"))}");
        var repeated = people.All.Select(p => mail.Count(p.Email) - p.MailsDue.Count - p.MailsMaybe).Where(more => more > 0).Sum();
        if (repeated > mayRepeats)
            foreach (var person in people.All.Where(p => mail.Count(p.Email) > p.MailsDue.Count + p.MailsMaybe))
                journal.Break(Promise.NoMailTwice, $"{person.Email} asked for {person.MailsDue.Count} mails, perhaps {person.MailsMaybe} more, and got {mail.Count(person.Email)}.");
        return (copies.Count + Math.Max(0, repeated), Longest());
    }

    private int Missing(Person person) => Math.Max(0, person.MailsDue.Count - mail.Count(person.Email));

    // Of each cause that was acknowledged to the mail that is its own: a person asks for the next only when the last has come.
    private TimeSpan Longest()
    {
        var longest = TimeSpan.Zero;
        foreach (var person in people.All.Where(p => p.MailsMaybe == 0))
        {
            var arrived = mail.To(person.Email).DistinctBy(m => m.Id).Select(m => m.At).ToList();
            foreach (var (due, at) in person.MailsDue.Zip(arrived))
                if (at - due > longest) longest = at - due;
        }

        return longest;
    }
}
