using Poolhouse.Core.Events;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Imports.Local;

/// <summary>What a step came to.</summary>
public enum LocalStep
{
    /// <summary>Some rows are done; more may follow.</summary>
    Advanced,

    /// <summary>Every row was looked at.</summary>
    Finished,

    /// <summary>Another command goes on with the same file. Nothing of this step was kept.</summary>
    Lost,
}

/// <summary>
/// Brings the rows of a file into a pool. A step takes some rows; their users and groups, the rows that failed, the counts and the place in
/// the file are kept by one transaction or not at all, so that a killed command goes on behind the last row that counts. Passwords in
/// clear are hashed before the transaction.
/// </summary>
/// <param name="database">Where users are.</param>
/// <param name="credentials">For passwords in clear.</param>
/// <param name="rows">Makes users of rows.</param>
/// <param name="records">The file, standing at <paramref name="import"/>'s place.</param>
/// <param name="seen">The names of the rows before.</param>
/// <param name="clock">For the moment a step is kept.</param>
/// <param name="random">For ids.</param>
/// <param name="import">As begun or found.</param>
public sealed class LocalImportRun(
    IDatabase database, Credentials credentials, LocalRows rows, ILocalRecords records, SeenNames seen, TimeProvider clock, IRandom random, LocalImport import)
{
    // One flush of the disk for so many users; on SQLite a server beside waits for one such transaction, some 50 ms.
    private const int MaxRows = 250;

    // Each costs a tenth of a second; more would leave the progress standing.
    private const int MaxHashed = 32;

    /// <summary>The import as far as it came.</summary>
    public LocalImport Import { get; private set; } = import;

    /// <summary>Takes the next rows and keeps them.</summary>
    /// <param name="ct">Gives up before the transaction; a step is never kept by half.</param>
    public async ValueTask<LocalStep> StepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (batch, isEnd) = await TakeAsync(now, ct);
        batch = await HashAsync(batch, ct);
        var after = Import with { Position = records.Position, Line = records.Line, EndedAt = isEnd ? now : null };
        var earlier = new (string What, long Line)?[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].User is not { } user) continue;
            earlier[i] = seen.Find(user);
            seen.Add(user, batch[i].Line);
        }

        // A step under way is kept: an operator who stops the command stops it between two.
        var kept = await database.WriteAsync(unit => KeepAsync(unit, batch, earlier, after, now, CancellationToken.None), CancellationToken.None);
        if (kept is null) return LocalStep.Lost;
        Import = kept;
        return isEnd ? LocalStep.Finished : LocalStep.Advanced;
    }

    /// <summary>Looks at the next rows as <see cref="StepAsync"/> does and writes nothing.</summary>
    /// <returns>The rows that would fail, and whether the file is at its end.</returns>
    public async ValueTask<(IReadOnlyList<LocalFailure> Failures, bool IsEnd)> TryStepAsync(CancellationToken ct)
    {
        var (batch, isEnd) = await TakeAsync(clock.GetUtcNow(), ct);
        var failures = new List<LocalFailure>();
        await database.ReadAsync(async stores =>
        {
            var known = new Dictionary<string, bool>(StringComparer.Ordinal);
            foreach (var row in batch)
            {
                var problem = row.Problem ?? await GroupProblemAsync(stores, row, known, ct);
                if (problem is null && seen.Find(row.User!) is var (what, line)) problem = RowProblems.DuplicateInFile(what, line);
                problem ??= await TakenAsync(stores, row.User!, ct);
                if (problem is null) seen.Add(row.User!, row.Line);
                else failures.Add(Failure(row, problem));
            }

            return true;
        }, ct);
        Import = Import with
        {
            Imported = Import.Imported + batch.Count - failures.Count, Failed = Import.Failed + failures.Count, Position = records.Position, Line = records.Line,
        };
        return (failures, isEnd);
    }

    /// <summary>Remembers the names of the rows before <paramref name="position"/>, of a file that stands at its beginning.</summary>
    public static async ValueTask RememberAsync(LocalRows rows, ILocalRecords records, SeenNames seen, long position, DateTimeOffset now, CancellationToken ct)
    {
        while (records.Position < position && await records.ReadAsync(ct) is { } record)
            if (rows.Read(record, now) is { User: { } user } row) seen.Add(user, row.Line);
    }

    private async ValueTask<(List<LocalRow> Batch, bool IsEnd)> TakeAsync(DateTimeOffset now, CancellationToken ct)
    {
        var batch = new List<LocalRow>(MaxRows);
        for (var hashed = 0; batch.Count < MaxRows && hashed < MaxHashed;)
        {
            if (await records.ReadAsync(ct) is not { } record) return (batch, true);
            var row = rows.Read(record, now);
            if (row.PlainPassword is not null) hashed++;
            batch.Add(row);
        }

        return (batch, false);
    }

    private async ValueTask<List<LocalRow>> HashAsync(List<LocalRow> batch, CancellationToken ct)
    {
        if (!batch.Exists(row => row.PlainPassword is not null)) return batch;
        // At once: the queue has room for them, and as many threads as there are processors.
        return [.. await Task.WhenAll(batch.Select(HashAsync))];

        async Task<LocalRow> HashAsync(LocalRow row)
        {
            if (row is not { User: { } user, PlainPassword: { } password }) return row;
            var made = await credentials.MakeAsync(rows.Pool, user.Sub, user.Username, password, ct);
            return made.Refusal is null
                ? row with { User = user with { Password = made.Value }, PlainPassword = null }
                : throw new InvalidOperationException("The queue for passwords is full although nobody else uses it.");
        }
    }

    private async ValueTask<LocalImport?> KeepAsync(
        IUnitOfWork unit, List<LocalRow> batch, (string What, long Line)?[] earlier, LocalImport after, DateTimeOffset now, CancellationToken ct)
    {
        // First, because it keeps the import to this command until the end of the transaction.
        if (!await unit.LocalImports.HoldAsync(Import, now, ct)) return null;
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        var failed = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            var row = batch[i];
            var problem = row.Problem ?? await GroupProblemAsync(unit, row, known, ct) ?? await AddAsync(unit, row, ct);
            if (problem is null) continue;
            if (problem.Code is "ALIAS_TAKEN" or "USER_EXISTS" && earlier[i] is var (what, line)) problem = RowProblems.DuplicateInFile(what, line);
            await unit.LocalImports.AddFailureAsync(Import, Failure(row, problem), ct);
            failed++;
        }

        var counted = after with { Imported = after.Imported + batch.Count - failed, Failed = after.Failed + failed };
        await unit.LocalImports.AdvanceAsync(counted, ct);
        return counted;
    }

    private async ValueTask<RowProblem?> AddAsync(IUnitOfWork unit, LocalRow row, CancellationToken ct)
    {
        var (pool, user) = (rows.Pool, row.User!);
        switch (await unit.Users.CreateAsync(user, pool.Normalize(user.Username), AliasRules.Held(pool, user), ct))
        {
            case SaveUserOutcome.Saved:
                break;
            case SaveUserOutcome.AliasTaken taken:
                // The other rows of the transaction stay, so this one is taken back by hand.
                await unit.Users.DeleteAsync(pool.Id, user.Sub, ct);
                return pool.UsernameAttributes.Contains(taken.Attribute) ? RowProblems.UserExists : RowProblems.AliasTaken(taken.Attribute);
            default:
                return RowProblems.UserExists;
        }

        foreach (var group in row.Groups)
        {
            if (await unit.Groups.AddMemberAsync(pool.Id, group, user.Sub, ct) == JoinOutcome.Member) continue;
            await unit.Users.DeleteAsync(pool.Id, user.Sub, ct);
            return RowProblems.GroupUnknown;
        }

        await unit.Events.AddAsync(UserEvent.Of(user, UserEventKind.SignedUp, null, user.CreatedAt, random), ct);
        return null;
    }

    private async ValueTask<RowProblem?> GroupProblemAsync(IStores stores, LocalRow row, Dictionary<string, bool> known, CancellationToken ct)
    {
        foreach (var group in row.Groups)
        {
            if (!known.TryGetValue(group, out var isThere))
                known[group] = isThere = await stores.Groups.FindAsync(rows.Pool.Id, group, ct) is not null;
            if (!isThere) return RowProblems.GroupUnknown;
        }

        return null;
    }

    private async ValueTask<RowProblem?> TakenAsync(IStores stores, User user, CancellationToken ct)
    {
        var (pool, name) = (rows.Pool, rows.Pool.Normalize(user.Username));
        // The name may also be somebody's alias, which a new user doesn't collide with.
        if (await stores.Users.FindByNameAsync(pool.Id, name, ct) is { } other && pool.Normalize(other.Username) == name) return RowProblems.UserExists;
        foreach (var alias in AliasRules.Held(pool, user))
        {
            if (await stores.Users.FindAliasHolderAsync(pool.Id, alias.Attribute, alias.NormalizedValue, ct) is null) continue;
            return pool.UsernameAttributes.Contains(alias.Attribute) ? RowProblems.UserExists : RowProblems.AliasTaken(alias.Attribute);
        }

        return null;
    }

    private static LocalFailure Failure(LocalRow row, RowProblem problem) => new(row.Line, row.Key, problem.Code, problem.Why);
}
