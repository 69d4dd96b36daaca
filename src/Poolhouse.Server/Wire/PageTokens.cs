using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Server.Wire;

/// <summary>
/// NextToken and PaginationToken: a store's cursor, sealed. Clients can't read it, and it opens only for the operation, pool and
/// filter that it was made for, so that a cursor never says anything about another list.
/// </summary>
internal sealed class PageTokens(Sealer sealer)
{
    /// <summary>The token for a page's end; null on the last page.</summary>
    /// <param name="cursor"><c>Page.Next</c>.</param>
    /// <param name="operation">Name of the operation.</param>
    /// <param name="parameters">What must be the same in the next call, the pool first; not the page size, which may change.</param>
    public string? Seal(string? cursor, string operation, params ReadOnlySpan<string?> parameters) => cursor is null
        ? null
        : Base64Url.EncodeToString(sealer.Seal(Encoding.UTF8.GetBytes(cursor), SealPurpose.PageToken, Context(operation, parameters)));

    /// <summary>The cursor in a token; null where none was sent, which is the first page.</summary>
    /// <exception cref="CognitoException">InvalidParameterException for a token that is not of this list.</exception>
    public string? Open(string? token, string operation, params ReadOnlySpan<string?> parameters) =>
        token is null ? null : Find(token, operation, parameters) ?? throw CognitoException.InvalidParameter("Invalid pagination token given.");

    /// <summary>The cursor in a token, or null for one that is not of this list; for operations that have words of their own.</summary>
    public string? Find(string token, string operation, params ReadOnlySpan<string?> parameters)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        var isRead = Base64Url.DecodeFromChars(token, bytes, out _, out var written) == OperationStatus.Done;
        return isRead && sealer.TryOpen(bytes.AsSpan(0, written), SealPurpose.PageToken, Context(operation, parameters), out var clear)
            ? Encoding.UTF8.GetString(clear)
            : null;
    }

    // Each part with its length: no filter can pass for another operation's pool.
    private static byte[] Context(string operation, ReadOnlySpan<string?> parameters)
    {
        var text = new StringBuilder(operation);
        foreach (var parameter in parameters) text.Append('/').Append(parameter?.Length ?? -1).Append(':').Append(parameter);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
