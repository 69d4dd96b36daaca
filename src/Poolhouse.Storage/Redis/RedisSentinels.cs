using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Storage.Redis;

/// <summary>
/// Asks Sentinels who the primary is: the first that answers, as their clients do (https://redis.io/docs/latest/develop/reference/sentinel-clients/). The
/// driver has no part in it, for this version of it knows only how to word the question, not what to do with the answer.
/// </summary>
internal sealed class RedisSentinels(RedisSettings settings, TimeProvider clock)
{
    // One that doesn't answer in this time is passed over.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // A name or an address, a port and the counts before them.
    private const int LongestLine = 512;

    // Who answered last is asked first.
    private volatile int first;

    /// <summary>The primary's address; null where no Sentinel answers, or knows the name.</summary>
    public async ValueTask<EndPoint?> FindAsync(CancellationToken ct)
    {
        var sentinels = settings.Driver.EndPoints;
        var start = first;
        for (var i = 0; i < sentinels.Count; i++)
        {
            var index = (start + i) % sentinels.Count;
            if (await AskAsync(sentinels[index], ct) is not { } found) continue;
            first = index;
            return found;
        }

        return null;
    }

    private async ValueTask<EndPoint?> AskAsync(EndPoint sentinel, CancellationToken ct)
    {
        try
        {
            return await Deadline.RunAsync(stop => TalkAsync(sentinel, stop), Patience, clock, ct);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or TimeoutException or FormatException)
        {
            return null;
        }
    }

    private async Task<EndPoint?> TalkAsync(EndPoint sentinel, CancellationToken ct)
    {
        using var client = new TcpClient { NoDelay = true };
        var (host, port) = sentinel switch
        {
            DnsEndPoint name => (name.Host, name.Port),
            IPEndPoint address => (address.Address.ToString(), address.Port),
            _ => throw new FormatException("A Sentinel has a host and a port."),
        };
        await client.ConnectAsync(host, port, ct);
        await using var stream = await SecureAsync(client.GetStream(), host, ct);
        if (settings.SentinelPassword is { } password)
        {
            await SendAsync(stream, ["AUTH", password], ct);
            if (await ReadLineAsync(stream, ct) != "+OK") return null;
        }

        await SendAsync(stream, ["SENTINEL", "get-master-addr-by-name", settings.ServiceName!], ct);
        // *-1 where it doesn't know the name, -NOAUTH and others where it doesn't say.
        if (await ReadLineAsync(stream, ct) != "*2") return null;
        var answered = await ReadBulkAsync(stream, ct);
        var number = int.Parse(await ReadBulkAsync(stream, ct), NumberStyles.None, CultureInfo.InvariantCulture);
        return IPAddress.TryParse(answered, out var parsed) ? new IPEndPoint(parsed, number) : new DnsEndPoint(answered, number);
    }

    private async ValueTask<Stream> SecureAsync(NetworkStream plain, string host, CancellationToken ct)
    {
        if (!settings.Driver.Ssl) return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = settings.Driver.SslHost ?? host,
                EnabledSslProtocols = settings.Driver.SslProtocols ?? SslProtocols.None,
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) => settings.IsTrusted(certificate, chain, errors),
            },
            ct);
        return secure;
    }

    private static async ValueTask SendAsync(Stream stream, IReadOnlyList<string> words, CancellationToken ct)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Count}\r\n");
        foreach (var word in words) text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
    }

    // Neither an address nor a port has a line's end in it, so that the announced length needs no more than to be there.
    private static async ValueTask<string> ReadBulkAsync(Stream stream, CancellationToken ct) =>
        (await ReadLineAsync(stream, ct)).StartsWith('$') ? await ReadLineAsync(stream, ct) : throw new FormatException("A Sentinel answers with two texts.");

    private static async ValueTask<string> ReadLineAsync(Stream stream, CancellationToken ct)
    {
        var line = new StringBuilder();
        var buffer = new byte[1];
        while (line.Length < LongestLine)
        {
            await stream.ReadExactlyAsync(buffer, ct);
            if (buffer[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)buffer[0]);
        }

        throw new FormatException("A Sentinel answers in short lines.");
    }
}
