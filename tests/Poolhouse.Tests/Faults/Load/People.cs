namespace Poolhouse.Tests.Faults.Load;

/// <summary>Everybody there is.</summary>
internal sealed class People(Random random)
{
    private readonly Lock peopleLock = new();
    private readonly List<Person> all = [];
    private int count;

    /// <summary>Everybody, those too who may not exist.</summary>
    public IReadOnlyList<Person> All
    {
        get
        {
            lock (peopleLock) return [.. all];
        }
    }

    /// <summary>Somebody new, who is busy.</summary>
    public Person New()
    {
        var person = new Person($"person-{Interlocked.Increment(ref count):0000}-{Guid.NewGuid():N}@example.com");
        person.TryBegin();
        lock (peopleLock) all.Add(person);
        return person;
    }

    /// <summary>Somebody who is free and fits, now busy; null where there is nobody.</summary>
    public Person? Take(Func<Person, bool> fits)
    {
        lock (peopleLock)
        {
            if (all.Count == 0) return null;
            var first = random.Next(all.Count);
            for (var i = 0; i < all.Count; i++)
            {
                var person = all[(first + i) % all.Count];
                if (!person.TryBegin()) continue;
                if (fits(person)) return person;
                person.End();
            }

            return null;
        }
    }
}
