namespace Poolhouse.AspNetCore.Caching;

/// <summary>
/// The newest answer to one question. Callers share it as long as it is young, also while it is still on its way, so however many
/// ask at once, one question goes out. Its age counts from when the question was put, since that is all the answer vouches for.
/// </summary>
internal sealed class RecentAnswer<T>(TimeProvider time)
{
    private readonly Lock _lock = new();
    private volatile Question? _last;

    /// <summary>An answer to a question that was put less than <paramref name="maxAge"/> ago, or now.</summary>
    /// <param name="maxAge">Zero asks every time.</param>
    /// <param name="ask">
    /// Puts the question. It has its own time limit and answers also when it got no answer: whoever came first may leave while others wait.
    /// </param>
    /// <param name="state">For <paramref name="ask"/>; not kept.</param>
    /// <param name="ct">Ends this caller's waiting, not the question.</param>
    public ValueTask<T> GetAsync<TState>(TimeSpan maxAge, Func<TState, Task<T>> ask, TState state, CancellationToken ct)
    {
        var question = _last;
        if (question is null || !IsYoung(question, maxAge)) question = Ask(maxAge, ask, state);
        return new ValueTask<T>(question.Answer.IsCompleted ? question.Answer : question.Answer.WaitAsync(ct));
    }

    private Question Ask<TState>(TimeSpan maxAge, Func<TState, Task<T>> ask, TState state)
    {
        lock (_lock)
        {
            if (_last is { } other && IsYoung(other, maxAge)) return other;
            return _last = new Question(time.GetTimestamp(), BeginAsync(ask, state));
        }
    }

    // What stands before a question's first wait must not be done within the lock.
    private static async Task<T> BeginAsync<TState>(Func<TState, Task<T>> ask, TState state)
    {
        await Task.Yield();
        return await ask(state);
    }

    private bool IsYoung(Question question, TimeSpan maxAge) => time.GetElapsedTime(question.AskedAt) < maxAge;

    private sealed record Question(long AskedAt, Task<T> Answer);
}
