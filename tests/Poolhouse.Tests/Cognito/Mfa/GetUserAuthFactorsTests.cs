using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Mfa;

/// <summary>GetUserAuthFactors and AdminGetUserAuthFactors.</summary>
public sealed class GetUserAuthFactorsTests
{
    private const string Passwordless = """{"Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}}""";

    [Fact]
    public async Task What_a_user_can_begin_with_is_told()
    {
        var pool = await (await World.OnAsync()).PoolAsync(JsonNode.Parse(Passwordless)!.AsObject());
        var bob = await pool.ReachableAsync("bob");

        var own = await pool.World.OwnAsync("GetUserAuthFactors", await bob.SignInAsync()).ShouldSucceedAsync();
        var told = await pool.AdminAsync("AdminGetUserAuthFactors", "bob").ShouldSucceedAsync();

        own.ToJsonString().ShouldBe("""{"Username":"bob","ConfiguredUserAuthFactors":["PASSWORD","EMAIL_OTP"]}""");
        told.ToJsonString().ShouldBe(own.ToJsonString());
    }

    [Fact]
    public async Task A_second_factor_is_told_and_leaves_the_password_only()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", "sms", Passwordless);
        var bob = await pool.ReachableAsync("bob");
        await bob.PreferAsync("sms!").ShouldSucceedAsync();

        var told = await pool.AdminAsync("AdminGetUserAuthFactors", "bob").ShouldSucceedAsync();

        told.ToJsonString().ShouldBe(
            """{"Username":"bob","PreferredMfaSetting":"SMS_MFA","UserMFASettingList":["SMS_MFA"],"ConfiguredUserAuthFactors":["PASSWORD"]}""");
    }
}
