using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Poolhouse.Messaging.Sending;

/// <summary>Talks with a mail server as far as one can without sending: greeting, EHLO, STARTTLS, AUTH LOGIN, QUIT (RFC 5321, RFC 3207, RFC 4954).</summary>
public static class SmtpInspection
{
    private const int LongestReply = 100;

    /// <summary>What is wrong, as a sentence for an operator; null where mail could be sent. Whoever asks sets the time limit.</summary>
    public static async Task<string?> FindProblemAsync(SmtpOptions options, CancellationToken ct)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(options.Host, options.Port, ct);
            await using var plain = client.GetStream();
            using var clear = Lines(plain);
            var talk = new Talk(plain, clear);
            if (await talk.HearAsync(ct) is { Code: not 220 } greeting) return $"It greets with {greeting.Code}, which means that it takes no mail now.";
            var extensions = await talk.AskAsync("EHLO localhost", ct);
            if (extensions.Code != 250) return $"It answers EHLO with {extensions.Code}.";
            if (!options.UseTls) return await SignInAsync(talk, options, extensions, ct);
            if (!extensions.Has("STARTTLS")) return "It offers no STARTTLS, and nothing is sent without; take tls=true from Smtp only if the way there is safe.";
            if (await talk.AskAsync("STARTTLS", ct) is { Code: not 220 } refused) return $"It refuses STARTTLS with {refused.Code}.";
            await using var encrypted = new SslStream(plain, leaveInnerStreamOpen: true);
            await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = options.Host }, ct);
            using var secret = Lines(encrypted);
            talk = new Talk(encrypted, secret);
            return await SignInAsync(talk, options, await talk.AskAsync("EHLO localhost", ct), ct);
        }
        catch (AuthenticationException)
        {
            return "Its certificate is not one that this machine trusts for that name.";
        }
        catch (Exception failure) when (failure is SocketException or IOException or FormatException)
        {
            return failure is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "Nobody listens at that address." : "It does not answer, or not as a mail server.";
        }
    }

    private static async Task<string?> SignInAsync(Talk talk, SmtpOptions options, Reply extensions, CancellationToken ct)
    {
        if (options is { User: { } user, Password: { } password })
        {
            // What System.Net.Mail signs in by.
            if (!extensions.Has("AUTH", "LOGIN")) return "It offers no AUTH LOGIN, which is what signs in here.";
            if (await talk.AskAsync("AUTH LOGIN", ct) is { Code: not 334 } begin) return $"It refuses AUTH LOGIN with {begin.Code}.";
            if (await talk.AskAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(user)), ct) is { Code: not 334 } asked) return $"It refuses the user with {asked.Code}.";
            if (await talk.AskAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(password.Reveal())), ct) is { Code: not 235 } answer) return $"It refuses user and password with {answer.Code}.";
        }

        await talk.AskAsync("QUIT", ct);
        return null;
    }

    /// <summary>A reply, its lines in one.</summary>
    private sealed record Reply(int Code, IReadOnlyList<string> Lines)
    {
        public bool Has(string extension, string? parameter = null) => Lines.Any(line =>
        {
            var words = line.Split(' ', '=');
            return words[0].Equals(extension, StringComparison.OrdinalIgnoreCase) && (parameter is null || words.Contains(parameter, StringComparer.OrdinalIgnoreCase));
        });
    }

    private static StreamReader Lines(Stream stream) => new(stream, Encoding.ASCII, false, 1024, leaveOpen: true);

    private sealed class Talk(Stream stream, StreamReader reader)
    {
        public async Task<Reply> AskAsync(string command, CancellationToken ct)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), ct);
            await stream.FlushAsync(ct);
            return await HearAsync(ct);
        }

        public async Task<Reply> HearAsync(CancellationToken ct)
        {
            var lines = new List<string>();
            while (lines.Count < LongestReply && await reader.ReadLineAsync(ct) is { } line)
            {
                if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code)) throw new FormatException();
                lines.Add(line.Length > 4 ? line[4..] : "");
                if (line.Length == 3 || line[3] != '-') return new Reply(code, lines);
            }

            throw new IOException("The connection ended.");
        }
    }
}
