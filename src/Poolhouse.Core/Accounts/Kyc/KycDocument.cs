using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>What a document is.</summary>
public enum KycKind
{
    /// <summary>A driving licence.</summary>
    DrivingLicence,

    /// <summary>A national identity card.</summary>
    IdentityCard,

    /// <summary>A passport.</summary>
    Passport,

    /// <summary>A bill or statement with the address.</summary>
    ProofOfAddress,

    /// <summary>A residence permit.</summary>
    ResidencePermit,

    /// <summary>A photo of the person.</summary>
    Selfie,
}

/// <summary>Where a document stands.</summary>
public enum KycState
{
    /// <summary>Waits for an operator.</summary>
    Pending,

    /// <summary>Good.</summary>
    Approved,

    /// <summary>Not good, with a reason.</summary>
    Rejected,
}

/// <summary>The words of kinds and states, on the wire and in the database.</summary>
public static class KycWords
{
    private static readonly (KycKind Kind, string Word)[] Kinds =
    [
        (KycKind.DrivingLicence, "driving_licence"),
        (KycKind.IdentityCard, "identity_card"),
        (KycKind.Passport, "passport"),
        (KycKind.ProofOfAddress, "proof_of_address"),
        (KycKind.ResidencePermit, "residence_permit"),
        (KycKind.Selfie, "selfie"),
    ];

    private static readonly (KycState State, string Word)[] States =
    [
        (KycState.Approved, "approved"),
        (KycState.Pending, "pending"),
        (KycState.Rejected, "rejected"),
    ];

    /// <summary>All kinds, sorted.</summary>
    public static IEnumerable<string> AllKinds => Kinds.Select(row => row.Word);

    /// <summary>The kind's word.</summary>
    public static string Of(KycKind kind) => Array.Find(Kinds, row => row.Kind == kind).Word;

    /// <summary>The state's word.</summary>
    public static string Of(KycState state) => Array.Find(States, row => row.State == state).Word;

    /// <summary>The kind of a word, or null.</summary>
    public static KycKind? Kind(string? word) => Array.FindIndex(Kinds, row => row.Word == word) is >= 0 and var i ? Kinds[i].Kind : null;

    /// <summary>The state of a word, or null.</summary>
    public static KycState? State(string? word) => Array.FindIndex(States, row => row.Word == word) is >= 0 and var i ? States[i].State : null;
}

/// <summary>A document of an account, without its content.</summary>
public sealed record KycDocument
{
    /// <summary>UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is; null once the account is gone and its content not yet.</summary>
    public required AccountId? AccountId { get; init; }

    /// <summary>The application whose operators review it.</summary>
    public required string Application { get; init; }

    /// <summary>What it is.</summary>
    public required KycKind Kind { get; init; }

    /// <summary>The type that its content has.</summary>
    public required FileType Type { get; init; }

    /// <summary>Bytes of the cleaned file.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the cleaned file, 32 bytes; null once it is erased.</summary>
    public byte[]? Sha256 { get; init; }

    /// <summary>Where it stands.</summary>
    public KycState State { get; init; }

    /// <summary>Why it was rejected, or a note of approval; null without.</summary>
    public string? Reason { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>The account of the operator who decided.</summary>
    public AccountId? ReviewedBy { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>The file's data key, sealed under the document's id; null once it is erased, and with it the file can't be read by anybody.</summary>
    public byte[]? SealedKey { get; init; }

    /// <summary>The file's name in the object store; null once it is erased.</summary>
    public string? ObjectName { get; init; }

    /// <summary>When the content was erased and only the decision kept; null while there is content.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}
