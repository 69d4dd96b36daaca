using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Core.Threats;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Threats;

public sealed class CompromisedCredentialsTests
{
    private const string Known = "P@ssw0rd123!";
    private const string Refused = "Provided password cannot be used for security reasons.";

    [Fact]
    public async Task A_published_password_is_refused_wherever_one_is_set()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.SetRiskAsync(Configuration("BLOCK")).ShouldSucceedAsync();
        var bob = await pool.VerifiedAsync("bob");
        var tokens = await bob.SignInAsync();
        await pool.PublicAsync("ForgotPassword", "bob");
        var code = await pool.World.CodeAsync(bob.Email, atLeast: 2);
        var guest = await pool.InvitedAsync("guest");

        (await pool.PublicAsync("SignUp", "eve", new JsonObject { ["Password"] = Known })).ShouldBeError("InvalidPasswordException", Refused);
        (await pool.World.OwnAsync("ChangePassword", tokens, new JsonObject { ["PreviousPassword"] = bob.Password, ["ProposedPassword"] = Known }))
            .ShouldBeError("InvalidPasswordException", Refused);
        (await pool.PublicAsync("ConfirmForgotPassword", "bob", new JsonObject { ["ConfirmationCode"] = code, ["Password"] = Known }))
            .ShouldBeError("InvalidPasswordException", Refused);
        (await pool.RespondAsync("NEW_PASSWORD_REQUIRED", (await guest.TrySignInAsync()).Session(), new JsonObject { ["USERNAME"] = "guest", ["NEW_PASSWORD"] = Known }))
            .ShouldBeError("InvalidPasswordException", Refused);
        (await pool.PublicAsync("ConfirmForgotPassword", "bob", new JsonObject { ["ConfirmationCode"] = code, ["Password"] = "Another-horse-1" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Who_signs_in_with_one_must_reset_it()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        var bob = await pool.ConfirmedAsync("bob", Known);
        await pool.SetRiskAsync(Configuration("BLOCK")).ShouldSucceedAsync();

        (await bob.TrySignInAsync("Wrong-horse-1")).ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        (await bob.TrySignInAsync()).ShouldBeError("PasswordResetRequiredException");

        (await pool.DescribeAsync("bob")).Text("UserStatus").ShouldBe("RESET_REQUIRED");
        var signIn = (await pool.SignInEventsAsync("bob"))[0];
        signIn["EventRisk"]!["CompromisedCredentialsDetected"]!.GetValue<bool>().ShouldBeTrue();
        signIn.Text("EventResponse").ShouldBe("Fail");
    }

    [Theory]
    [InlineData("AUDIT", "BLOCK", null, true)]
    [InlineData("ENFORCED", "NO_ACTION", null, true)]
    [InlineData("ENFORCED", "BLOCK", "SIGN_UP", false)]
    public async Task It_is_let_through_where_the_pool_says_so(string mode, string action, string? filter, bool isSeen)
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync(mode);
        var bob = await pool.ConfirmedAsync("bob", Known);
        await pool.SetRiskAsync(Configuration(action, filter)).ShouldSucceedAsync();

        (await bob.TrySignInAsync()).ShouldBeSignedIn();

        (await pool.SignInEventsAsync("bob"))[0]["EventRisk"]!["CompromisedCredentialsDetected"]!.GetValue<bool>().ShouldBe(isSeen);
    }

    [Fact]
    public async Task Files_of_ranges_are_read()
    {
        var folder = Directory.CreateTempSubdirectory("poolhouse-breached-").FullName;
        Write(folder, "Leaked-horse-1", 3, extension: "");
        Write(folder, "Leaked-horse-2", 1, extension: ".txt");
        Write(folder, "Padding-horse-1", 0, extension: "");
        await using var world = await World.StartAsync(Engine.Sqlite, "--breached-passwords", folder);
        var pool = await world.ThreatPoolAsync();
        await pool.SetRiskAsync(Configuration("BLOCK")).ShouldSucceedAsync();

        foreach (var password in new[] { "Leaked-horse-1", "Leaked-horse-2" })
            (await pool.PublicAsync("SignUp", "eve", new JsonObject { ["Password"] = password })).ShouldBeError("InvalidPasswordException", Refused);
        await pool.SignedUpAsync("bob", "Padding-horse-1");
        await pool.SignedUpAsync("carol", "Unknown-horse-1");
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("password", true)]
    [InlineData("PASSWORD1!", true)]
    [InlineData("P@ssw0rd", true)]
    [InlineData("Correct-horse-1", false)]
    [InlineData("", false)]
    public void The_most_common_ones_are_known(string password, bool isKnown) => CommonPasswords.Contains(password).ShouldBe(isKnown);

    private static string Configuration(string action, string? filter = null)
    {
        var credentials = new JsonObject { ["Actions"] = new JsonObject { ["EventAction"] = action } };
        if (filter is not null) credentials["EventFilter"] = new JsonArray(filter);
        return new JsonObject { ["CompromisedCredentialsRiskConfiguration"] = credentials }.ToJsonString();
    }

#pragma warning disable CA5350 // The format is SHA-1's.
    private static void Write(string folder, string password, int count, string extension)
    {
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
        File.AppendAllText(Path.Combine(folder, hash[..5] + extension), $"{new string('0', 35)}:5\r\n{hash[5..]}:{count}\r\n");
    }
#pragma warning restore CA5350
}
