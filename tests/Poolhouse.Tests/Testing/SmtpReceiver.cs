using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Poolhouse.Tests.Testing;

/// <summary>What the receiver does at one command; the default is to accept.</summary>
/// <param name="Reply">The whole reply line; null accepts.</param>
/// <param name="Drops">Closes the connection instead of a reply.</param>
/// <param name="Stalls">Never replies.</param>
public sealed record SmtpAnswer(string? Reply = null, bool Drops = false, bool Stalls = false)
{
    public static readonly SmtpAnswer Accept = new();
    public static readonly SmtpAnswer Drop = new(Drops: true);
    public static readonly SmtpAnswer Stall = new(Stalls: true);

    public static SmtpAnswer With(string reply) => new(reply);
}

/// <summary>A mail as it came over the wire.</summary>
/// <param name="From">The envelope's sender.</param>
/// <param name="To">The envelope's recipients.</param>
/// <param name="Data">Header and body, dot-unstuffed.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Data)
{
    public IReadOnlyList<string> HeaderLines => Data.Split("\r\n\r\n", 2)[0].Split("\r\n");

    /// <summary>The unfolded values of one header.</summary>
    public IReadOnlyList<string> Header(string name) =>
        [.. Data.Split("\r\n\r\n", 2)[0].Replace("\r\n ", " ").Replace("\r\n\t", " ").Split("\r\n")
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim())];
}

/// <summary>A small SMTP server on a free loopback port. Answers as <see cref="Answer"/> says, and keeps what it accepted.</summary>
public sealed class SmtpReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SmtpReceiver()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<ReceivedMail> Mails { get; } = new();

    public int Connections => _connections;

    /// <summary>Asked with <c>CONNECT</c>, each command's verb, and <c>.</c> for the end of the data.</summary>
    public Func<string, SmtpAnswer> Answer { get; set; } = _ => SmtpAnswer.Accept;

    /// <summary>Extensions announced after EHLO.</summary>
    public IReadOnlyList<string> Extensions { get; set; } = ["8BITMIME", "SMTPUTF8"];

    private int _connections;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
        await Task.WhenAll(sessions);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await SessionAsync(reader, writer);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException) { }
    }

    private async Task SessionAsync(StreamReader reader, StreamWriter writer)
    {
        var from = "";
        List<string> to = [];
        if (!await ReplyAsync(writer, "CONNECT", "220 receiver")) return;
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var verb = line.Split(' ', 2)[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    var lines = new[] { "receiver" }.Concat(Extensions).ToList();
                    var ehlo = string.Join("\r\n", lines.Select((l, i) => (i == lines.Count - 1 ? "250 " : "250-") + l));
                    if (!await ReplyAsync(writer, verb, ehlo)) return;
                    break;
                case "MAIL":
                    from = Path(line);
                    to = [];
                    if (!await ReplyAsync(writer, verb, "250 ok")) return;
                    break;
                case "RCPT":
                    to.Add(Path(line));
                    if (!await ReplyAsync(writer, verb, "250 ok")) return;
                    break;
                case "DATA":
                    var answer = Answer(verb);
                    if (!await ReplyAsync(writer, answer, "354 go on")) return;
                    if (answer.Reply is not null) break;
                    var data = new StringBuilder();
                    string? content;
                    while ((content = await reader.ReadLineAsync(_stop.Token)) is not (null or "."))
                        data.Append(content.StartsWith('.') ? content[1..] : content).Append("\r\n");
                    // Without the dot the mail never came (RFC 5321 §4.1.1.4); the sender will try again.
                    if (content is null) return;
                    var end = Answer(".");
                    if (end.Reply is null) Mails.Enqueue(new ReceivedMail(from, to, data.ToString()));
                    if (!await ReplyAsync(writer, end, "250 taken")) return;
                    break;
                case "QUIT":
                    await ReplyAsync(writer, verb, "221 bye");
                    return;
                default:
                    if (!await ReplyAsync(writer, verb, "250 ok")) return;
                    break;
            }
        }
    }

    private Task<bool> ReplyAsync(StreamWriter writer, string verb, string accept) => ReplyAsync(writer, Answer(verb), accept);

    private async Task<bool> ReplyAsync(StreamWriter writer, SmtpAnswer answer, string accept)
    {
        if (answer.Drops) return false;
        if (answer.Stalls) await Task.Delay(Timeout.Infinite, _stop.Token);
        await writer.WriteAsync((answer.Reply ?? accept) + "\r\n");
        return true;
    }

    private static string Path(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
}
