using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// Ports for servers that are told theirs. Below those that the system gives to outgoing connections, which the tests' many clients would
/// otherwise take between the choice of a port and its use.
/// </summary>
internal static class Ports
{
    private const int First = 12_000;
    private const int Last = 32_000;

    /// <summary>A port that nobody listens at.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
    }
}
