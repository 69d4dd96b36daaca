using System.Runtime.InteropServices;

namespace Poolhouse.Core.Srp;

/// <summary>
/// The few big-number functions of OpenSSL that SRP needs, bound at run time: a declared import would fail on first use where the
/// library has another name, and .NET has usually loaded the very same file for its own cryptography already.
/// </summary>
internal sealed unsafe class LibCrypto
{
    // Newest first. The unversioned name exists only where development files are installed, and on macOS loading it ends the
    // process, so there only versioned names are tried.
    private static readonly string[] LinuxNames = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so", "libcrypto"];
    private static readonly string[] MacNames = ["libcrypto.3.dylib", "libcrypto.1.1.dylib"];

    private LibCrypto(nint library)
    {
        NewNumber = (delegate* unmanaged<nint>)Export(library, "BN_new");
        ClearNumber = (delegate* unmanaged<nint, void>)Export(library, "BN_clear");
        ReadNumber = (delegate* unmanaged<byte*, int, nint, nint>)Export(library, "BN_bin2bn");
        WriteNumber = (delegate* unmanaged<nint, byte*, int, int>)Export(library, "BN_bn2binpad");
        NewContext = (delegate* unmanaged<nint>)Export(library, "BN_CTX_new");
        NewMontgomery = (delegate* unmanaged<nint>)Export(library, "BN_MONT_CTX_new");
        SetMontgomery = (delegate* unmanaged<nint, nint, nint, int>)Export(library, "BN_MONT_CTX_set");
        ModExp = (delegate* unmanaged<nint, nint, nint, nint, nint, nint, int>)Export(library, "BN_mod_exp_mont_consttime");
    }

    /// <summary>BN_new.</summary>
    public delegate* unmanaged<nint> NewNumber { get; }

    /// <summary>BN_clear: zeroes the digits and sets the number to 0.</summary>
    public delegate* unmanaged<nint, void> ClearNumber { get; }

    /// <summary>BN_bin2bn(bytes, length, into).</summary>
    public delegate* unmanaged<byte*, int, nint, nint> ReadNumber { get; }

    /// <summary>BN_bn2binpad(number, bytes, length): big-endian at a fixed width; −1 when it does not fit.</summary>
    public delegate* unmanaged<nint, byte*, int, int> WriteNumber { get; }

    /// <summary>BN_CTX_new: scratch space, for one thread at a time.</summary>
    public delegate* unmanaged<nint> NewContext { get; }

    /// <summary>BN_MONT_CTX_new.</summary>
    public delegate* unmanaged<nint> NewMontgomery { get; }

    /// <summary>BN_MONT_CTX_set(montgomery, modulus, context).</summary>
    public delegate* unmanaged<nint, nint, nint, int> SetMontgomery { get; }

    /// <summary>BN_mod_exp_mont_consttime(result, value, exponent, modulus, context, montgomery).</summary>
    public delegate* unmanaged<nint, nint, nint, nint, nint, nint, int> ModExp { get; }

    /// <summary>Binds the first library found; null when there is none, or it lacks a function (LibreSSL, say).</summary>
    public static LibCrypto? TryLoad()
    {
        var names = OperatingSystem.IsLinux() ? LinuxNames : OperatingSystem.IsMacOS() ? MacNames : [];
        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            try
            {
                return new LibCrypto(library);
            }
            catch (EntryPointNotFoundException)
            {
                NativeLibrary.Free(library);
            }
        }

        return null;
    }

    private static nint Export(nint library, string name) => NativeLibrary.GetExport(library, name);
}
