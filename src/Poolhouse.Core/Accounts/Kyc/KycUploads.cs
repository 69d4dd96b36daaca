using System.Security.Cryptography;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>What became of an upload.</summary>
public abstract record KycUploadOutcome
{
    private KycUploadOutcome()
    {
    }

    /// <summary>It waits for review.</summary>
    public sealed record Taken(KycDocument Document) : KycUploadOutcome;

    /// <summary>The file is not one that is taken.</summary>
    public sealed record Refused(FileDefect Defect) : KycUploadOutcome;

    /// <summary>The scanner found malware.</summary>
    public sealed record Infected : KycUploadOutcome;

    /// <summary>The account has used up its day.</summary>
    public sealed record QuotaExceeded : KycUploadOutcome;

    /// <summary>Scanner or object store don't answer, or the account went away meanwhile: nothing is kept.</summary>
    public sealed record Unavailable : KycUploadOutcome;
}

/// <summary>
/// Takes uploads. Order is what keeps the two stores together: the object's name is noted as a leftover, then the object written, then, in one
/// transaction, the document added and the note removed. Whatever stops it between leaves a note, by which upkeep removes the object.
/// </summary>
/// <param name="database">Where documents are.</param>
/// <param name="objects">Where their files are.</param>
/// <param name="scanner">Looks for malware.</param>
/// <param name="sealer">Seals data keys.</param>
/// <param name="random">For ids, names and keys.</param>
/// <param name="limits">What the operator set.</param>
public sealed class KycUploads(IDatabase database, IObjectStore objects, KycScanner scanner, Sealer sealer, IRandom random, KycLimits limits) : IDisposable
{
    /// <summary>How long an upload may take between noting its object and adding its document; longer than every time-out on the way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    // Unpacking is work for a processor and takes memory; who waits here holds 10 MiB at most.
    private readonly SemaphoreSlim _cleaning = new(2);

    /// <summary>Checks, cleans, scans, encrypts and keeps a file.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="kind">What they say it is.</param>
    /// <param name="file">As it came; at most <see cref="FileLimits.Bytes"/>.</param>
    /// <param name="note">The audit log's entry, written with the document.</param>
    /// <param name="now">The request's time.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<KycUploadOutcome> TakeAsync(
        Account account, KycKind kind, ReadOnlyMemory<byte> file, Func<KycDocument, AuditEntry> note, DateTimeOffset now, CancellationToken ct)
    {
        // Before any work, so that refused files count too: what they cost is the work.
        if (!await database.WriteAsync(unit => unit.Kyc.UseQuotaAsync(account.Id, file.Length, limits.UploadsPerDay, limits.BytesPerDay, now, ct), ct)) return new KycUploadOutcome.QuotaExceeded();
        var cleaned = await CleanAsync(file, ct);
        if (cleaned is CleanOutcome.Refused refused) return new KycUploadOutcome.Refused(refused.Defect);

        // As it came: what cleaning leaves out is what malware would be in.
        switch (await scanner.ScanAsync(file, ct))
        {
            case ScanVerdict.Clean:
                break;
            case ScanVerdict.Infected:
                return new KycUploadOutcome.Infected();
            default:
                return new KycUploadOutcome.Unavailable();
        }

        var (type, bytes) = (CleanOutcome.Clean)cleaned;
        var key = random.Bytes(FileCipher.KeyLength);
        try
        {
            var document = New(account, kind, type, bytes, key, now);
            return await KeepAsync(document, FileCipher.Encrypt(bytes, key), note(document), now, ct) ? new KycUploadOutcome.Taken(document) : new KycUploadOutcome.Unavailable();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cleaning.Dispose();

    private async ValueTask<CleanOutcome> CleanAsync(ReadOnlyMemory<byte> file, CancellationToken ct)
    {
        await _cleaning.WaitAsync(ct);
        try
        {
            return FileCleaner.Clean(file);
        }
        finally
        {
            _cleaning.Release();
        }
    }

    private KycDocument New(Account account, KycKind kind, FileType type, byte[] bytes, byte[] key, DateTimeOffset now)
    {
        var id = random.UuidText();
        return new KycDocument
        {
            Id = id,
            AccountId = account.Id,
            Application = account.Application,
            Kind = kind,
            Type = type,
            Bytes = bytes.Length,
            Sha256 = SHA256.HashData(bytes),
            UploadedAt = now,
            SealedKey = sealer.Seal(key, SealPurpose.KycFile, SealContext.Of(id)),
            ObjectName = Convert.ToHexStringLower(random.Bytes(16)),
        };
    }

    private async ValueTask<bool> KeepAsync(KycDocument document, byte[] sealedFile, AuditEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        await database.WriteAsync(unit => unit.Kyc.AddLeftoverAsync(document.ObjectName!, now + Patience, ct), ct);
        try
        {
            await objects.PutAsync(document.ObjectName!, sealedFile, ct);
        }
        catch (ObjectStoreException)
        {
            return false;
        }

        return await database.WriteAsync(
            async unit =>
            {
                var isKept = await unit.Kyc.CreateAsync(document, ct);
                if (isKept) await unit.Audit.AddAsync(entry, ct);
                else unit.Abandon();
                return isKept;
            },
            ct);
    }
}
