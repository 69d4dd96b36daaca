using System.Security.Cryptography;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>What became of a review.</summary>
public abstract record KycReviewOutcome
{
    private KycReviewOutcome()
    {
    }

    /// <summary>It is decided.</summary>
    public sealed record Decided(KycDocument Document) : KycReviewOutcome;

    /// <summary>There is no such document in the reviewer's application.</summary>
    public sealed record Unknown : KycReviewOutcome;

    /// <summary>Somebody has decided already.</summary>
    public sealed record AlreadyDecided : KycReviewOutcome;

    /// <summary>It is the reviewer's own.</summary>
    public sealed record OwnDocument : KycReviewOutcome;
}

/// <summary>What operators do with documents of their application. Of another's they learn nothing, not even that they exist.</summary>
public sealed class KycReviews(IDatabase database, IObjectStore objects, Sealer sealer)
{
    /// <summary>A document that the reviewer may see, or null.</summary>
    public async ValueTask<KycDocument?> FindAsync(Account reviewer, string id, CancellationToken ct) =>
        await database.ReadAsync(stores => stores.Kyc.FindAsync(id, ct), ct) is { AccountId: not null } document && document.Application == reviewer.Application ? document : null;

    /// <summary>Decides. Of reviewers who decide at once one does.</summary>
    /// <param name="reviewer">The operator.</param>
    /// <param name="id">The document.</param>
    /// <param name="decision">Approved or rejected.</param>
    /// <param name="reason">Required for a rejection by the route.</param>
    /// <param name="note">The audit log's entry, written with the decision.</param>
    /// <param name="now">The request's time.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<KycReviewOutcome> DecideAsync(
        Account reviewer, string id, KycState decision, string? reason, Func<KycDocument, AuditEntry> note, DateTimeOffset now, CancellationToken ct)
    {
        if (await FindAsync(reviewer, id, ct) is not { } document) return new KycReviewOutcome.Unknown();
        // Four eyes: who is asked who they are doesn't answer it.
        if (document.AccountId == reviewer.Id) return new KycReviewOutcome.OwnDocument();
        var entry = note(document);
        var decided = await database.WriteAsync(
            async unit =>
            {
                var won = await unit.Kyc.ReviewAsync(id, decision, reason, reviewer.Id, now, ct);
                if (won is not null) await unit.Audit.AddAsync(entry, ct);
                return won;
            },
            ct);
        return decided is null ? new KycReviewOutcome.AlreadyDecided() : new KycReviewOutcome.Decided(decided);
    }

    /// <summary>The cleaned file, decrypted and whole; null when it was erased.</summary>
    /// <exception cref="ObjectStoreException">The object store is away.</exception>
    /// <exception cref="InvalidDataException">The object is not the one that was written.</exception>
    public async ValueTask<byte[]?> OpenAsync(KycDocument document, CancellationToken ct)
    {
        if (document is not { SealedKey: { } sealedKey, ObjectName: { } name }) return null;
        if (!sealer.TryOpen(sealedKey, SealPurpose.KycFile, SealContext.Of(document.Id), out var key)) throw new InvalidDataException("The data key can't be opened.");
        try
        {
            // Rewritten PDF documents may be larger than what came.
            if (await objects.FindAsync(name, 3 * FileLimits.Bytes, ct) is not { } sealedFile)
            {
                // Erased between the two reads, or lost.
                var current = await database.ReadAsync(stores => stores.Kyc.FindAsync(document.Id, ct), ct);
                return current?.ObjectName is null ? null : throw new InvalidDataException("The object store has lost a document.");
            }

            var file = FileCipher.Decrypt(sealedFile, key) ?? throw new InvalidDataException("The object is not what was written.");
            return document.Sha256 is { } hash && CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(file)) ? file : throw new InvalidDataException("The object is another document's.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
