namespace Poolhouse.Core.Stores;

/// <summary>Names that sign-ups in flight have reserved. Names are in the form in which two that look alike are one.</summary>
public interface IUsernameReservationStore
{
    /// <summary>
    /// Reserves a name in one statement: it wins where nobody has reserved it, the time of who did is over, or it is the same holder's again, who
    /// gets more time. Whether an account has the name is asked afterwards, within the same unit: see <c>UsernameReservations</c>.
    /// </summary>
    ValueTask<bool> ReserveAsync(string application, string name, byte[] tokenHash, DateTimeOffset expiresAt, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether somebody holds the name now.</summary>
    ValueTask<bool> IsReservedAsync(string application, string name, DateTimeOffset now, CancellationToken ct);

    /// <summary>Gives a name back; false where this is not who holds it.</summary>
    ValueTask<bool> ReleaseAsync(string application, string name, byte[] tokenHash, CancellationToken ct);
}
