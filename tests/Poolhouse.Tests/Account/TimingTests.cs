using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

/// <summary>
/// Whether the time of an answer tells that an address has an account. Known and unknown addresses take turns in an order that is drawn, and the two
/// groups of times are compared by rank: the share of pairs in which the known one took longer is a half where nothing tells, whatever the machine
/// does meanwhile. <c>POOLHOUSE_TIMING_TRIES=500</c> makes as many tries of each as docs/security.md tells of.
/// </summary>
[Collection(Alone.Name)]
public sealed class TimingTests(ITestOutputHelper output)
{
    // With 80 tries each the share strays by 0.05 (one standard deviation) of its own; what telling work does moves it to nearly 1.
    private const int Tries = 80;
    private const double Allowed = 0.25;
    private const int TriesPerAddress = 4;

    /// <summary>What somebody may ask about an address without having proven anything.</summary>
    private static readonly (string Name, string Route, Func<string, JsonObject> Body)[] Probes =
    [
        ("register", "auth/register", email => AccountWorld.Registration(email)),
        ("request-otp, email_verification", "auth/request-otp", email => new() { ["email"] = email, ["purpose"] = "email_verification" }),
        ("request-otp, password_reset", "auth/request-otp", email => new() { ["email"] = email, ["purpose"] = "password_reset" }),
        ("verify-otp, email_verification", "auth/verify-otp", email => new() { ["email"] = email, ["purpose"] = "email_verification", ["code"] = "000000" }),
        ("verify-otp, password_reset", "auth/verify-otp", email => new()
        {
            ["email"] = email, ["purpose"] = "password_reset", ["code"] = "000000", ["new_password"] = TestAccount.Password,
        }),
        ("login", "auth/login", email => new() { ["email"] = email, ["password"] = "Wrong-1234567" }),
    ];

    [Fact]
    public async Task The_time_of_an_answer_does_not_tell_whether_an_address_has_an_account()
    {
        var tries = int.Parse(Environment.GetEnvironmentVariable("POOLHOUSE_TIMING_TRIES") ?? $"{Tries}", CultureInfo.InvariantCulture);
        await using var world = await World.StartAsync();
        var known = await KnownAsync(world, (tries + TriesPerAddress - 1) / TriesPerAddress);
        var plan = Probes.SelectMany(probe => Enumerable.Range(0, tries).SelectMany(i => new[] { (probe, i, IsKnown: true), (probe, i, IsKnown: false) })).ToArray();
        // A drawn order that is the same in every run.
        new Random(20261121).Shuffle(plan);
        foreach (var probe in Probes)
            for (var i = 0; i < 10; i++) await TimeAsync(world, probe, TestAccount.NewEmail());
        var strangers = Enumerable.Range(0, known.Count).Select(_ => TestAccount.NewEmail()).ToList();

        var times = new Dictionary<(string Probe, bool IsKnown), List<double>>();
        foreach (var (probe, i, isKnown) in plan)
        {
            // Somebody unknown who registers is known from then on, so everybody is new there.
            var email = isKnown ? known[i / TriesPerAddress] : probe.Name == "register" ? TestAccount.NewEmail() : strangers[i / TriesPerAddress];
            var list = times.TryGetValue((probe.Name, isKnown), out var present) ? present : times[(probe.Name, isKnown)] = [];
            list.Add(await TimeAsync(world, probe, email));
        }

        foreach (var probe in Probes)
        {
            var (ofKnown, ofUnknown) = (times[(probe.Name, true)], times[(probe.Name, false)]);
            var share = Share(ofKnown, ofUnknown);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {probe.Name} | {Median(ofKnown):F2} | {Median(ofUnknown):F2} | {Quartile(ofUnknown):F2} | {share:F2} |"));
        }

        foreach (var probe in Probes) Share(times[(probe.Name, true)], times[(probe.Name, false)]).ShouldBeInRange(0.5 - Allowed, 0.5 + Allowed, probe.Name);
    }

    private static async Task<double> TimeAsync(World world, (string Name, string Route, Func<string, JsonObject> Body) probe, string email)
    {
        var started = Stopwatch.GetTimestamp();
        await world.ApiAsync(HttpMethod.Post, probe.Route, probe.Body(email));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // Half of them confirmed, half not, since both have accounts.
    private static async Task<List<string>> KnownAsync(World world, int count)
    {
        var emails = Enumerable.Range(0, count).Select(_ => TestAccount.NewEmail()).ToList();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(emails[i]))).Good();
            if (i % 2 == 0) await world.DoAsync("AdminConfirmSignUp", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = emails[i] });
            if (i % 2 == 0) await VerifyAsync(world, emails[i]);
        });
        return emails;
    }

    private static Task<JsonObject> VerifyAsync(World world, string email) => world.DoAsync("AdminUpdateUserAttributes", new JsonObject
    {
        ["UserPoolId"] = "us-east-1_Poolhouse",
        ["Username"] = email,
        ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email_verified", ["Value"] = "true" }),
    });

    // Mann and Whitney's U as a share of all pairs.
    private static double Share(List<double> some, List<double> others) =>
        some.Sum(a => others.Sum(b => a > b ? 1.0 : a < b ? 0.0 : 0.5)) / (some.Count * (double)others.Count);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    // Half of what lies between the quartiles: how far a time strays of its own.
    private static double Quartile(List<double> times)
    {
        var sorted = times.Order().ToList();
        return (sorted[sorted.Count * 3 / 4] - sorted[sorted.Count / 4]) / 2;
    }
}
