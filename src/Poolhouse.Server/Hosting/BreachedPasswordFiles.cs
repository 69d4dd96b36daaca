using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Threats;
using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>
/// Published passwords: the few that everybody tries first, and the files that the operator put into a folder, one for each first
/// five hexadecimal digits of a SHA-1 hash (<c>21BD1</c> or <c>21BD1.txt</c>) with lines <c>REST-OF-HASH:COUNT</c>, as the
/// downloader of Have I Been Pwned writes them. Nothing is asked of anybody over the network.
/// </summary>
internal sealed class BreachedPasswordFiles(IOptions<ServerOptions> options) : IBreachedPasswords
{
    private const int PrefixLength = 5;
    private readonly string? _folder = options.Value.BreachedPasswords;

    /// <inheritdoc/>
    public async ValueTask<bool> ContainsAsync(string password, CancellationToken ct)
    {
        if (CommonPasswords.Contains(password)) return true;
        if (_folder is null) return false;
#pragma warning disable CA5350 // The files are named and written with SHA-1 by those who publish them; it protects nothing here.
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        var path = Path.Combine(_folder, hash[..PrefixLength]);
        if (!File.Exists(path)) path += ".txt";
        if (!File.Exists(path)) return false;
        var rest = hash[PrefixLength..];
        await foreach (var line in File.ReadLinesAsync(path, ct))
        {
            // A count of 0 pads a range to hide its size; nobody has that password.
            if (line.StartsWith(rest, StringComparison.OrdinalIgnoreCase) && line.Length > rest.Length + 1 && line[rest.Length] == ':' && line.AsSpan(rest.Length + 1).Trim() is not "0")
                return true;
        }

        return false;
    }
}
