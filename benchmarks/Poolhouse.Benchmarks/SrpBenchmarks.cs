using BenchmarkDotNet.Attributes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Srp;

namespace Poolhouse.Benchmarks;

/// <summary>The server's side of an SRP sign-in; at most 5 ms with OpenSSL (issue 2).</summary>
public class SrpBenchmarks
{
    private readonly SystemRandom random = new();
    private SrpProtocol srp = null!;
    private byte[] verifier = [];
    private byte[] clientPublic = [];

    /// <summary>Who raises to powers.</summary>
    [Params("openssl", "managed")]
    public string Arithmetic { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        IModularExponentiation group = Arithmetic == "openssl" ? ModularExponentiation.Create() : new ManagedModularExponentiation();
        srp = new SrpProtocol(group);
        verifier = srp.ComputeVerifier("Poolhouse", "somebody", "Correct-Horse-7", random.Bytes(SyntheticVerifier.SaltLength));
        clientPublic = group.ModPow(SrpGroup.GeneratorBytes, random.Bytes(SrpProtocol.PrivateExponentLength));
    }

    /// <summary>Both halves: the challenge and its answer.</summary>
    [Benchmark]
    public byte[]? BeginAndSessionKey() => srp.SessionKey(clientPublic, srp.Begin(verifier, random), verifier);

    [Benchmark]
    public byte[] Verifier() => srp.ComputeVerifier("Poolhouse", "somebody", "Correct-Horse-7", "0123456789abcdef"u8);
}
