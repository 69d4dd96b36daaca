using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Devices;

/// <summary>A device that a user's client registered with ConfirmDevice. API_DeviceType.</summary>
public sealed record Device
{
    /// <summary>Characters of the longest key that Cognito's model allows.</summary>
    public const int LongestKey = 55;

    /// <summary>
    /// Devices of one user. A client that forgets its key at every sign-in registers another each time, so the one that was unused
    /// for longest makes room for the newest. Amazon documents no limit.
    /// </summary>
    public const int MostPerUser = 100;

    /// <summary>The user's pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>Whose device it is.</summary>
    public required Sub Sub { get; init; }

    /// <summary><c>region_uuid</c>; see <see cref="DeviceKeys"/>.</summary>
    public required string Key { get; init; }

    /// <summary>What the client calls it, 1–1,024 characters; null when it said nothing.</summary>
    public string? Name { get; init; }

    /// <summary>Salt of the verifier.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>SRP verifier of the device's own secret, sealed.</summary>
    public required byte[] SealedVerifier { get; init; }

    /// <summary>Whether the device proves itself at sign-in. One that isn't remembered is still listed to administrators.</summary>
    public bool IsRemembered { get; init; }

    /// <summary>Where it was used last; null when that is not known.</summary>
    public string? LastAddress { get; init; }

    /// <summary>The session of the DEVICE_SRP_AUTH that waits for an answer; null when none does.</summary>
    public string? Session { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything of it last changed, a sign-in included (observed, aws-amplify/amplify-js#12171).</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>When its user last signed in on it.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }
}
