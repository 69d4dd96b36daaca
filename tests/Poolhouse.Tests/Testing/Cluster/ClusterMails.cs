using System.Text;
using System.Text.RegularExpressions;

namespace Poolhouse.Tests.Testing.Cluster;

/// <summary>What came to the mail server, by address.</summary>
internal sealed partial class ClusterMails(SmtpReceiver receiver)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The plain texts of what was sent to an address, oldest first.</summary>
    public IReadOnlyList<string> To(string address) =>
        [.. receiver.Mails.Where(mail => mail.To.Contains(address, StringComparer.OrdinalIgnoreCase)).Select(mail => Text(mail.Data))];

    /// <summary>The code in the newest mail to an address, once there are so many.</summary>
    public async Task<string> CodeAsync(string address, int atLeast = 1) => Code().Match(await NewestAsync(address, atLeast)).Value;

    /// <summary>The token of the link in the newest mail to an address, once there are so many.</summary>
    public async Task<string> LinkAsync(string address, int atLeast = 1) => Link().Match(await NewestAsync(address, atLeast)).Groups["token"].Value;

    private async Task<string> NewestAsync(string address, int atLeast)
    {
        for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < Patience; await Task.Delay(20))
            if (To(address) is var mails && mails.Count >= atLeast) return mails[^1];
        throw new TimeoutException($"{To(address).Count} mails came to {address}, not {atLeast}.");
    }

    // The first part is the plain one (RFC 2046 §5.1.4), quoted-printable (RFC 2045 §6.7).
    private static string Text(string data)
    {
        var part = PlainPart().Match(data).Groups["text"].Value.Replace("=\r\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '=' && i + 2 < part.Length)
            {
                bytes.Add(Convert.ToByte(part.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)part[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"Content-Type: text/plain.*?\r\n\r\n(?<text>.*?)(\r\n--|$)", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainPart();

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"confirmation=(?<token>[\w-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
