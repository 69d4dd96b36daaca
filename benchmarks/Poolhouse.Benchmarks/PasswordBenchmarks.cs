using BenchmarkDotNet.Attributes;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Benchmarks;

/// <summary>What a password costs at sign-up and at sign-in.</summary>
public class PasswordBenchmarks
{
    private const string Password = "Correct-Horse-7";
    private PasswordHasher hasher = null!;
    private string stored = "";

    /// <summary>The hash profile's name, as in the server's options.</summary>
    [Params("development", "production")]
    public string Profile { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        hasher = new PasswordHasher(Profile == "production" ? HashProfile.Production : HashProfile.Development, new SystemRandom());
        stored = hasher.Hash(Password);
    }

    [Benchmark]
    public string Hash() => hasher.Hash(Password);

    [Benchmark]
    public PasswordVerification Verify() => hasher.Verify(stored, Password);
}
