using System.Diagnostics;
using System.Globalization;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.BinaryTree;
using Poolhouse.Tree;

if (TreeOptions.TryParse(args, out var problem) is not { } options)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

var isReached = true;
foreach (var database in options.Databases)
{
    await using var place = await Place.MakeAsync(database);
    if (place is null)
    {
        await Console.Error.WriteLineAsync("PostgreSQL is not installed; --database sqlite does without.");
        return 2;
    }

    Console.WriteLine($"\n{place.Name}, {options.Nodes:N0} nodes a tree\n\n| tree | call | p50 ms | p99 ms | goal |\n|:--|:--|--:|--:|:--|");
    var top = 0L;
    foreach (var make in new Func<int, Shape>[] { Shape.Full, Shape.Scattered, Shape.Chain })
    {
        var shape = make(options.Nodes);
        await place.LoadAsync(shape, top += 1L << 40);
        isReached &= await MeasureAsync(place, shape, options.Calls);
    }
}

return isReached ? 0 : 1;

static async Task<bool> MeasureAsync(Place place, Shape shape, int calls)
{
    var random = new Random(2);
    var ct = CancellationToken.None;
    var rootOf5 = await TimeAsync(calls, _ => ViewAsync(1, 5));
    var anyOf5 = await TimeAsync(calls, _ => ViewAsync(random.Next(1, shape.Count / 2), 5));
    var rootOf10 = await TimeAsync(Math.Max(20, calls / 10), _ => ViewAsync(1, 10));
    Print("view of the root, depth 5", rootOf5, "p50 < 10");
    Print("view of anybody, depth 5", anyOf5, "p50 < 10");
    Print("view of the root, depth 10", rootOf10, "");
    var next = 0;
    foreach (var preference in new[] { TreePreference.Balanced, TreePreference.Left })
    {
        foreach (var (name, sponsor) in new (string, int?)[] { ("the root", 1), ("anybody", null) })
        {
            var durations = await TimeAsync(calls, async _ =>
            {
                var inviter = new AccountId(shape.Account(sponsor ?? random.Next(1, shape.Count)));
                var account = new AccountId($"{shape.Name}-new-{++next}");
                await place.Database.WriteAsync(
                    async unit =>
                    {
                        await unit.Accounts.CreateAsync(
                            new() { Id = account, Application = shape.Name, PoolId = new("p"), Sub = new(account.Value), PoolUsername = account.Value, CreatedAt = DateTimeOffset.UnixEpoch }, ct);
                        await unit.BinaryTrees.PreferAsync(shape.Name, inviter, preference, ct);
                        await TreePlacement.PlaceAsync(unit.BinaryTrees, shape.Name, account, inviter, DateTimeOffset.UnixEpoch, ct);
                        return true;
                    },
                    ct);
            });
            Print($"account made and placed, invited by {name}, {(preference == TreePreference.Left ? "left" : "balanced")}", durations, "");
        }
    }

    return rootOf5.P50 < 10 && anyOf5.P50 < 10;

    async Task ViewAsync(int node, int depth)
    {
        var view = await place.Database.ReadAsync(stores => stores.BinaryTrees.ViewAsync(shape.Name, new AccountId(shape.Account(node)), depth, ct), ct);
        if (view is null || (node == 1 && view.Node.LeftCount + view.Node.RightCount < shape.Count - 1)) throw new InvalidOperationException("The view is wrong.");
    }

    void Print(string call, (double P50, double P99) durations, string goal) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {shape.Name} | {call} | {durations.P50:0.00} | {durations.P99:0.00} | {(goal.Length == 0 ? "" : goal + (durations.P50 < 10 ? ": reached" : ": missed"))} |"));
}

static async Task<(double P50, double P99)> TimeAsync(int calls, Func<int, Task> call)
{
    for (var i = 0; i < 20; i++) await call(i);
    var durations = new double[calls];
    for (var i = 0; i < calls; i++)
    {
        var started = Stopwatch.GetTimestamp();
        await call(i);
        durations[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    Array.Sort(durations);
    return (durations[calls / 2], durations[calls * 99 / 100]);
}
