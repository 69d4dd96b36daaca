namespace Poolhouse.Core.Passkeys;

/// <summary>What an authenticator answers to a registration, around its data. WebAuthn L3 §6.5.</summary>
internal static class AttestationObject
{
    /// <summary>The authenticator's data within, or null for bytes of another form. The statement is not judged.</summary>
    public static AuthenticatorData? TryReadData(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new CborReader(bytes);
            AuthenticatorData? data = null;
            for (var pairs = reader.ReadMap(); pairs > 0; pairs--)
            {
                if (reader.ReadText().SequenceEqual("authData"u8)) data = AuthenticatorData.TryRead(reader.ReadBytes());
                else reader.Skip();
            }

            return reader.IsAtEnd ? data : null;
        }
        catch (CborException)
        {
            return null;
        }
    }
}
