using System.Net.Sockets;
using System.Text;
using Poolhouse.Messaging.Sending;

namespace Poolhouse.Server.Health;

/// <summary>
/// The mail server, or that there is none: without it mail waits, and everything else goes on. It is greeted and left again (RFC 5321 §4.1.1); no name, password
/// or address is said, so whether it takes the password shows with the first mail.
/// </summary>
/// <param name="smtp">Null where none is configured.</param>
/// <param name="hasMailbox">Whether mail then goes to the mailbox of Development.</param>
internal sealed class SmtpCheck(SmtpOptions? smtp, bool hasMailbox) : IEngineCheck
{
    private const int MostLines = 100;

    public string Name => "mail";

    public bool IsRequired => false;

    public async ValueTask<EngineState> CheckAsync(CancellationToken ct)
    {
        if (smtp is null)
        {
            return hasMailbox
                ? EngineState.Well("Mail goes to the mailbox of Development.")
                : EngineState.Out("Nothing carries mail: set Smtp or Ses. Until then it waits, and is given up when its code has expired.");
        }

        try
        {
            return await GreetAsync(smtp, ct);
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return EngineState.Out("The mail server does not answer; mail waits.");
        }
    }

    private static async Task<EngineState> GreetAsync(SmtpOptions smtp, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(smtp.Host, smtp.Port, ct);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        if (await ReplyAsync(reader, ct) is not ["220", ..]) return EngineState.Out("What listens at the mail server's address does not greet like one, or takes no mail now.");
        await writer.WriteLineAsync("EHLO localhost".AsMemory(), ct);
        var offers = await ReplyAsync(reader, ct);
        await writer.WriteLineAsync("QUIT".AsMemory(), ct);
        if (offers is not ["250", ..]) return EngineState.Out("The mail server answers, but does not want to talk to this node.");
        return smtp.UseTls && !offers.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase)
            ? EngineState.Out("The mail server offers no STARTTLS, without which nothing is sent; tls=false would send in the clear.")
            : EngineState.Well("The mail server answers.");
    }

    /// <summary>The code, then the text of each line; empty for what is no reply.</summary>
    private static async Task<List<string>> ReplyAsync(StreamReader reader, CancellationToken ct)
    {
        List<string> reply = [];
        for (var i = 0; i < MostLines; i++)
        {
            if (await reader.ReadLineAsync(ct) is not { Length: >= 3 } line || !line[..3].All(char.IsAsciiDigit)) return [];
            if (reply.Count == 0) reply.Add(line[..3]);
            reply.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (line.Length == 3 || line[3] != '-') return reply;
        }

        return [];
    }
}
