using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Commands.Examinations;

/// <summary>This machine: what clients reach, ports, the data folder, the disk, how many files may be open.</summary>
internal sealed class HostExamination(IOptions<ServerOptions> options, DoctorTarget target) : IExamination
{
    private const long LittleSpace = 1L << 30;
    private const long NoSpace = 100L << 20;

    // A connection each: clients, the database's, files.
    private const long FewFiles = 4_096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Part => "host";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        var findings = new List<Finding> { PublicAddress() };
        foreach (var url in options.Value.Urls.Split(';')) findings.Add(await PortAsync(url, ct));
        findings.AddRange(Folder());
        findings.Add(Space());
        if (Files() is { } files) findings.Add(files);
        return findings;
    }

    private Finding PublicAddress()
    {
        var address = new Uri(options.Value.PublicUrl ?? options.Value.Urls.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal));
        if (target.IsDevelopment) return Finding.Good(Part, $"Clients reach this server as {address.GetLeftPart(UriPartial.Authority)}.");
        if (options.Value.PublicUrl is null) return Finding.Warning(Part, "PublicUrl is not set, so that tokens and links name the address to listen on.", "Set PublicUrl to what clients reach, with https.");
        return address.Scheme == Uri.UriSchemeHttps
            ? Finding.Good(Part, $"Clients reach this server as {address.GetLeftPart(UriPartial.Authority)}.")
            : Finding.Out(Part, "PublicUrl is not https: passwords and tokens would travel in clear, and browsers keep no session cookie.", "Put a proxy with a certificate in front, and set PublicUrl to its https address.");
    }

    private async Task<Finding> PortAsync(string url, CancellationToken ct)
    {
        var uri = new Uri(url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal));
        try
        {
            // Port 0 is any that is free.
            using var listener = new TcpListener(url.Contains('*', StringComparison.Ordinal) || !IPAddress.TryParse(uri.DnsSafeHost, out var address) ? IPAddress.Loopback : address, uri.Port);
            listener.Start();
            return Finding.Good(Part, $"Port {uri.Port} is free.");
        }
        catch (SocketException failure)
        {
            if (failure.SocketErrorCode == SocketError.AddressAlreadyInUse && await IsThisProgramAsync(uri, ct)) return Finding.Good(Part, $"A server answers at port {uri.Port}.");
            return failure.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => Finding.Out(Part, $"Something else listens at port {uri.Port}.", "Stop it, or choose another address with Urls."),
                SocketError.AccessDenied => Finding.Out(Part, $"This user may not listen at port {uri.Port}.", "Choose a port from 1024 on, or give the program the right to bind lower ones."),
                _ => Finding.Out(Part, $"This machine can't listen at {uri.Host}:{uri.Port} ({failure.SocketErrorCode}).", "Choose an address of this machine in Urls."),
            };
        }
    }

    private static async Task<bool> IsThisProgramAsync(Uri uri, CancellationToken ct)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            return await client.GetStringAsync(new Uri(uri, "/health/live"), ct) == "alive";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    private IEnumerable<Finding> Folder()
    {
        var folder = options.Value.Data;
        if (!FolderRights.CanWrite(folder))
        {
            yield return Finding.Out(Part, $"The data folder {folder} can't be made or written.", "Give this user the right to write there, or name another folder with Data.");
            yield break;
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder) || (File.GetUnixFileMode(folder) & Others) == UnixFileMode.None)
            yield return Finding.Good(Part, "The data folder can be written, and nobody else looks into it.");
        else
            yield return Finding.Warning(Part, $"Other users of this machine may look into the data folder {folder}.", $"chmod 700 {folder}");
    }

    private Finding Space()
    {
        var folder = Path.GetFullPath(options.Value.Data);
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"The disk of the data folder has {free / (double)(1L << 30):0.0} GiB left.");
        const string Remedy = "Make room: a full disk stops every write.";
        return free < NoSpace ? Finding.Out(Part, text, Remedy) : free < LittleSpace ? Finding.Warning(Part, text, Remedy) : Finding.Good(Part, text);
    }

    // proc_pid_limits(5). The runtime raises the soft limit to the hard one, so this is what a server has.
    private Finding? Files()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits)) return null;
        var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line?["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (soft == "unlimited" || !long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most)) return null;
        var text = string.Create(CultureInfo.InvariantCulture, $"{most:N0} files and connections may be open.");
        return most < FewFiles ? Finding.Warning(Part, text, "Raise it: LimitNOFILE=65536 of a systemd unit, or ulimit -n.") : Finding.Good(Part, text);
    }
}
