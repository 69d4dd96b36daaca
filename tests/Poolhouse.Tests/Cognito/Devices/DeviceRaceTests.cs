using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Devices;

/// <summary>Sixty-four at once with one thing of a device that serves once.</summary>
public sealed class DeviceRaceTests
{
    private const int Runners = 64;

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_device_key(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).TrackingPoolAsync();
        var signedIn = await (await pool.ConfirmedAsync("bob")).SignInOnAsync(null);
        var tokens = signedIn.ShouldBeSignedIn();
        var devices = Enumerable.Range(0, Runners).Select(_ => signedIn.Device(pool)).ToArray();

        var answers = await Task.WhenAll(devices.Select(device => Task.Run(() => device.ConfirmAsync(tokens))));

        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text).Distinct()));
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "DeviceKeyExistsException");
        // The winner's secret is the one that counts.
        var winner = devices[Array.FindIndex(answers, a => a.Status == 200)];
        (await winner.ProveAsync(await new TestUser(pool, "bob", TestPool.Password, "").SignInOnAsync(winner.Key))).ShouldBeSignedIn();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_proof_of_a_device(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).TrackingPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (device, _) = await bob.NewDeviceAsync();
        var asked = await bob.SignInOnAsync(device.Key);
        var proof = device.Proof(await device.BeginAsync("bob", asked.Session()));

        var answers = await Task.WhenAll(Enumerable.Range(0, Runners)
            .Select(_ => Task.Run(() => pool.RespondAsync("DEVICE_PASSWORD_VERIFIER", null, proof.DeepClone().AsObject()))));

        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text).Distinct()));
        // Guesses count before they are judged, so some are taken for too many.
        answers.Where(a => a.Status != 200).ShouldAllBe(a =>
            a.Message == "Invalid session for the user, session can only be used once." || a.Type == "LimitExceededException");
    }
}
