using System.Diagnostics;
using System.Security.Cryptography;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Srp;

namespace Poolhouse.Load;

/// <summary>What the arithmetic of a scenario allows on all cores of this machine, with nothing around it. Calls a second.</summary>
internal sealed class Limits(HashProfile profile, TimeSpan length)
{
    // About the length of what is signed in an ID token.
    private const int SignedBytes = 900;

    private static readonly SystemRandom Random = new();
    private readonly IModularExponentiation group = ModularExponentiation.Create();

    /// <summary>One password hash.</summary>
    public Measurement Hashes() => OnAllCores(NewHash);

    /// <summary>One password hash and one SRP verifier: what a new password costs.</summary>
    public Measurement NewPasswords() => OnAllCores(() =>
    {
        var hash = NewHash();
        var verifier = NewVerifier();
        return () =>
        {
            hash();
            verifier();
        };
    });

    /// <summary>Two RSA-2048 signatures: what an ID token and an access token cost.</summary>
    public Measurement TokenPairs() => OnAllCores(NewTokenPair);

    /// <summary>Both sides of an SRP exchange and two signatures; both, because the generator is the client on the same cores.</summary>
    public Measurement SrpSignIns() => OnAllCores(() =>
    {
        var tokens = NewTokenPair();
        var exchange = NewExchange();
        return () =>
        {
            exchange();
            tokens();
        };
    });

    private Action NewHash()
    {
        var hasher = new PasswordHasher(profile, Random);
        return () => hasher.Hash("Correct-Horse-7");
    }

    private Action NewVerifier()
    {
        var srp = new SrpProtocol(group);
        var salt = Random.Bytes(SyntheticVerifier.SaltLength);
        return () => srp.ComputeVerifier("Poolhouse", "somebody", "Correct-Horse-7", salt);
    }

    private static Action NewTokenPair()
    {
        var rsa = RSA.Create(2048);
        var text = new byte[SignedBytes];
        var signature = new byte[256];
        return () =>
        {
            rsa.SignData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            rsa.SignData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        };
    }

    private Action NewExchange()
    {
        var server = new SrpProtocol(group);
        var client = new SrpClient(group, "Poolhouse", "Correct-Horse-7");
        var salt = Random.Bytes(SyntheticVerifier.SaltLength);
        var verifier = server.ComputeVerifier("Poolhouse", "somebody", "Correct-Horse-7", salt);
        return () =>
        {
            var start = server.Begin(verifier, Random);
            server.SessionKey(client.PublicBytes, start, verifier);
            client.SessionKey(SrpNumbers.ToHex(start.PublicValue), SrpNumbers.ToHex(salt), "somebody");
        };
    }

    // Threads of their own, each with its own keys, as if nothing were shared.
    private Measurement OnAllCores(Func<Action> prepare)
    {
        // Keys are made before the clock starts.
        var actions = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => prepare()).ToArray();
        foreach (var action in actions) action();
        var counts = new long[actions.Length];
        var threads = counts.Select((_, number) => new Thread(() =>
        {
            var calls = 0L;
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                actions[number]();
                calls++;
            }

            counts[number] = calls;
        })).ToArray();
        var before = ProcessorTime.Of(server: null);
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return Measurement.Of(counts.Sum(), length, ProcessorTime.Of(server: null) - before);
    }
}
