using System.Text.Json;
using Poolhouse.Core.Srp;

namespace Poolhouse.Load.Scenarios;

/// <summary>Every scenario there is.</summary>
internal sealed class ScenarioList
{
    // Refreshes come as they do from people: some hundred a second, not as many as fit.
    private const int RefreshingWorkers = 4;
    private static readonly TimeSpan RefreshPause = TimeSpan.FromMilliseconds(20);

    private readonly LoadOptions options;
    private readonly ClosedLoop loop;
    private readonly Limits limits;
    private readonly TestUsers testUsers;
    private readonly TestUser[] users;
    private readonly byte[][] refreshes;
    private readonly byte[][] getUsers;
    private readonly byte[][] passwordSignIns;

    /// <param name="options">The run's.</param>
    /// <param name="testUsers">Makes addresses for sign-ups.</param>
    /// <param name="users">One per connection: limits on attempts are per user, and nobody signs in twice at once.</param>
    public ScenarioList(LoadOptions options, TestUsers testUsers, TestUser[] users)
    {
        (this.options, this.testUsers, this.users) = (options, testUsers, users);
        loop = new ClosedLoop(options.EndPoint, options.ServerProcess);
        limits = new Limits(options.HashProfile, options.Length / 2);
        refreshes = [.. users.Select(u => Requests.Refresh(u.RefreshToken))];
        getUsers = [.. users.Select(u => Requests.GetUser(u.AccessToken))];
        passwordSignIns = [.. users.Select(u => Requests.PasswordSignIn(u.Email, TestUsers.Password))];
    }

    /// <summary>Those of the run's hash profile. Sign-up is last: its mail is still being delivered when it has ended.</summary>
    public IReadOnlyList<Scenario> All => options.IsProduction
        ? [PasswordSignIn(Goal.PartOfLimit(0.90)), RefreshBesideSignIns()]
        : [Refresh(), GetUser(), SrpSignIn(), PasswordSignIn(Goal.None), SignUp()];

    private Scenario Refresh() => new(
        "refresh",
        "two RSA-2048 signatures",
        () => Task.Run(limits.TokenPairs),
        () => SendAsync(refreshes),
        Goal.PartOfLimit(0.70));

    private Scenario GetUser() => new(
        "get-user",
        "GET /health/live",
        () => loop.RunAsync(options.Connections, options.Length, static async (http, _) => await http.SendAsync(Requests.Empty)),
        () => SendAsync(getUsers),
        Goal.PartOfLimit(0.60));

    private Scenario PasswordSignIn(Goal goal) => new(
        "password-sign-in",
        "one hash",
        () => Task.Run(limits.Hashes),
        () => SendAsync(passwordSignIns),
        goal);

    private Scenario SignUp() => new(
        "sign-up",
        "one hash, one verifier",
        () => Task.Run(limits.NewPasswords),
        () => loop.RunAsync(
            options.Connections,
            options.Length,
            async (http, _) => await http.SendAsync(Requests.SignUp(testUsers.NextEmail(), TestUsers.Password))),
        Goal.Rate(300));

    private Scenario SrpSignIn()
    {
        var group = ModularExponentiation.Create();
        var clients = users.Select(_ => new SrpClient(group, "Poolhouse", TestUsers.Password)).ToArray();
        return new Scenario(
            "srp-sign-in",
            "SRP of both sides, two signatures",
            () => Task.Run(limits.SrpSignIns),
            () => loop.RunAsync(options.Connections, options.Length, (http, worker) => SignInBySrpAsync(http, users[worker], clients[worker])),
            Goal.None);
    }

    private Scenario RefreshBesideSignIns() => new(
        "refresh-beside-sign-ins",
        "refreshes sent",
        static () => Task.FromResult(new Measurement(RefreshingWorkers / RefreshPause.TotalSeconds, 0, 0, 0)),
        async () =>
        {
            // Longer at both ends than what is measured.
            var signIns = loop.RunAsync(
                options.Connections, options.Length * 2, async (http, worker) => await http.SendAsync(passwordSignIns[worker]));
            await Task.Delay(options.Length / 4);
            var measured = await loop.RunAsync(
                RefreshingWorkers, options.Length, async (http, worker) => await http.SendAsync(refreshes[worker]), RefreshPause);
            await signIns;
            return measured;
        },
        Goal.P99Below(50));

    private Task<Measurement> SendAsync(byte[][] requests) =>
        loop.RunAsync(options.Connections, options.Length, async (http, worker) => await http.SendAsync(requests[worker]));

    private static async ValueTask SignInBySrpAsync(HttpConnection http, TestUser user, SrpClient client)
    {
        string name, salt, serverPublic, secretBlock;
        using (var challenge = JsonDocument.Parse(await http.SendAsync(Requests.SrpStart(user.Email, client.PublicHex))))
        {
            var parameters = challenge.RootElement.GetProperty("ChallengeParameters");
            name = parameters.GetProperty("USER_ID_FOR_SRP").GetString()!;
            salt = parameters.GetProperty("SALT").GetString()!;
            serverPublic = parameters.GetProperty("SRP_B").GetString()!;
            secretBlock = parameters.GetProperty("SECRET_BLOCK").GetString()!;
        }

        var (signature, timestamp) = client.Prove(client.SessionKey(serverPublic, salt, name), name, secretBlock);
        await http.SendAsync(Requests.SrpProof(name, secretBlock, signature, timestamp));
    }
}
