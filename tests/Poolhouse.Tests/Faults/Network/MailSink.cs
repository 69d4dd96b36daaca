using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Poolhouse.Tests.Faults.Network;

/// <summary>A mail that was accepted.</summary>
/// <param name="Id">Its Message-ID: the same for every copy of one mail.</param>
/// <param name="To">Its recipient.</param>
/// <param name="Code">The code in it; null where there is none.</param>
/// <param name="At">When it was accepted.</param>
/// <param name="IsAnswered">Whether the sender was told.</param>
internal sealed record SunkMail(string Id, string To, string? Code, DateTimeOffset At, bool IsAnswered);

/// <summary>
/// An SMTP server on a port of its own that keeps what it accepted. It can be killed and started anew, and die between accepting a mail and saying so,
/// which no sender can tell from dying before it.
/// </summary>
internal sealed partial class MailSink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, List<SunkMail>> byRecipient = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<TcpClient, bool> clients = new();
    private TcpListener? listener;
    private Task accepting = Task.CompletedTask;
    private int deaths;

    /// <summary>Where it listens, also while it is dead.</summary>
    public int Port { get; } = Testing.Ports.Free();

    /// <summary>Everything that was accepted.</summary>
    public IReadOnlyList<SunkMail> All => [.. byRecipient.Values.SelectMany(Copy)];

    /// <summary>Starts, or starts anew.</summary>
    public void Start()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    /// <summary>It dies: every connection breaks, and nobody takes another.</summary>
    public async Task KillAsync()
    {
        listener?.Stop();
        foreach (var client in clients.Keys) Reset(client);
        await accepting;
    }

    /// <summary>The next mails are kept, and the connection breaks before the sender hears so.</summary>
    public void DieAfterAccepting(int mails) => Volatile.Write(ref deaths, mails);

    /// <summary>How often a mail was kept whose sender never heard so.</summary>
    public int Unanswered => All.Count(mail => !mail.IsAnswered);

    /// <summary>Different mails to somebody.</summary>
    public int Count(string to) => To(to).Select(mail => mail.Id).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Mails to somebody, copies too, oldest first.</summary>
    public IReadOnlyList<SunkMail> To(string to) => byRecipient.TryGetValue(to, out var mails) ? Copy(mails) : [];

    /// <summary>The newest code that somebody got; null before the first.</summary>
    public string? NewestCode(string to) => To(to) is [.., { Code: { } code }] ? code : null;

    public async ValueTask DisposeAsync() => await KillAsync();

    private static List<SunkMail> Copy(List<SunkMail> mails)
    {
        lock (mails) return [.. mails];
    }

    private async Task AcceptAsync(TcpListener on)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await on.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            clients[client] = true;
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await TalkAsync(client, reader, text => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n")).AsTask());
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The sender went, or this server was killed.
        }
        finally
        {
            clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task TalkAsync(TcpClient client, StreamReader reader, Func<string, Task> reply)
    {
        var to = "";
        await reply("220 sink");
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await reply("250-sink\r\n250 8BITMIME");
                    break;
                case "RCPT":
                    to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    await reply("250 ok");
                    break;
                case "DATA":
                    await reply("354 go on");
                    if (await ReadMailAsync(reader) is not { } data) return;
                    var dies = Interlocked.Decrement(ref deaths) >= 0;
                    Keep(to, data, !dies);
                    if (dies)
                    {
                        Reset(client);
                        return;
                    }

                    await reply("250 taken");
                    break;
                case "QUIT":
                    await reply("221 bye");
                    return;
                default:
                    await reply("250 ok");
                    break;
            }
        }
    }

    // RFC 5321 §4.1.1.4: without the dot it never came.
    private static async Task<string?> ReadMailAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == ".") return data.ToString();
            data.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        }

        return null;
    }

    private void Keep(string to, string data, bool isAnswered)
    {
        var id = MessageId().Match(data).Groups["id"].Value;
        var code = Code().Match(Plain(data));
        var mails = byRecipient.GetOrAdd(to, static _ => []);
        lock (mails) mails.Add(new SunkMail(id, to, code.Success ? code.Groups["code"].Value : null, DateTimeOffset.UtcNow, isAnswered));
    }

    // RFC 2045 §6.7; codes are digits, so a byte at a time will do.
    private static string Plain(string data) => Quoted().Replace(
        PlainPart().Match(data).Groups["text"].Value.Replace("=\n", "", StringComparison.Ordinal),
        quoted => ((char)Convert.ToByte(quoted.Groups["hex"].Value, 16)).ToString());

    private static void Reset(TcpClient client)
    {
        try
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It was closed already.
        }
    }

    [GeneratedRegex(@"^Message-ID: <(?<id>[^>]+)>", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex MessageId();

    [GeneratedRegex(@"Content-Type: text/plain.*?\n\n(?<text>.*?)(\n--|$)", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex PlainPart();

    [GeneratedRegex("=(?<hex>[0-9A-F]{2})", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<!\d)(?<code>\d{6})(?!\d)", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
