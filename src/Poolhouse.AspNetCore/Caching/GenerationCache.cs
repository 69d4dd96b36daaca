using System.Collections.Concurrent;

namespace Poolhouse.AspNetCore.Caching;

/// <summary>
/// A bounded cache of two generations: when the young one is full it becomes the old one and the old one goes. That drops what was
/// not used lately, at the cost of no bookkeeping when something is found.
/// </summary>
/// <param name="capacity">Entries that are kept at most; a few more for a moment when many threads add at once.</param>
internal sealed class GenerationCache<T>(int capacity)
    where T : class
{
    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<Fingerprint, T> _young = new();
    private volatile ConcurrentDictionary<Fingerprint, T> _old = new();

    /// <summary>What is remembered, or null.</summary>
    public T? Find(Fingerprint id)
    {
        if (_young.TryGetValue(id, out var value)) return value;
        return _old.TryGetValue(id, out value) ? GetOrAdd(id, value) : null;
    }

    /// <summary>What is remembered; else <paramref name="value"/>, which is from now on. Threads that come at once get the same.</summary>
    public T GetOrAdd(Fingerprint id, T value)
    {
        if (_young.Count >= Math.Max(1, capacity / 2)) NextGeneration();
        return _young.GetOrAdd(id, value);
    }

    /// <summary>Forgets one.</summary>
    public void Remove(Fingerprint id)
    {
        _young.TryRemove(id, out _);
        _old.TryRemove(id, out _);
    }

    private void NextGeneration()
    {
        lock (_lock)
        {
            // Another thread may have been here while this one waited.
            if (_young.Count < Math.Max(1, capacity / 2)) return;
            _old = _young;
            _young = new ConcurrentDictionary<Fingerprint, T>();
        }
    }
}
