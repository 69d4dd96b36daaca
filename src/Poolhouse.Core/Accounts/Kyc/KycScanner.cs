namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>The configured scanner; where there is none, nothing is scanned and everything passes.</summary>
public sealed class KycScanner(IMalwareScanner? configured)
{
    /// <summary>What the scanner says.</summary>
    public Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> file, CancellationToken ct) =>
        configured is null ? Task.FromResult(ScanVerdict.Clean) : configured.ScanAsync(file, ct);

    /// <summary>Whether it is there; true where none is configured.</summary>
    public Task<bool> AnswersAsync(CancellationToken ct) => configured is null ? Task.FromResult(true) : configured.AnswersAsync(ct);
}
