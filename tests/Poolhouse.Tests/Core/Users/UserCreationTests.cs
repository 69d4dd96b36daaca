using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Core.Users;

public sealed class UserCreationTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    // Credentials are not there: a password that was made would fail the test.
    [Theory]
    [InlineData("email", "bob@example.com", "EMAIL_OTP")]
    [InlineData("phone_number", "+12025550123", "SMS_OTP")]
    public async Task Who_can_sign_in_without_gets_no_password(string attribute, string value, string factor)
    {
        var pool = await PoolAsync(factor);
        var creation = new UserCreation(
            null!, new UserChanges(fixture.Database), new UserTriggers(NoFunctions.Calls), new MessageTriggers(NoFunctions.Calls), new SystemRandom());
        var attributes = new Dictionary<string, string> { [attribute] = value, [attribute + "_verified"] = "True" };

        var created = await creation.CreateAsync(pool, new NewUser { Username = "bob", Attributes = attributes }, Now, TestContext.Current.CancellationToken);

        created.Refusal.ShouldBeNull();
        (created.Value.Status, created.Value.Password).ShouldBe((UserStatus.Confirmed, null));
    }

    private async Task<UserPool> PoolAsync(string factor)
    {
        var pool = new UserPool
        {
            Id = new PoolId($"us-east-1_{Guid.NewGuid():N}"[..20]),
            Name = "Test",
            CreatedAt = Now,
            ModifiedAt = Now,
            Settings = new PoolSettings { AllowedFirstAuthFactors = ["PASSWORD", factor] },
        };
        await fixture.Database.WriteAsync(unit => unit.Pools.CreateAsync(pool, CancellationToken.None), CancellationToken.None);
        return pool;
    }
}
