using System.Globalization;
using System.Text;

namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>Reads objects: ISO 32000-2 §7.2 and §7.3. Streams are read by <see cref="PdfFile"/>, which knows their length.</summary>
/// <param name="source">What is read.</param>
/// <param name="budget">How many values the file may still have.</param>
/// <param name="position">Where to start.</param>
internal sealed class PdfLexer(ReadOnlyMemory<byte> source, PdfBudget budget, int position = 0)
{
    private const int MaxDepth = 64;
    private const int MaxName = 1024;

    public int Position { get; set; } = position >= 0 && position <= source.Length ? position : throw FileRefusedException.Malformed;

    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return Position == source.Length;
        }
    }

    private ReadOnlySpan<byte> Bytes => source.Span;

    /// <summary>The next object.</summary>
    public PdfValue Read()
    {
        var start = Position;
        var value = Read(0);
        budget.SpendBytes(Position - start);
        return value;
    }

    private PdfValue Read(int depth)
    {
        if (depth > MaxDepth) throw FileRefusedException.Unsupported;
        budget.Spend();
        SkipSpace();
        switch (Peek())
        {
            case (byte)'/':
                return new PdfValue.Name(ReadName());
            case (byte)'(':
                return new PdfValue.Literal(ReadLiteral());
            case (byte)'[':
                Position++;
                return ReadArray(depth);
            case (byte)'<' when Peek(1) == '<':
                Position += 2;
                return ReadDictionary(depth);
            case (byte)'<':
                return new PdfValue.Literal(ReadHexadecimal());
            default:
                return ReadPlain();
        }
    }

    /// <summary>The next word; empty before a delimiter and at the end.</summary>
    public string ReadWord()
    {
        SkipSpace();
        var start = Position;
        while (Position < source.Length && IsRegular(Bytes[Position])) Position++;
        if (Position - start > MaxName) throw FileRefusedException.Malformed;
        return Encoding.Latin1.GetString(Bytes[start..Position]);
    }

    /// <summary>The next word, which must be this one.</summary>
    public void Expect(string word)
    {
        if (ReadWord() != word) throw FileRefusedException.Malformed;
    }

    /// <summary>Whether the next word is this one, which is then read.</summary>
    public bool Accept(string word)
    {
        var start = Position;
        if (ReadWord() == word) return true;
        Position = start;
        return false;
    }

    /// <summary>The next word as a whole number that isn't negative.</summary>
    public int ReadInteger() => Integer(ReadWord()) ?? throw FileRefusedException.Malformed;

    /// <summary>Space and comments.</summary>
    public void SkipSpace()
    {
        while (Position < source.Length)
        {
            var next = Bytes[Position];
            if (next == '%')
            {
                while (Position < source.Length && Bytes[Position] is not ((byte)'\r' or (byte)'\n')) Position++;
            }
            else if (IsSpace(next))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }

    private PdfValue.Array ReadArray(int depth)
    {
        var items = new List<PdfValue>();
        while (true)
        {
            SkipSpace();
            if (Peek() == ']') break;
            items.Add(Read(depth + 1));
        }

        Position++;
        return new PdfValue.Array(items);
    }

    private PdfValue.Dictionary ReadDictionary(int depth)
    {
        var entries = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        while (true)
        {
            SkipSpace();
            if (Peek() == '>') break;
            if (Peek() != '/') throw FileRefusedException.Malformed;
            // Twice the same key: programs disagree on which counts, so one of them would see what wasn't checked.
            if (!entries.TryAdd(ReadName(), Read(depth + 1))) throw FileRefusedException.Malformed;
        }

        if (Peek(1) != '>') throw FileRefusedException.Malformed;
        Position += 2;
        return new PdfValue.Dictionary(entries);
    }

    // A number, a reference (which starts with a number), or a keyword.
    private PdfValue ReadPlain()
    {
        var word = ReadWord();
        if (word is "null") return PdfValue.Null.Instance;
        if (word is "true" or "false") return new PdfValue.Plain(word);
        if (!IsNumber(word)) throw FileRefusedException.Malformed;
        if (Integer(word) is { } number)
        {
            var behind = Position;
            if (Integer(ReadWord()) is { } generation && ReadWord() == "R") return new PdfValue.Reference(number, generation);
            Position = behind;
        }

        return new PdfValue.Plain(word);
    }

    // §7.3.5: #xx stands for a byte, so that no two spellings of one name exist from here on.
    private string ReadName()
    {
        Position++;
        var name = new StringBuilder();
        while (Position < source.Length && IsRegular(Bytes[Position]))
        {
            var next = Bytes[Position++];
            if (next == '#' && Position + 1 < source.Length && Digit(Bytes[Position]) is { } high && Digit(Bytes[Position + 1]) is { } low)
            {
                next = (byte)((high << 4) | low);
                Position += 2;
            }

            name.Append((char)next);
            if (name.Length > MaxName) throw FileRefusedException.Malformed;
        }

        return name.ToString();
    }

    // §7.3.4.2
    private byte[] ReadLiteral()
    {
        Position++;
        using var text = new MemoryStream();
        for (var open = 1; ;)
        {
            var next = Take();
            switch (next)
            {
                case (byte)'(':
                    open++;
                    break;
                case (byte)')':
                    if (--open == 0) return text.ToArray();
                    break;
                case (byte)'\\':
                    ReadEscape(text);
                    continue;
                default:
                    break;
            }

            text.WriteByte(next);
        }
    }

    private void ReadEscape(MemoryStream text)
    {
        var next = Take();
        switch (next)
        {
            case (byte)'n':
                text.WriteByte((byte)'\n');
                break;
            case (byte)'r':
                text.WriteByte((byte)'\r');
                break;
            case (byte)'t':
                text.WriteByte((byte)'\t');
                break;
            case (byte)'b':
                text.WriteByte((byte)'\b');
                break;
            case (byte)'f':
                text.WriteByte((byte)'\f');
                break;
            case (byte)'\r':
                if (Peek() == '\n') Position++;
                break;
            case (byte)'\n':
                break;
            case >= (byte)'0' and <= (byte)'7':
                var value = next - '0';
                for (var i = 0; i < 2 && Peek() is >= (byte)'0' and <= (byte)'7'; i++) value = (value * 8) + (Take() - '0');
                text.WriteByte((byte)value);
                break;
            default:
                text.WriteByte(next);
                break;
        }
    }

    // §7.3.4.3: an odd last digit is followed by a zero.
    private byte[] ReadHexadecimal()
    {
        Position++;
        var digits = new List<byte>();
        while (true)
        {
            var next = Take();
            if (next == '>') break;
            if (IsSpace(next)) continue;
            digits.Add(Digit(next) ?? throw FileRefusedException.Malformed);
        }

        if (digits.Count % 2 == 1) digits.Add(0);
        var bytes = new byte[digits.Count / 2];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)((digits[2 * i] << 4) | digits[(2 * i) + 1]);
        return bytes;
    }

    private byte Take()
    {
        if (Position >= source.Length) throw FileRefusedException.Malformed;
        return Bytes[Position++];
    }

    private byte Peek(int ahead = 0) => Position + ahead < source.Length ? Bytes[Position + ahead] : throw FileRefusedException.Malformed;

    private static int? Integer(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static bool IsNumber(string word) =>
        word.Length is > 0 and < 64 && word.Any(char.IsAsciiDigit) && word.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.');

    private static byte? Digit(byte digit) =>
        digit is >= (byte)'0' and <= (byte)'9' ? (byte)(digit - '0')
        : (digit | 0x20) is >= 'a' and <= 'f' ? (byte)((digit | 0x20) - 'a' + 10)
        : null;

    private static bool IsSpace(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsRegular(byte value) =>
        !IsSpace(value) && value is not ((byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%');
}
