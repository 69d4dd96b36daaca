namespace Poolhouse.Storage;

/// <summary>A unit of work in the queue of the writer.</summary>
internal abstract class SqliteUnit
{
    private protected SqliteUnit() { }

    /// <summary>Runs it inside its savepoint; false if nothing of it is to be kept. Doesn't throw.</summary>
    public abstract bool Run(DatabaseSession session);

    /// <summary>The group is durable: tell the caller how the unit ended.</summary>
    public abstract void Answer();

    /// <summary>The group is lost.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A unit of work with its answer.</summary>
internal sealed class SqliteUnit<T>(Func<DatabaseSession, ValueTask<(T Answer, bool IsKept)>> work, CancellationToken ct) : SqliteUnit
{
    // Continuations elsewhere: the writer's thread runs nobody's code but units.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The work runs as if on its caller's thread: with its activity, its log scopes and its other ambient values.
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private T answer = default!;
    private bool isKept;
    private Exception? failure;

    public Task<T> Completion => completion.Task;

    public override bool Run(DatabaseSession session)
    {
        if (context is null) RunHere(session);
        else ExecutionContext.Run(context, _ => RunHere(session), null);
        return isKept && failure is null;
    }

    public override void Answer()
    {
        if (failure is null) completion.SetResult(answer);
        else Fail(failure);
    }

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException) completion.TrySetCanceled(ct);
        else completion.TrySetException(exception);
    }

    private void RunHere(DatabaseSession session)
    {
        try
        {
            ct.ThrowIfCancellationRequested();
            var running = work(session);
            if (!running.IsCompleted)
                throw new InvalidOperationException("A unit of work may await the database only: SQLite runs all units on one thread.");

            (answer, isKept) = running.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
    }
}
