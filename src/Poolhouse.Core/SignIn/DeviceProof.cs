using Poolhouse.Core.Devices;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Srp;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// A device proves the secret it was registered with: SRP as for passwords, with the device group key in the pool's place and the device
/// key in the user's (reference: amazon-cognito-identity-js, getDeviceResponse). It begins only after the user's own proof, so there is
/// nothing to pretend: who comes without one hears the same whether the user and the device are there or not.
/// </summary>
public sealed class DeviceProof(
    IDatabase database, SrpProtocol srp, TrackedDevices devices, ChallengeStates states, ChallengedUsers users, CodeGuesses guesses, Completion completion, IRandom random)
{
    /// <summary>Answers the server's half to DEVICE_SRP_AUTH.</summary>
    public async ValueTask<Outcome<SignInStep>> ChallengeAsync(SignInRequest request, string srpA, CancellationToken ct)
    {
        if (!SrpNumbers.TryParseHex(srpA, out var clientPublic)) return new Refusal.InvalidParameter("Invalid SRP_A value.");
        var opened = await OpenAsync(request, ct);
        if (opened.Refusal is { } invalid) return invalid;
        var (state, user) = opened.Value;
        if (user is null || state.DeviceKey != request.DeviceKey) return new Refusal.SessionInvalid();
        if (await FindAsync(user, state, ct) is not { } device) return new Refusal.DeviceNotFound();

        var start = srp.Begin(devices.VerifierOf(device), random);
        // The same id and end as before: of all that one sign-in was given only one is ever spent.
        var secretBlock = states.SealBytes(request.Pool.Id, state with
        {
            Challenge = DeviceStep.PasswordVerifier,
            SrpClientPublic = clientPublic,
            SrpServerPublic = start.PublicValue,
            SrpPrivate = start.PrivateExponent,
        });
        return new SignInStep.Challenged(DeviceStep.PasswordVerifier, null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SALT"] = SrpNumbers.ToHex(device.Salt),
            ["SRP_B"] = SrpNumbers.ToHex(start.PublicValue),
            ["SECRET_BLOCK"] = Convert.ToBase64String(secretBlock),
            ["USERNAME"] = user.Username,
            ["DEVICE_KEY"] = device.Key,
        });
    }

    /// <summary>Judges the device's half. Every way to be wrong has the same answer, and none spends what was asked.</summary>
    public async ValueTask<Outcome<SignInStep>> JudgeAsync(SignInRequest request, string block, string signature, string timestamp, CancellationToken ct)
    {
        var pool = request.Pool;
        var secretBlock = new byte[block.Length];
        if (!Convert.TryFromBase64String(block, secretBlock, out var length)) return new Refusal.WrongCredentials();
        secretBlock = secretBlock[..length];
        var opened = states.Open(pool.Id, request.Client.Id, DeviceStep.PasswordVerifier, secretBlock, request.Now);
        if (opened.Refusal is { } invalid) return invalid is Refusal.SessionExpired ? invalid : new Refusal.WrongCredentials();
        var state = opened.Value;
        var (user, isSpent) = await database.ReadAsync(
            // Only for a clearer error; what decides is the spending in the transaction.
            async stores => (await stores.Users.FindAsync(pool.Id, new Sub(state.Sub!), ct), await stores.Spent.IsSpentAsync(state.Id, ct)), ct);
        if (isSpent) return new Refusal.SessionSpent();
        if (user is null || !await UserNames.AreOfAsync(database, pool, user, request["USERNAME"]!, ct)) return new Refusal.WrongCredentials();
        if (request.DeviceKey is { } named && named != state.DeviceKey) return new Refusal.WrongCredentials();
        if (!await guesses.AdmitAsync(pool, state, request.Now, ct)) return new Refusal.AttemptLimit();
        if (await FindAsync(user, state, ct) is not { } device) return new Refusal.DeviceNotFound();

        var key = srp.SessionKey(state.SrpClientPublic, new SrpServerStart(state.SrpPrivate!, state.SrpServerPublic!), devices.VerifierOf(device));
        if (key is null) return new Refusal.WrongCredentials();
        var expected = srp.ClaimSignature(key, DeviceKeys.GroupOf(pool.Id, user.Sub), device.Key, secretBlock, timestamp);
        if (!SrpProtocol.ClaimMatches(expected, signature) || !SrpTimestamp.IsWellFormed(timestamp, request.Now, out _)) return new Refusal.WrongCredentials();
        if (Completion.WhyNot(user, request.Now) is { } whyNot) return whyNot;
        var arrival = new DeviceArrival(DevicePresence.Proved, device, device.Key);
        return await completion.SignInAsync(request, user, arrival, state, unit => UseAsync(unit, request, device, ct), ct);
    }

    /// <summary>
    /// Opens the session of DEVICE_SRP_AUTH. Clients that send none (pycognito) mean the one that the user's own proof left with the device.
    /// It is as good as a session that is sent: whoever answers must still prove the device's secret, within minutes of that proof.
    /// </summary>
    private async ValueTask<Outcome<Challenged>> OpenAsync(SignInRequest request, CancellationToken ct)
    {
        if (request.Session is not null) return await users.OpenAsync(request, DeviceStep.SrpAuth, ct);
        var waiting = await database.ReadAsync(
            async stores => await stores.Users.FindByNameAsync(request.Pool.Id, request.Pool.Normalize(request["USERNAME"]!), ct) is { } user
                ? (await stores.Devices.FindAsync(user.PoolId, user.Sub, request.DeviceKey!, ct))?.Session
                : null,
            ct);
        return waiting is null ? new Refusal.SessionInvalid() : await users.OpenAsync(request with { Session = waiting }, DeviceStep.SrpAuth, ct);
    }

    /// <summary>Uses the device in the transaction that lets the user in. One that is no longer remembered stands for nothing.</summary>
    private static async ValueTask<Refusal?> UseAsync(IUnitOfWork unit, SignInRequest request, Device device, CancellationToken ct) =>
        await unit.Devices.UseAsync(device.PoolId, device.Sub, device.Key, mustBeRemembered: true, request.Address, request.Now, ct)
            ? null
            : new Refusal.DeviceNotFound();

    private ValueTask<Device?> FindAsync(User user, ChallengeState state, CancellationToken ct) =>
        database.ReadAsync(stores => stores.Devices.FindAsync(user.PoolId, user.Sub, state.DeviceKey!, ct), ct);
}
