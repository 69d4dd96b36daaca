using System.Buffers;

namespace Poolhouse.Server.Wire;

/// <summary>A request's body in a rented buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly byte[] _buffer;

    private RequestBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        Bytes = buffer.AsMemory(0, length);
    }

    /// <summary>What was sent. Not valid after disposal.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads it all; a larger body is refused, by its declared length if it has one.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, int maximum, CancellationToken ct)
    {
        if (request.ContentLength > maximum) throw CognitoException.RequestTooLarge();
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(4096, (request.ContentLength ?? 0) + 1));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length) buffer = Grow(buffer, length);
                var read = await request.Body.ReadAsync(buffer.AsMemory(length), ct);
                if (read == 0) return new RequestBody(buffer, length);
                length += read;
                if (length > maximum) throw CognitoException.RequestTooLarge();
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            throw;
        }
    }

    /// <summary>Returns the buffer, wiped: it held passwords.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);

    private static byte[] Grow(byte[] full, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(full, clearArray: true);
        return larger;
    }
}
