using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>Sixty-four at once, spread over the nodes.</summary>
internal static class Race
{
    /// <summary>How many run.</summary>
    public const int Runners = 64;

    /// <summary>Everybody at once, one after the other at another node.</summary>
    public static Task<T[]> RunAsync<T>(ClusterClient client, Func<World, int, Task<T>> run) =>
        Task.WhenAll(Enumerable.Range(0, Runners).Select(i => Task.Run(() => run(client.At(i), i))));

    /// <summary>The same from a network each, where a network may not do that so often.</summary>
    public static Task<T[]> RunApartAsync<T>(TestCluster cluster, Func<World, int, Task<T>> run) =>
        Task.WhenAll(Enumerable.Range(0, Runners).Select(i => Task.Run(async () =>
        {
            await using var client = cluster.NewClient();
            return await run(client.At(i), i);
        })));

    /// <summary>Asserts that one succeeded and that all others were refused; answers these.</summary>
    public static IReadOnlyList<Answer> OneWinner(Answer[] answers)
    {
        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 400, Texts(answers.Select(a => a.Text)));
        answers.Count(answer => answer.Status == 200).ShouldBe(1, Texts(answers.Select(a => a.Text)));
        return [.. answers.Where(answer => answer.Status != 200)];
    }

    /// <summary>Asserts that one succeeded and that all others heard one problem.</summary>
    public static ApiAnswer OneWinner(ApiAnswer[] answers, int status, string code)
    {
        answers.Count(answer => answer.Status == 200).ShouldBe(1, Texts(answers.Select(a => a.Text)));
        foreach (var loser in answers.Where(answer => answer.Status != 200)) loser.ShouldBeProblem(status, code);
        return answers.Single(answer => answer.Status == 200);
    }

    private static string Texts(IEnumerable<string> texts) => string.Join('\n', texts.Distinct(StringComparer.Ordinal).Take(10));
}
