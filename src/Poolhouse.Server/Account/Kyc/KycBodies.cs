using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Server.Account.Kyc;

/// <summary><c>POST kyc/documents/{id}/review</c>.</summary>
internal sealed record KycReviewBody(string? Decision, string? Reason);

/// <summary><c>GET kyc</c>.</summary>
/// <param name="Status"><c>none</c>, <c>pending</c>, <c>approved</c> or <c>rejected</c>.</param>
/// <param name="Reason">Why, when rejected.</param>
internal sealed record KycStatusAnswer(string Status, string? Reason);

/// <summary><c>GET kyc/documents</c>.</summary>
internal sealed record KycDocumentsAnswer(IReadOnlyList<KycDocumentAnswer> Documents);

/// <summary><c>GET kyc/reviews</c>.</summary>
/// <param name="Documents">The oldest first.</param>
/// <param name="Next">For <c>?after=</c>; null on the last page.</param>
internal sealed record KycReviewsAnswer(IReadOnlyList<KycDocumentAnswer> Documents, string? Next);

/// <summary>A document without its content.</summary>
internal sealed record KycDocumentAnswer
{
    /// <summary>UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Whose; for operators only.</summary>
    public string? AccountId { get; init; }

    /// <summary>What the person says it is.</summary>
    public required string Kind { get; init; }

    /// <summary>The media type of its content.</summary>
    public required string Type { get; init; }

    /// <summary>Bytes as kept, without metadata.</summary>
    public required long Bytes { get; init; }

    /// <summary><c>pending</c>, <c>approved</c> or <c>rejected</c>.</summary>
    public required string State { get; init; }

    /// <summary>The operator's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>When its content was erased.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>As the person or, with the account's id, an operator sees it.</summary>
    public static KycDocumentAnswer Of(KycDocument document, bool forOperator = false) => new()
    {
        Id = document.Id,
        AccountId = forOperator ? document.AccountId?.Value : null,
        Kind = KycWords.Of(document.Kind),
        Type = document.Type.MediaType(),
        Bytes = document.Bytes,
        State = KycWords.Of(document.State),
        Reason = document.Reason,
        UploadedAt = document.UploadedAt,
        ReviewedAt = document.ReviewedAt,
        ErasedAt = document.ErasedAt,
    };
}
