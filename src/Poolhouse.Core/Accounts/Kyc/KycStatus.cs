namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>What an account's documents come to.</summary>
/// <param name="State">Null for none: nothing was uploaded.</param>
/// <param name="Reason">Why, when rejected.</param>
public sealed record KycStatus(KycState? State, string? Reason)
{
    /// <summary>
    /// The newest document of each kind counts, so that a new photo of a passport takes the place of the rejected one. One rejected makes
    /// the whole rejected, because somebody has to act; else one that waits makes it pending; else all are approved.
    /// </summary>
    public static KycStatus Of(IEnumerable<KycDocument> documents)
    {
        var newest = documents
            .GroupBy(document => document.Kind)
            .Select(kind => kind.OrderByDescending(document => document.UploadedAt).ThenByDescending(document => document.Id, StringComparer.Ordinal).First())
            .ToList();
        if (newest.Count == 0) return new KycStatus(null, null);
        var rejected = newest.Where(document => document.State == KycState.Rejected).OrderByDescending(document => document.ReviewedAt).FirstOrDefault();
        if (rejected is not null) return new KycStatus(KycState.Rejected, rejected.Reason);
        return new KycStatus(newest.Exists(document => document.State == KycState.Pending) ? KycState.Pending : KycState.Approved, null);
    }
}
