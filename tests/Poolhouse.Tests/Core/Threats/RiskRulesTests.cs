using System.Net;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Threats;

namespace Poolhouse.Tests.Core.Threats;

public sealed class RiskRulesTests
{
    private const string Home = "192.0.2.1";
    private const string Laptop = "Chrome 126, Windows 10";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The past as "minutes ago, address, device, response, feedback"; then what the next sign-in from an address with a device is.</summary>
    public static TheoryData<string, string[], string?, string, RiskSigns, RiskLevel?> Cases => new()
    {
        { "nobody's first sign-in", [], Home, Laptop, RiskSigns.None, null },
        { "the same again", ["1440 home laptop Pass"], Home, Laptop, RiskSigns.None, null },
        { "another address of the same network", ["1440 home laptop Pass"], "192.0.2.200", Laptop, RiskSigns.None, null },
        { "an unknown address is no sign", ["1440 home laptop Pass"], null, Laptop, RiskSigns.None, null },
        { "another network", ["1440 home laptop Pass"], "198.51.100.1", Laptop, RiskSigns.NewNetwork, RiskLevel.Low },
        { "another device", ["1440 home laptop Pass"], Home, "Firefox 128, Linux", RiskSigns.NewDevice, RiskLevel.Low },
        { "both", ["1440 home laptop Pass"], "198.51.100.1", "Firefox 128, Linux", RiskSigns.NewNetwork | RiskSigns.NewDevice, RiskLevel.Medium },
        { "a failure is not known for it", ["1440 home laptop Pass", "60 away laptop Fail"], "203.0.113.9", Laptop, RiskSigns.NewNetwork, RiskLevel.Low },
        { "who only ever failed has no past", ["60 home laptop Fail"], "203.0.113.9", Laptop, RiskSigns.None, null },
        { "what is too old is forgotten", ["131041 home laptop Pass"], "198.51.100.1", Laptop, RiskSigns.None, null },
        { "four failures are nothing", ["1440 home laptop Pass", "9 home laptop Fail x4"], Home, Laptop, RiskSigns.None, null },
        { "five are some", ["1440 home laptop Pass", "9 home laptop Fail x5"], Home, Laptop, RiskSigns.SomeFailures, RiskLevel.Low },
        { "fifteen are many", ["1440 home laptop Pass", "9 home laptop Fail x15"], Home, Laptop, RiskSigns.ManyFailures, RiskLevel.Medium },
        { "failures of more than an hour ago", ["1440 home laptop Pass", "61 home laptop Fail x15"], Home, Laptop, RiskSigns.None, null },
        { "all of it", ["1440 home laptop Pass", "9 home laptop Fail x15"], "198.51.100.1", Laptop, RiskSigns.NewNetwork | RiskSigns.ManyFailures, RiskLevel.High },
        { "two networks within ten minutes", ["9 home laptop Pass", "8 away laptop Pass"], Home, Laptop, RiskSigns.None, null },
        { "three networks within ten minutes", ["1440 third laptop Pass", "9 home laptop Pass", "8 away laptop Pass"], "198.51.100.1", Laptop, RiskSigns.ImpossiblePace, RiskLevel.Medium },
        { "the third a new one", ["9 home laptop Pass", "8 away laptop Pass"], "198.51.100.1", Laptop, RiskSigns.NewNetwork | RiskSigns.ImpossiblePace, RiskLevel.High },
        { "a network that was reported", ["1440 home laptop Pass", "100 away laptop Pass Invalid"], "203.0.113.77", Laptop, RiskSigns.NewNetwork | RiskSigns.ReportedNetwork, RiskLevel.High },
        { "what was blocked and then called right", ["1440 home laptop Pass", "100 away laptop Fail Valid"], "203.0.113.77", Laptop, RiskSigns.None, null },
        { "an unknown device is one like others", ["1440 home Other,_Other Pass"], Home, "Other, Other", RiskSigns.None, null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_past_decides(string what, string[] past, string? address, string device, RiskSigns signs, RiskLevel? level)
    {
        var facts = new RiskFacts(Now, address is null ? null : IPAddress.Parse(address), device, Fingerprint: null, [.. past.SelectMany(Events)]);

        RiskRules.Assess(facts).ShouldBe(new RiskAssessment(signs, level), what);
    }

    [Fact]
    public void A_fingerprint_says_more_than_words()
    {
        var known = Events("1440 home laptop Pass").Single() with { Fingerprint = "a" };

        RiskRules.Assess(new RiskFacts(Now, IPAddress.Parse(Home), Laptop, "a", [known with { Device = "Firefox 128, Linux" }])).Level.ShouldBeNull();
        RiskRules.Assess(new RiskFacts(Now, IPAddress.Parse(Home), Laptop, "b", [known])).Signs.ShouldBe(RiskSigns.NewDevice);
        RiskRules.Assess(new RiskFacts(Now, IPAddress.Parse(Home), Laptop, null, [known])).Level.ShouldBeNull();
    }

    [Theory]
    [InlineData("192.0.2.1", "C00002")]
    [InlineData("::ffff:192.0.2.1", "C00002")]
    [InlineData("2001:db8:1:2::1", "20010DB80001")]
    public void A_network_is_what_a_provider_hands_out(string address, string network) => RiskRules.NetworkOf(IPAddress.Parse(address)).ShouldBe(network);

    private static IEnumerable<AuthEvent> Events(string text)
    {
        var parts = text.Split(' ');
        var count = parts[^1][0] == 'x' ? int.Parse(parts[^1][1..]) : 1;
        return Enumerable.Range(0, count).Select(i => new AuthEvent
        {
            Id = $"{text}/{i}",
            PoolId = new PoolId("us-east-1_a"),
            Sub = new Sub("s"),
            Type = AuthEventKind.SignIn,
            At = Now.AddMinutes(-int.Parse(parts[0])),
            Address = parts[1] switch { "home" => Home, "away" => "203.0.113.5", "third" => "198.51.100.9", _ => null },
            Device = parts[2] == "laptop" ? Laptop : parts[2].Replace('_', ' '),
            Response = Enum.Parse<AuthEventResponse>(parts[3]),
            Feedback = parts[^1] is "Valid" or "Invalid" ? new AuthFeedback(parts[^1] == "Valid", "User", Now) : null,
        });
    }
}
