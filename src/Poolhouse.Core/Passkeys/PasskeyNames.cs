namespace Poolhouse.Core.Passkeys;

/// <summary>
/// Names for new passkeys. Authenticators say their model (AAGUID) also without attestation; the common ones are named, after the
/// FIDO metadata and the passkey developers' list of provider names.
/// </summary>
internal static class PasskeyNames
{
    private static readonly Dictionary<Guid, string> Known = new()
    {
        [Guid.Parse("08987058-cadc-4b81-b6e1-30de50dcbe96")] = "Windows Hello",
        [Guid.Parse("6028b017-b1d4-4c02-b4b3-afcdafc96bb2")] = "Windows Hello",
        [Guid.Parse("9ddd1817-af5a-4672-a2b9-3e3dd95000a9")] = "Windows Hello",
        [Guid.Parse("adce0002-35bc-c60a-648b-0b25f1f05503")] = "Chrome on Mac",
        [Guid.Parse("bada5566-a7aa-401f-bd96-45619a55120d")] = "1Password",
        [Guid.Parse("d548826e-79b4-db40-a3d8-11116f7e8349")] = "Bitwarden",
        [Guid.Parse("dd4ec289-e01d-41c9-bb89-70fa845d4bf2")] = "iCloud Keychain",
        [Guid.Parse("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4")] = "Google Password Manager",
        [Guid.Parse("fbfc3007-154e-4ecc-8c0b-6e020557d7bd")] = "iCloud Keychain",
    };

    /// <summary>The name.</summary>
    public static string Of(Guid aaguid, string? attachment) =>
        Known.GetValueOrDefault(aaguid) ?? (attachment == "cross-platform" ? "Security key" : "Passkey");
}
