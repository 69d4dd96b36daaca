using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.Usernames;

/// <summary>A reservation that was won.</summary>
/// <param name="Token">Proves it at the sign-up and when the name is given back; 256 random bits, kept as their hash only.</param>
/// <param name="ExpiresAt">When somebody else may have the name.</param>
public sealed record UsernameReservation(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => "***";
}

/// <summary>Names that sign-ups in flight hold, so that who chose one still has it when the rest of the form is filled in.</summary>
public sealed class UsernameReservations(IDatabase database, IRandom random)
{
    /// <summary>How long a name is held. The contract's section 3.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(2);

    private const int TokenLength = 32;

    /// <summary>Reserves a name for whoever gets the token; null where somebody else has it, as a username or reserved.</summary>
    /// <param name="application">Where.</param>
    /// <param name="name">The name.</param>
    /// <param name="token">Of an earlier reservation that is to be held longer; null for a new one.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<UsernameReservation?> ReserveAsync(
        Application application, AccountUsername name, string? token, DateTimeOffset now, CancellationToken ct)
    {
        var reservation = new UsernameReservation(token ?? Base64Url.EncodeToString(random.Bytes(TokenLength)), now + Time);
        return await database.WriteAsync(
            async unit =>
            {
                if (await TryAsync(unit, application, name, HashOf(reservation.Token), reservation.ExpiresAt, now, ct)
                    // In a statement of its own, after the other: a sign-up that the first one waited for is seen by the second.
                    && await unit.Accounts.FindByUsernameAsync(application.Name, name.Key, ct) is null) return reservation;
                unit.Abandon();
                return null;
            },
            ct);
    }

    /// <summary>Whether a name is nobody's: no account has it and nobody has reserved it.</summary>
    public ValueTask<bool> IsAvailableAsync(Application application, AccountUsername name, DateTimeOffset now, CancellationToken ct) => database.ReadAsync(
        async stores => await stores.Accounts.FindByUsernameAsync(application.Name, name.Key, ct) is null
            && !await stores.UsernameReservations.IsReservedAsync(application.Name, name.Key, now, ct),
        ct);

    /// <summary>Gives a name back; false where the token is not its holder's.</summary>
    public ValueTask<bool> ReleaseAsync(Application application, AccountUsername name, string token, CancellationToken ct) =>
        database.WriteAsync(unit => unit.UsernameReservations.ReleaseAsync(application.Name, name.Key, HashOf(token), ct), ct);

    /// <summary>
    /// Spends the reservation of a name within the transaction that gives it to an account; false where somebody else holds it. Without a
    /// reservation it holds the name for this transaction, so that nobody reserves it while it is being given away.
    /// </summary>
    public async ValueTask<bool> ClaimAsync(
        IUnitOfWork unit, Application application, AccountUsername name, byte[] tokenHash, DateTimeOffset now, CancellationToken ct) =>
        await TryAsync(unit, application, name, tokenHash, now + Time, now, ct)
        && await unit.UsernameReservations.ReleaseAsync(application.Name, name.Key, tokenHash, ct);

    /// <summary>What is kept of a token; of none, that of a token that nobody has.</summary>
    public byte[] HashOf(string? token) => token is null ? random.Bytes(TokenLength) : SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static ValueTask<bool> TryAsync(
        IUnitOfWork unit, Application application, AccountUsername name, byte[] tokenHash, DateTimeOffset expiresAt, DateTimeOffset now, CancellationToken ct) =>
        unit.UsernameReservations.ReserveAsync(application.Name, name.Key, tokenHash, expiresAt, now, ct);
}
