using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito;

/// <summary>With PreventUserExistenceErrors=ENABLED the same call about somebody and about nobody reads the same, call after call.</summary>
public sealed partial class EnumerationTests
{
    private const int Calls = 7;

    // The lock that follows lasts a second of real time, which the two accounts enter one after the other.
    private const int BeforeTheLock = 5;

    [Fact]
    public Task A_wrong_password() => ShouldBeEqualAsync((pool, name) =>
        pool.StartAsync("USER_PASSWORD_AUTH", new JsonObject { ["USERNAME"] = name, ["PASSWORD"] = "Wrong-horse-1" }), calls: BeforeTheLock);

    [Fact]
    public Task A_wrong_password_by_choice() => ShouldBeEqualAsync((pool, name) =>
        pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = name, ["PREFERRED_CHALLENGE"] = "PASSWORD", ["PASSWORD"] = "Wrong-horse-1" }), calls: BeforeTheLock);

    [Fact]
    public Task A_round_of_srp() => ShouldBeEqualAsync((pool, name) => new SrpPerson(pool, "Wrong-horse-1").SignInAsync(name), calls: BeforeTheLock);

    [Fact]
    public Task A_challenge_of_srp() => ShouldBeEqualAsync((pool, name) => new SrpPerson(pool).StartAsync(name));

    [Theory]
    [InlineData("0")]
    [InlineData("xyz")]
    [InlineData("")]
    public Task A_strange_public_value(string a) => ShouldBeEqualAsync((pool, name) =>
        pool.StartAsync("USER_SRP_AUTH", new JsonObject { ["USERNAME"] = name, ["SRP_A"] = a }));

    [Fact]
    public Task A_forgotten_password() => ShouldBeEqualAsync(ForgotAsync);

    [Fact]
    public Task A_wrong_code_for_a_forgotten_password() => ShouldBeEqualAsync(ConfirmForgotAsync);

    [Fact]
    public Task A_wrong_code_after_one_was_asked_for() => ShouldBeEqualAsync(async (pool, name) =>
    {
        await ForgotAsync(pool, name);
        return await ConfirmForgotAsync(pool, name);
    });

    [Theory]
    [InlineData("short")]
    [InlineData("no-uppercase-1")]
    public Task A_weak_password_with_a_wrong_code(string weak) => ShouldBeEqualAsync((pool, name) => ConfirmForgotAsync(pool, name, weak));

    [Fact]
    public Task A_wrong_code_for_a_sign_up() => ShouldBeEqualAsync(ConfirmAsync, isConfirmed: false);

    [Fact]
    public Task Another_code_for_a_sign_up() => ShouldBeEqualAsync(ResendAsync, isConfirmed: false);

    [Fact]
    public Task Another_code_where_none_is_sent() => ShouldBeEqualAsync(ResendAsync, isConfirmed: false, verified: []);

    [Fact]
    public Task Another_code_where_it_goes_to_the_phone() => ShouldBeEqualAsync(ResendAsync, isConfirmed: false, verified: ["phone_number"]);

    [Fact]
    public Task A_forgotten_password_where_codes_go_to_the_phone() => ShouldBeEqualAsync(ForgotAsync, verified: ["phone_number"], recovery: "verified_phone_number");

    [Fact]
    public Task A_forgotten_password_where_only_administrators_reset() => ShouldBeEqualAsync(ForgotAsync, recovery: "admin_only");

    [Fact]
    public async Task A_forgotten_password_of_a_user_who_cannot_recover()
    {
        var pool = await PoolAsync(["email"], null);
        await pool.InvitedAsync("invited");
        await pool.ConfirmedAsync("unverified");
        await pool.VerifiedAsync("disabled");
        await pool.ManageAsync("AdminDisableUser", "disabled");
        await pool.SignedUpAsync("unconfirmed");
        var nobody = Shape(await ForgotAsync(pool, "nobody"));

        foreach (var name in (string[])["invited", "unverified", "disabled", "unconfirmed"])
            Shape(await ForgotAsync(pool, name)).ShouldBe(nobody, name);
    }

    private static Task<Answer> ForgotAsync(TestPool pool, string name) =>
        pool.World.CallAsync("ForgotPassword", new JsonObject { ["ClientId"] = pool.ClientId, ["Username"] = name });

    private static Task<Answer> ConfirmForgotAsync(TestPool pool, string name) => ConfirmForgotAsync(pool, name, "Another-horse-2");

    private static Task<Answer> ConfirmForgotAsync(TestPool pool, string name, string password) => pool.World.CallAsync("ConfirmForgotPassword", new JsonObject
    {
        ["ClientId"] = pool.ClientId, ["Username"] = name, ["ConfirmationCode"] = "wrong1", ["Password"] = password,
    });

    private static Task<Answer> ConfirmAsync(TestPool pool, string name) =>
        pool.World.CallAsync("ConfirmSignUp", new JsonObject { ["ClientId"] = pool.ClientId, ["Username"] = name, ["ConfirmationCode"] = "wrong1" });

    private static Task<Answer> ResendAsync(TestPool pool, string name) =>
        pool.World.CallAsync("ResendConfirmationCode", new JsonObject { ["ClientId"] = pool.ClientId, ["Username"] = name });

    private static async Task ShouldBeEqualAsync(
        Func<TestPool, string, Task<Answer>> call, bool isConfirmed = true, string[]? verified = null, string? recovery = null, int calls = Calls)
    {
        var pool = await PoolAsync(verified ?? ["email"], recovery);
        await SignUpAsync(pool, "somebody");
        if (isConfirmed)
        {
            await pool.ManageAsync("AdminConfirmSignUp", "somebody");
            await pool.ManageAsync("AdminUpdateUserAttributes", "somebody", new JsonObject
            {
                ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email_verified", "true"), SignInCalls.Attribute("phone_number_verified", "true")),
            });
        }

        for (var i = 0; i < calls; i++)
        {
            var real = await call(pool, "somebody");
            var unreal = await call(pool, "somenone");
            Shape(unreal).ShouldBe(Shape(real), $"call {i + 1}");
            unreal.Status.ShouldBeLessThan(500);
        }
    }

    private static Task<TestPool> PoolAsync(string[] verified, string? recovery)
    {
        var settings = new JsonObject { ["AutoVerifiedAttributes"] = new JsonArray([.. verified.Select(v => (JsonNode)v)]) };
        if (recovery is not null)
            settings["AccountRecoverySetting"] = new JsonObject { ["RecoveryMechanisms"] = new JsonArray(new JsonObject { ["Name"] = recovery, ["Priority"] = 1 }) };
        return World.OnAsync().ContinueWith(w => w.Result.PoolAsync(settings, SignInCalls.Client(hides: "ENABLED")), TaskScheduler.Default).Unwrap();
    }

    private static Task<JsonObject> SignUpAsync(TestPool pool, string name) => pool.World.DoAsync("SignUp", new JsonObject
    {
        ["ClientId"] = pool.ClientId,
        ["Username"] = name,
        ["Password"] = TestPool.Password,
        ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email", pool.EmailOf(name)), SignInCalls.Attribute("phone_number", "+15555550123")),
    });

    /// <summary>An answer without what differs between any two: masked letters, numbers of the exchange, names.</summary>
    private static string Shape(Answer answer)
    {
        var json = answer.Json;
        if (json["ChallengeParameters"] is JsonObject parameters)
            foreach (var name in parameters.Select(p => p.Key).ToList()) parameters[name] = "x";
        if (json["CodeDeliveryDetails"] is JsonObject details) details["Destination"] = Mask().Replace(details["Destination"]!.GetValue<string>(), "x");
        return $"{answer.Status} {json.ToJsonString()}";
    }

    [GeneratedRegex("[a-z0-9]")]
    private static partial Regex Mask();
}
