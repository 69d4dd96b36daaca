using System.Buffers;
using System.Text;

namespace Poolhouse.Core.Imports;

/// <summary>One row of a file.</summary>
/// <param name="Line">The line it begins at, from 1.</param>
/// <param name="Fields">Its values, trimmed.</param>
/// <param name="Problem">What is wrong with its form; null when nothing is.</param>
public sealed record CsvRow(long Line, IReadOnlyList<string> Fields, CsvProblem? Problem);

/// <summary>Why a row can't be read.</summary>
public enum CsvProblem
{
    /// <summary>More than 16,000 characters.</summary>
    TooLong,

    /// <summary>Not UTF-8.</summary>
    NotUtf8,

    /// <summary>Something between a closing quotation mark and the next comma.</summary>
    TextAfterQuote,

    /// <summary>A quotation mark that nothing closes: where the next row begins can't be known.</summary>
    Unclosed,
}

/// <summary>
/// Reads a file row by row: RFC 4180, and Cognito's own way to write a comma, <c>\,</c> ("Creating the user import CSV file"). A row with
/// a problem is read to its true end, so that nothing within it can pass for another row.
/// </summary>
/// <param name="read">The bytes from a position on, as many as there are at hand; none at the end.</param>
/// <param name="position">Where to begin; bytes.</param>
/// <param name="line">The line number there.</param>
public sealed class CsvReader(Func<long, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> read, long position = 0, long line = 1)
{
    /// <summary>Characters of a row, commas included.</summary>
    public const int MaxCharacters = 16_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _field = new();
    private ReadOnlyMemory<byte> _buffer;
    private int _at;
    private List<string> _fields = [];
    private CsvProblem? _problem;
    private int _characters;

    private enum State
    {
        Start,
        Plain,
        Backslash,
        Quoted,
        Quote,
    }

    /// <summary>Where the next row begins; bytes.</summary>
    public long Position { get; private set; } = position;

    /// <summary>The line number there.</summary>
    public long Line { get; private set; } = line;

    /// <summary>The next row that isn't empty; null at the end.</summary>
    public async ValueTask<CsvRow?> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            if (await ReadOneAsync(ct) is not { } row) return null;
            if (row.Problem is not null || row.Fields.Count > 1 || row.Fields[0].Length > 0) return row;
        }
    }

    private async ValueTask<CsvRow?> ReadOneAsync(CancellationToken ct)
    {
        var (start, line, state, count) = (Line, Line, State.Start, 0L);
        (_fields, _problem, _characters) = ([], null, 0);
        _field.ResetWrittenCount();
        while (true)
        {
            if (_at == _buffer.Length)
            {
                (_buffer, _at) = (await read(Position + count, ct), 0);
                if (_buffer.Length == 0) break;
            }

            // As far as the bytes at hand go, without a state machine of the compiler's between one byte and the next.
            var (isEnd, used) = Take(_buffer.Span[_at..], ref state, ref line);
            _at += used;
            count += used;
            if (!isEnd) continue;
            (Position, Line) = (Position + count, line);
            EndField();
            return new CsvRow(start, _fields, _problem);
        }

        if (count == 0) return null;
        if (state == State.Backslash) Append((byte)'\\');
        if (state == State.Quoted) _problem = CsvProblem.Unclosed;
        (Position, Line) = (Position + count, line + 1);
        EndField();
        return new CsvRow(start, _fields, _problem);
    }

    private (bool IsEnd, int Used) Take(ReadOnlySpan<byte> bytes, ref State state, ref long line)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if ((b & 0xC0) != 0x80 && b is not ((byte)'\r' or (byte)'\n') && ++_characters > MaxCharacters) _problem = CsvProblem.TooLong;
            if (b == '\n')
            {
                line++;
                if (state == State.Backslash) Append((byte)'\\');
                if (state != State.Quoted) return (true, i + 1);
            }

            state = Next(state, b);
        }

        return (false, bytes.Length);
    }

    private State Next(State state, byte b)
    {
        switch (state)
        {
            case State.Quoted:
                if (b == '"') return State.Quote;
                Append(b);
                return State.Quoted;
            case State.Quote when b == '"':
                Append(b);
                return State.Quoted;
            case State.Backslash when b == ',':
                Append(b);
                return State.Plain;
            case State.Backslash:
                Append((byte)'\\');
                break;
            case State.Start when b == '"':
                return State.Quoted;
        }

        switch (b)
        {
            case (byte)',':
                EndField();
                return State.Start;
            case (byte)'\\' when state != State.Quote:
                return State.Backslash;
        }

        if (state == State.Quote)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r')) _problem ??= CsvProblem.TextAfterQuote;
            return State.Quote;
        }

        Append(b);
        return State.Plain;
    }

    private void Append(byte b)
    {
        if (_problem is not null) return;
        _field.GetSpan(1)[0] = b;
        _field.Advance(1);
    }

    private void EndField()
    {
        try
        {
            if (_problem is null) _fields.Add(Strict.GetString(_field.WrittenSpan).Trim());
        }
        catch (DecoderFallbackException)
        {
            _problem = CsvProblem.NotUtf8;
        }

        _field.ResetWrittenCount();
    }
}
