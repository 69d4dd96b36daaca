using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Core.Threats;

/// <summary>What a risk is judged by.</summary>
/// <param name="Now">When.</param>
/// <param name="Address">From where; null where it isn't known, which is no sign of anything.</param>
/// <param name="Device">With what, in words.</param>
/// <param name="Fingerprint">With what, as the client's own data has it; null where it sent none.</param>
/// <param name="Past">The user's former sign-ins, in any order.</param>
public sealed record RiskFacts(DateTimeOffset Now, IPAddress? Address, string Device, string? Fingerprint, IReadOnlyList<AuthEvent> Past);

/// <summary>Signs that somebody else may be signing in.</summary>
[Flags]
public enum RiskSigns
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The user never signed in from this network. One point.</summary>
    NewNetwork = 1,

    /// <summary>The user never signed in with such a device. One point.</summary>
    NewDevice = 2,

    /// <summary>Five or more sign-ins failed within the hour. One point.</summary>
    SomeFailures = 4,

    /// <summary>Fifteen or more did. Two points, in place of the one.</summary>
    ManyFailures = 8,

    /// <summary>The third network within ten minutes. Two points.</summary>
    ImpossiblePace = 16,

    /// <summary>Somebody said of a sign-in from this network that it was not the user's. Three points.</summary>
    ReportedNetwork = 32,
}

/// <summary>What was seen; a level where it is worth one.</summary>
public sealed record RiskAssessment(RiskSigns Signs, RiskLevel? Level);

/// <summary>
/// The whole of the judgement, on purpose simple enough to be told to the person it meets; docs/threat-protection.md tells it.
/// It looks at no list of bad addresses and knows no places: what it compares with is the user's own past.
/// </summary>
public static class RiskRules
{
    /// <summary>How far the past goes.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    /// <summary>How many of the newest sign-ins are looked at.</summary>
    public const int MostPast = 100;

    private const int SomeFailures = 5;
    private const int ManyFailures = 15;
    private const int ManyNetworks = 3;
    private static readonly TimeSpan FailureWindow = TimeSpan.FromHours(1);
    private static readonly TimeSpan PaceWindow = TimeSpan.FromMinutes(10);

    /// <summary>Pure: the same facts give the same judgement.</summary>
    public static RiskAssessment Assess(RiskFacts facts)
    {
        var past = facts.Past.Where(e => e.Type == AuthEventKind.SignIn && e.At > facts.Now - Memory && e.At <= facts.Now).ToList();
        // What the user, or an administrator, called right counts like a success; what they called wrong never does.
        var own = past.Where(e => e.Feedback is { } feedback ? feedback.IsValid : e.Response == AuthEventResponse.Pass).ToList();
        var network = NetworkOf(facts.Address);
        var signs = RiskSigns.None;

        // Who never signed in has nothing to compare with.
        if (own.Count > 0)
        {
            if (network is not null && !own.Exists(e => NetworkOf(e) == network)) signs |= RiskSigns.NewNetwork;
            if (!own.Exists(e => IsSameDevice(e, facts))) signs |= RiskSigns.NewDevice;
        }

        var failures = past.Count(e => e.Response == AuthEventResponse.Fail && e.At > facts.Now - FailureWindow);
        if (failures >= SomeFailures) signs |= failures >= ManyFailures ? RiskSigns.ManyFailures : RiskSigns.SomeFailures;

        var recent = own.Where(e => e.At > facts.Now - PaceWindow).Select(NetworkOf).Append(network).OfType<string>().Distinct(StringComparer.Ordinal);
        if (network is not null && recent.Count() >= ManyNetworks) signs |= RiskSigns.ImpossiblePace;

        if (network is not null && past.Exists(e => e.Feedback is { IsValid: false } && NetworkOf(e) == network)) signs |= RiskSigns.ReportedNetwork;
        return new RiskAssessment(signs, LevelOf(signs));
    }

    /// <summary>The network an address is of: the first 24 bits of IPv4, the first 48 of IPv6, as providers hand them out; null for no address.</summary>
    public static string? NetworkOf(IPAddress? address)
    {
        if (Sessions.Origin.Plain(address) is not { } plain) return null;
        var bytes = plain.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 6));
    }

    private static string? NetworkOf(AuthEvent past) => IPAddress.TryParse(past.Address, out var address) ? NetworkOf(address) : null;

    private static bool IsSameDevice(AuthEvent past, RiskFacts facts) => past.Fingerprint is not null && facts.Fingerprint is not null
        ? past.Fingerprint == facts.Fingerprint
        : past.Device == facts.Device;

    private static RiskLevel? LevelOf(RiskSigns signs)
    {
        var points = 0;
        if (signs.HasFlag(RiskSigns.NewNetwork)) points++;
        if (signs.HasFlag(RiskSigns.NewDevice)) points++;
        if (signs.HasFlag(RiskSigns.SomeFailures)) points++;
        if (signs.HasFlag(RiskSigns.ManyFailures)) points += 2;
        if (signs.HasFlag(RiskSigns.ImpossiblePace)) points += 2;
        if (signs.HasFlag(RiskSigns.ReportedNetwork)) points += 3;
        return points switch { 0 => null, 1 => RiskLevel.Low, 2 => RiskLevel.Medium, _ => RiskLevel.High };
    }
}
