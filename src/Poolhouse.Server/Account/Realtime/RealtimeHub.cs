using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Poolhouse.Core.Telemetry;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>The connections of this node.</summary>
internal sealed class RealtimeHub
{
    /// <summary>The action that tells a connection that its sign-in has ended.</summary>
    public const string SessionEnded = "user-session-ended";

    /// <summary>What it says.</summary>
    public const string SessionEndedText = "user session ended";

    private readonly ConcurrentDictionary<string, RealtimeConnection> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _ofNetwork = new(StringComparer.Ordinal);
    private readonly RealtimeLimits _limits;

    public RealtimeHub(RealtimeLimits limits, IMeterFactory meters)
    {
        _limits = limits;
        meters.Create(Tracing.Name).CreateObservableUpDownCounter("poolhouse.websocket.connections", () => Count, "{connection}", "WebSocket connections that are open.");
    }

    /// <summary>How many there are.</summary>
    public int Count => _connections.Count;

    /// <summary>Whether there is room for one more of a network; then it is counted until <see cref="Free"/>.</summary>
    public bool TryReserve(string network)
    {
        var ofNetwork = _ofNetwork.AddOrUpdate(network, 1, static (_, count) => count + 1);
        if (ofNetwork <= _limits.MostOfNetwork && _connections.Count < _limits.MostConnections) return true;
        Free(network);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Free(string network)
    {
        // Removed only while it is zero, so that nobody's count is lost.
        if (_ofNetwork.AddOrUpdate(network, 0, static (_, count) => count - 1) == 0) _ofNetwork.TryRemove(KeyValuePair.Create(network, 0));
    }

    /// <summary>A new one.</summary>
    public void Add(RealtimeConnection connection) => _connections[connection.Id] = connection;

    /// <summary>It is gone.</summary>
    public void Remove(RealtimeConnection connection) => _connections.TryRemove(connection.Id, out _);

    /// <summary>The sign-ins that connections are of.</summary>
    public HashSet<string> Families()
    {
        var families = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, connection) in _connections)
            if (connection.Session is { } session) families.Add(session.FamilyId);
        return families;
    }

    /// <summary>Tells every connection of a sign-in that it has ended. They stay open, for somebody may sign in again.</summary>
    public void TellEnded(string familyId) => TellEnded(new HashSet<string>(StringComparer.Ordinal) { familyId });

    /// <summary>Tells every connection of these sign-ins.</summary>
    public void TellEnded(IReadOnlySet<string> familyIds)
    {
        foreach (var (_, connection) in _connections)
        {
            if (connection.Session is not { } session || !familyIds.Contains(session.FamilyId) || connection.Leave(session.FamilyId) is null) continue;
            connection.Send(SessionEnded, new OutgoingMessage(SessionEndedText, RealtimeCodes.SessionEnded, session.User with { LoggedIn = false }));
        }
    }

    /// <summary>Closes all: the server stops. RFC 6455 §7.4.1: going away.</summary>
    public void CloseAll()
    {
        foreach (var (_, connection) in _connections) connection.Close(WebSocketCloseStatus.EndpointUnavailable, "The server stops; connect again.");
    }
}
