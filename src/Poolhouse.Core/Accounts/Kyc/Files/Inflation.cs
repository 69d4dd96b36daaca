using System.IO.Compression;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>Unpacks zlib streams (RFC 1950) with a budget, so that a small file can't become a large one in whoever opens it.</summary>
/// <param name="budget">Bytes that all streams of a file may unpack to together.</param>
internal sealed class Inflation(long budget)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private long _left = budget;

    /// <summary>Unpacks only to see how many bytes there are.</summary>
    public long Measure(ReadOnlyMemory<byte> packed) => Run(packed, null);

    /// <summary>Unpacks; more than <paramref name="most"/> bytes are refused.</summary>
    public byte[] Unpack(ReadOnlyMemory<byte> packed, int most)
    {
        using var output = new BoundedStream(most);
        Run(packed, output);
        return output.ToArray();
    }

    private long Run(ReadOnlyMemory<byte> packed, BoundedStream? output)
    {
        long total = 0;
        try
        {
            using var source = new ReadOnlyMemoryStream(packed);
            using var inflater = new ZLibStream(source, CompressionMode.Decompress);
            int read;
            while ((read = inflater.Read(_buffer)) > 0)
            {
                total += read;
                _left -= read;
                if (_left < 0) throw new FileRefusedException(FileDefect.TooLargeUnpacked);
                output?.Write(_buffer.AsSpan(0, read));
            }
        }
        catch (InvalidDataException)
        {
            throw FileRefusedException.Malformed;
        }

        return total;
    }

    private sealed class BoundedStream(int most) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > most) throw new FileRefusedException(FileDefect.TooLargeUnpacked);
            base.Write(buffer);
        }
    }

    // Memory as a stream without a copy.
    private sealed class ReadOnlyMemoryStream(ReadOnlyMemory<byte> memory) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => memory.Length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, memory.Length - _position);
            memory.Span.Slice(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
