namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>
/// What reading one file may cost. Each value takes some fifty bytes of memory for as little as two of the file; documents of 20 pages have some ten thousand.
/// And the same bytes may be read many times, by objects that lie within each other.
/// </summary>
internal sealed class PdfBudget
{
    private int _left = 1_000_000;
    private long _bytesLeft = 8L * FileLimits.Bytes;

    /// <summary>One more value.</summary>
    public void Spend()
    {
        if (--_left < 0) throw FileRefusedException.Unsupported;
    }

    /// <summary>So many bytes read.</summary>
    public void SpendBytes(long count)
    {
        if ((_bytesLeft -= count) < 0) throw FileRefusedException.Unsupported;
    }
}
