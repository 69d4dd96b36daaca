namespace Poolhouse.Scaling;

/// <summary>
/// Nodes with processors and a queue, and clients that come once and try again: a simulation of single events. What a node has begun it finishes,
/// whether anybody still waits for it or not, as a server does that computes.
/// </summary>
/// <param name="Nodes">How many; a proxy gives them requests by turns.</param>
/// <param name="Processors">Of each node.</param>
/// <param name="Cost">Processor seconds of a request.</param>
/// <param name="Queue">Requests that may wait at a node; beyond it the answer is "come back" at once.</param>
/// <param name="Patience">Seconds that a client waits for its answer before it gives that try up.</param>
/// <param name="Tries">How often a client asks; between two tries a second, doubled each time, up to 16, less up to half.</param>
internal sealed record Storm(int Nodes, int Processors, double Cost, int Queue, double Patience, int Tries)
{
    /// <summary>Clients that come at random times within a number of seconds.</summary>
    public Result Run(int clients, double within, int seed)
    {
        var random = new Random(seed);
        var state = new State(this, clients);
        for (var client = 0; client < clients; client++) state.Events.Enqueue(new Event(Kind.Try, client, 1, -1), random.NextDouble() * within);
        while (state.Events.TryDequeue(out var next, out var now)) state.Handle(next, now, random);
        return state.Result();
    }

    /// <summary>A fixed number of clients, each of which asks again as soon as it has its answer, without end: what the load program does.</summary>
    public (double Rate, double P50) RunClosed(int clients, double seconds)
    {
        // One queue in order, every request of the same cost: a client has its turn when the clients before it had theirs.
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, Nodes * Processors).Select(processor => (processor, 0d)));
        var asking = new PriorityQueue<int, double>(Enumerable.Range(0, clients).Select(client => (client, 0d)));
        List<double> waits = [];
        while (asking.TryDequeue(out var client, out var asked) && asked < seconds)
        {
            free.TryDequeue(out var processor, out var at);
            var done = Math.Max(at, asked) + Cost;
            waits.Add(done - asked);
            free.Enqueue(processor, done);
            asking.Enqueue(client, done);
        }

        waits.RemoveRange(0, clients);
        waits.Sort();
        return (waits.Count / (seconds - (waits[0])), waits[waits.Count / 2]);
    }

    /// <param name="FirstTry">Part of the clients whose first try was answered.</param>
    /// <param name="GaveUp">Part that never was.</param>
    /// <param name="P50">Seconds from a client's coming to its answer, the middle of those that got one.</param>
    /// <param name="P99">The slowest hundredth.</param>
    /// <param name="Wasted">Part of the work that nobody waited for any more.</param>
    /// <param name="Ended">Seconds until all was over.</param>
    internal sealed record Result(double FirstTry, double GaveUp, double P50, double P99, double Wasted, double Ended);

    private enum Kind
    {
        Try,
        Done,
    }

    private sealed record Event(Kind Kind, int Client, int Number, int Node);

    private sealed class State(Storm storm, int clients)
    {
        private readonly double[] came = new double[clients];
        private readonly double[] answered = Enumerable.Repeat(double.NaN, clients).ToArray();
        private readonly int[] current = new int[clients];
        private readonly int[] busy = new int[storm.Nodes];
        private readonly Queue<(int Client, int Number, double Asked)>[] waiting = [.. Enumerable.Range(0, storm.Nodes).Select(_ => new Queue<(int, int, double)>())];
        private readonly Dictionary<(int Client, int Number), double> asked = [];
        private int turn;
        private int first;
        private int worked;
        private int wasted;
        private double ended;

        public PriorityQueue<Event, double> Events { get; } = new();

        public void Handle(Event next, double now, Random random)
        {
            if (next.Kind == Kind.Done) Finish(next, now, random);
            else Ask(next, now, random);
        }

        public Result Result()
        {
            var times = answered.Select((at, client) => at - came[client]).Where(time => !double.IsNaN(time)).Order().ToList();
            return new Result(
                first / (double)clients, 1 - (times.Count / (double)clients), times[times.Count / 2], times[(int)(times.Count * 0.99)], worked == 0 ? 0 : wasted / (double)worked, ended);
        }

        private void Ask(Event next, double now, Random random)
        {
            if (next.Number == 1) came[next.Client] = now;
            // A try whose answer came after all: the client has gone on.
            if (!double.IsNaN(answered[next.Client])) return;
            current[next.Client] = next.Number;
            var node = turn++ % storm.Nodes;
            if (busy[node] < storm.Processors) Begin(node, next.Client, next.Number, now, now);
            else if (waiting[node].Count < storm.Queue) waiting[node].Enqueue((next.Client, next.Number, now));
            else
            {
                Again(next.Client, next.Number, now, random);
                return;
            }

            // Unless it is answered before, the client leaves then and comes again.
            if (next.Number < storm.Tries) Events.Enqueue(new Event(Kind.Try, next.Client, next.Number + 1, -1), now + storm.Patience + Pause(next.Number, random));
        }

        private void Begin(int node, int client, int number, double askedAt, double now)
        {
            busy[node]++;
            asked[(client, number)] = askedAt;
            Events.Enqueue(new Event(Kind.Done, client, number, node), now + storm.Cost);
        }

        private void Finish(Event done, double now, Random random)
        {
            busy[done.Node]--;
            worked++;
            ended = now;
            asked.Remove((done.Client, done.Number), out var askedAt);
            if (double.IsNaN(answered[done.Client]) && current[done.Client] == done.Number && now - askedAt <= storm.Patience)
            {
                answered[done.Client] = now;
                if (done.Number == 1) first++;
            }
            else
            {
                wasted++;
            }

            // Who has left is not begun with: its request is cancelled while it waits.
            while (waiting[done.Node].TryDequeue(out var next))
            {
                if (now - next.Asked > storm.Patience) continue;
                Begin(done.Node, next.Client, next.Number, next.Asked, now);
                break;
            }
        }

        private void Again(int client, int number, double now, Random random)
        {
            if (number < storm.Tries) Events.Enqueue(new Event(Kind.Try, client, number + 1, -1), now + Pause(number, random));
        }

        private static double Pause(int number, Random random) => Math.Min(16, 1 << (number - 1)) * (1 - (random.NextDouble() / 2));
    }
}
