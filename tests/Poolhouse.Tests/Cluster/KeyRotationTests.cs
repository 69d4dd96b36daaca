using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>
/// Keys are replaced while tokens are made on every node: each is verified at once by the keys that another node publishes, and used on a third.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class KeyRotationTests(SharedCluster shared) : IAsyncDisposable
{
    // Nodes have a command beside them to start, too.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly TestCluster cluster = shared.Cluster;
    private readonly ClusterClient client = shared.Cluster.NewClient();

    public async ValueTask DisposeAsync()
    {
        cluster.TellIfFailed();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Keys_rotate_and_are_retired_without_a_failed_verification()
    {
        var (rotated, retired) = (await SignedInAsync(), await SignedInAsync());
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(i => RefreshAsync(i < 2 ? rotated : retired, i, stop.Token)));

        try
        {
            await Task.WhenAll(cluster.RunAsync("rotate-keys", "--pool", rotated.Pool.Id), cluster.RunAsync("rotate-keys", "--pool", retired.Pool.Id, "--retire"));
            var done = Stopwatch.StartNew();
            foreach (var node in client.Each())
            {
                (await node.GetUserAsync(rotated.First.Access)).Status.ShouldBe(200, "What the old key signed is good until its time is over.");
                await Felt.WithinASecondAsync(done, "What a retired key signed is refused.", async () => (await node.GetUserAsync(retired.First.Access)).Status == 400);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await load;
        }

        foreach (var signedIn in (SignedIn[])[rotated, retired])
        {
            signedIn.Failures.Take(5).ShouldBeEmpty();
            signedIn.Keys.Keys.Count.ShouldBe(4, "Two keys before and two after.");
        }
    }

    private async Task<SignedIn> SignedInAsync()
    {
        var pool = await client.Front.PoolAsync();
        return new SignedIn(pool, await (await pool.ConfirmedAsync("bob")).SignInAsync());
    }

    private async Task RefreshAsync(SignedIn signedIn, int number, CancellationToken stop)
    {
        for (var i = number; !stop.IsCancellationRequested; i++)
        {
            var made = await signedIn.Pool.On(client.At(i)).GetTokensAsync(signedIn.First.Refresh!);
            if (made.Status != 200)
            {
                signedIn.Failures.Enqueue($"refresh: {made.Text}");
                continue;
            }

            var tokens = made.ShouldBeSignedIn();
            foreach (var token in (string[])[tokens.Access, tokens.Id])
                if (!await IsPublishedAsync(signedIn, client.At(i + 1 + (i / 3 % 2)), token)) signedIn.Failures.Enqueue($"{Environment.TickCount64}: no key for {Header(token)}");
            await Task.Delay(Pace, CancellationToken.None);
            if (await client.At(i + 2 - (i / 3 % 2)).GetUserAsync(tokens.Access) is { Status: not 200 } refused) signedIn.Failures.Enqueue($"GetUser: {refused.Text}");
        }
    }

    // As somebody does who has fetched the keys just now.
    private static async Task<bool> IsPublishedAsync(SignedIn signedIn, World node, string token)
    {
        var keys = JsonNode.Parse(await node.Http.GetStringAsync($"/{signedIn.Pool.Id}/.well-known/jwks.json"))!["keys"]!.AsArray();
        var kid = JsonNode.Parse(Header(token))!["kid"]!.GetValue<string>();
        if (keys.SingleOrDefault(key => key!["kid"]!.GetValue<string>() == kid) is not { } published) return false;
        signedIn.Keys[kid] = true;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(published["n"]!.GetValue<string>()), Exponent = Base64Url.DecodeFromChars(published["e"]!.GetValue<string>()),
        });
        var dot = token.LastIndexOf('.');
        return rsa.VerifyData(Encoding.ASCII.GetBytes(token[..dot]), Base64Url.DecodeFromChars(token.AsSpan(dot + 1)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string Header(string token) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan(0, token.IndexOf('.'))));

    private sealed record SignedIn(TestPool Pool, Tokens First)
    {
        public ConcurrentDictionary<string, bool> Keys { get; } = new(StringComparer.Ordinal);

        public ConcurrentQueue<string> Failures { get; } = new();
    }
}
