using Poolhouse.Core.Devices;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>The device that a sign-in comes from.</summary>
/// <param name="Presence">How it was met.</param>
/// <param name="Device">It, where it is registered.</param>
/// <param name="Key">Its key; null where none is tracked.</param>
public sealed record DeviceArrival(DevicePresence Presence, Device? Device, string? Key)
{
    /// <summary>The pool tracks no devices.</summary>
    public static DeviceArrival Untracked { get; } = new(DevicePresence.Untracked, null, null);

    /// <summary>Whether it has to prove its secret before the user is let in.</summary>
    public bool NeedsProof => Presence == DevicePresence.Known && Device is { IsRemembered: true };
}

/// <summary>What a sign-in does about the device it comes from: looks at it, and asks one that is remembered to prove itself.</summary>
public sealed class DeviceStep(IDatabase database, ChallengeStates states, IRandom random)
{
    /// <summary>Asks a device to begin its proof.</summary>
    public const string SrpAuth = "DEVICE_SRP_AUTH";

    /// <summary>Asks a device to end its proof.</summary>
    public const string PasswordVerifier = "DEVICE_PASSWORD_VERIFIER";

    /// <summary>
    /// The device that this step names, or a step before it. A key that isn't this user's is as good as none: the device is new. Asked only
    /// after a proof, so that it tells nothing about who has which device.
    /// </summary>
    /// <param name="request">The step.</param>
    /// <param name="user">Whose device.</param>
    /// <param name="follows">The step before, or null.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="proved">CUSTOM_AUTH: the device that was proved on the way; null where none was.</param>
    public async ValueTask<DeviceArrival> MeetAsync(
        SignInRequest request, User user, ChallengeState? follows, CancellationToken ct, string? proved = null)
    {
        if (request.Pool.Settings.Devices is null) return DeviceArrival.Untracked;
        var key = request.DeviceKey ?? follows?.DeviceKey ?? proved;
        var device = key is { Length: <= Device.LongestKey }
            ? await database.ReadAsync(stores => stores.Devices.FindAsync(user.PoolId, user.Sub, key, ct), ct)
            : null;
        return device is null
            ? new DeviceArrival(DevicePresence.New, null, DeviceKeys.New(user.PoolId, random))
            : new DeviceArrival(DevicePresence.Known, device, device.Key);
    }

    /// <summary>
    /// Whether the device's proof is asked for in place of the second factor. A factor that is yet to be set up has no substitute.
    /// API_DeviceConfigurationType.ChallengeRequiredOnNewDevice.
    /// </summary>
    public static bool StandsFor(UserPool pool, DeviceArrival arrival, MfaDemand demand) =>
        arrival.NeedsProof && pool.Settings.Devices is { ReplaceSecondFactor: true } && demand is MfaDemand.Factor or MfaDemand.Choice;

    /// <summary>Asks the device to prove itself.</summary>
    public SignInStep.Challenged Ask(SignInRequest request, User user, DeviceArrival arrival, ChallengeState? spends)
    {
        // It stands for a factor, so guesses at it are counted as guesses at one.
        var state = states.New(request, SrpAuth, user.Username, user, spends) with { DeviceKey = arrival.Key, IsSecondFactor = true };
        return new SignInStep.Challenged(SrpAuth, states.Seal(request.Pool.Id, state), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["USERNAME"] = user.Username,
            ["DEVICE_KEY"] = arrival.Key!,
        });
    }
}
