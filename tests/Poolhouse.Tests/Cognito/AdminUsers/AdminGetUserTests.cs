using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminGetUserTests
{
    [Fact]
    public async Task Everything_is_told()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.SignedUpAsync("bob");

        var user = await pool.DescribeAsync("bob");

        user.Select(member => member.Key)
            .ShouldBe(["Username", "UserAttributes", "UserCreateDate", "UserLastModifiedDate", "Enabled", "UserStatus"], ignoreOrder: true);
        (user["Username"]!.GetValue<string>(), user["UserStatus"]!.GetValue<string>(), user.Attribute("sub")).ShouldBe(("bob", "UNCONFIRMED", bob.Sub));
    }

    [Fact]
    public async Task An_unknown_pool_is_not_found() =>
        (await (await World.OnAsync()).CallAsync("AdminGetUser", new() { ["UserPoolId"] = "us-east-1_Nowhere", ["Username"] = "bob" }))
            .ShouldBeError("ResourceNotFoundException", "User pool us-east-1_Nowhere does not exist.");
}
