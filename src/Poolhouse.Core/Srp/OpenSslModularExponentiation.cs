using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;

namespace Poolhouse.Core.Srp;

/// <summary>
/// Montgomery exponentiation by OpenSSL, in time independent of the exponent's bits. The native constants live as long as the
/// process does; workspaces are pooled, and there are never more than threads that computed at once.
/// </summary>
public sealed unsafe class OpenSslModularExponentiation : IModularExponentiation
{
    private readonly LibCrypto crypto;
    private readonly nint modulus;

    // Only read after BN_MONT_CTX_set, so one serves all threads.
    private readonly nint montgomery;
    private readonly ConcurrentBag<Workspace> idle = [];

    private OpenSslModularExponentiation(LibCrypto crypto)
    {
        this.crypto = crypto;
        modulus = Allocated(crypto.NewNumber());
        montgomery = Allocated(crypto.NewMontgomery());
        Read(SrpGroup.PrimeBytes, modulus);
        var workspace = NewWorkspace();
        if (crypto.SetMontgomery(montgomery, modulus, workspace.Context) != 1) throw Failed();
        idle.Add(workspace);
    }

    /// <summary>Null when no usable libcrypto loads, or the one that loads computes something else than we do.</summary>
    public static OpenSslModularExponentiation? TryCreate()
    {
        if (LibCrypto.TryLoad() is not { } crypto) return null;
        try
        {
            var candidate = new OpenSslModularExponentiation(crypto);
            return candidate.AgreesWithManaged() ? candidate : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public byte[] ModPow(ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent)
    {
        if (!idle.TryTake(out var workspace)) workspace = NewWorkspace();
        try
        {
            Read(value, workspace.Value);
            Read(exponent, workspace.Exponent);
            if (crypto.ModExp(workspace.Result, workspace.Value, workspace.Exponent, modulus, workspace.Context, montgomery) != 1)
                throw Failed();
            return Write(workspace.Result);
        }
        finally
        {
            crypto.ClearNumber(workspace.Value);
            crypto.ClearNumber(workspace.Exponent);
            crypto.ClearNumber(workspace.Result);
            idle.Add(workspace);
        }
    }

    private bool AgreesWithManaged()
    {
        // A power that wraps around N, with an exponent short enough not to slow the start.
        byte[] exponent = [0x01, 0x23, 0x45];
        return ModPow([3], exponent).AsSpan().SequenceEqual(
            SrpNumbers.ToFixed(BigInteger.ModPow(3, SrpNumbers.ToInteger(exponent), SrpGroup.N)));
    }

    private Workspace NewWorkspace() => new(
        Allocated(crypto.NewContext()), Allocated(crypto.NewNumber()), Allocated(crypto.NewNumber()), Allocated(crypto.NewNumber()));

    private void Read(ReadOnlySpan<byte> bytes, nint number)
    {
        fixed (byte* first = bytes)
        {
            if (crypto.ReadNumber(first, bytes.Length, number) == 0) throw Failed();
        }
    }

    private byte[] Write(nint number)
    {
        var bytes = new byte[SrpGroup.Length];
        fixed (byte* first = bytes)
        {
            if (crypto.WriteNumber(number, first, bytes.Length) != bytes.Length) throw Failed();
        }

        return bytes;
    }

    private static nint Allocated(nint handle) => handle != 0 ? handle : throw Failed();

    private static CryptographicException Failed() => new("OpenSSL's big-number arithmetic failed.");

    private sealed record Workspace(nint Context, nint Value, nint Exponent, nint Result);
}
