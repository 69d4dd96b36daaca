using System.Diagnostics;
using System.Net.Sockets;
using Poolhouse.Large.Loading;
using Poolhouse.Large.Measuring;
using Poolhouse.Load;

namespace Poolhouse.Large;

/// <summary>Loads, measures and prints, one database after the other.</summary>
internal static class LargeRun
{
    private const int SmallPool = 1_000;
    private const int SignedIn = 50;
    private const int WarmUp = 40;

    /// <returns>0 when every goal was reached, 1 when one was not, 2 when it could not be measured.</returns>
    public static async Task<int> RunAsync(LargeOptions options, CancellationToken ct)
    {
        try
        {
            var isReached = true;
            foreach (var database in options.Databases)
            {
                await using var place = await Place.MakeAsync(database);
                isReached &= await RunAsync(options, place, ct);
            }

            return isReached ? 0 : 1;
        }
        catch (Exception failure) when (failure is LoadException or SocketException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    private static async Task<bool> RunAsync(LargeOptions options, Place place, CancellationToken ct)
    {
        TestPool small;
        TestPool large;
        await using (var server = await place.StartAsync(options, ct))
        {
            using var connection = await HttpConnection.OpenAsync(server.EndPoint);
            small = await TestPool.CreateAsync(connection, SmallPool, seed: 1);
            large = await TestPool.CreateAsync(connection, options.Users, seed: 2);
        }

        await place.LoadAsync(load => load.UsersAsync(small, ct));
        var table = new Table(options, place.Name);
        var starts = new List<(string State, Durations Times)> { ("empty but for 1,000 users", await StartsAsync(options, place, ct)) };

        var began = Stopwatch.GetTimestamp();
        await place.LoadAsync(load => load.PoolsAsync(large, options.Pools, ct));
        Progress($"{options.Pools:N0} pools loaded in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        starts.Add(($"{options.Pools:N0} pools", await StartsAsync(options, place, ct)));

        began = Stopwatch.GetTimestamp();
        await place.LoadAsync(load => load.UsersAsync(large, ct));
        Progress($"{options.Users:N0} users loaded in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        starts.Add(($"and {options.Users:N0} users", await StartsAsync(options, place, ct)));

        await using (var server = await place.StartAsync(options, ct))
        {
            using var connection = await HttpConnection.OpenAsync(server.EndPoint);
            await CompareAsync(options, connection, new Side(small, new Random(1)), new Side(large, new Random(2)), table, ct);
            await ManyPoolsAsync(options, connection, new Side(large, new Random(3)), table, ct);
        }

        foreach (var (state, times) in starts) table.AddStart(state, times, starts[0].Times);
        return table.End();
    }

    // By turns, call by call: whatever else this machine does then meets both pools alike.
    private static async Task CompareAsync(LargeOptions options, HttpConnection connection, Side small, Side large, Table table, CancellationToken ct)
    {
        foreach (var side in new[] { small, large })
        {
            for (var i = 0; i < SignedIn; i++)
            {
                using var answer = System.Text.Json.JsonDocument.Parse(await connection.SendAsync(Calls.SignIn(side, TestPool.Username(side.AnyUser()))));
                side.RefreshTokens.Add(answer.RootElement.GetProperty("AuthenticationResult").GetProperty("RefreshToken").GetString()!);
            }
        }

        foreach (var call in Calls.Compared)
        {
            var (ofSmall, ofLarge) = (new Durations(), new Durations());
            for (var i = -WarmUp; i < options.Calls; i++)
            {
                ct.ThrowIfCancellationRequested();
                if (i < 0)
                {
                    await call.CheckAsync(connection, small);
                    await call.CheckAsync(connection, large);
                    continue;
                }

                if (i % 2 == 0) await call.MeasureAsync(connection, small, ofSmall);
                await call.MeasureAsync(connection, large, ofLarge);
                if (i % 2 == 1) await call.MeasureAsync(connection, small, ofSmall);
            }

            table.AddComparison(call, ofSmall, ofLarge);
        }
    }

    private static async Task ManyPoolsAsync(LargeOptions options, HttpConnection connection, Side side, Table table, CancellationToken ct)
    {
        foreach (var call in Calls.OfManyPools)
        {
            for (var i = 0; i < WarmUp; i++) await call.CheckAsync(connection, side);
            var durations = new Durations();
            for (var i = 0; i < options.Calls; i++)
            {
                ct.ThrowIfCancellationRequested();
                await call.MeasureAsync(connection, side, durations);
            }

            table.AddPools(call.Name, durations);
        }
    }

    private static async Task<Durations> StartsAsync(LargeOptions options, Place place, CancellationToken ct)
    {
        var durations = new Durations();
        for (var i = 0; i < options.Starts; i++)
        {
            await using var server = await place.StartAsync(options, ct);
            durations.Add(server.StartTime);
        }

        return durations;
    }

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
