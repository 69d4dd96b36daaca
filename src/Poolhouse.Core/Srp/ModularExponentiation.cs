namespace Poolhouse.Core.Srp;

/// <summary>Chooses the fastest way to raise to a power that this machine offers.</summary>
public static class ModularExponentiation
{
    /// <summary>
    /// OpenSSL's when its library loads, otherwise the managed one (about fifteen times slower). Make one per process: each
    /// keeps its own native constants.
    /// </summary>
    public static IModularExponentiation Create() =>
        OpenSslModularExponentiation.TryCreate() is { } native ? native : new ManagedModularExponentiation();
}
