using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Users;

public sealed class GetUserTests
{
    [Fact]
    public async Task The_answer_is_the_name_and_the_attributes()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        var user = await pool.World.OwnAsync("GetUser", await bob.SignInAsync()).ShouldSucceedAsync();

        user.Select(member => member.Key).ShouldBe(["Username", "UserAttributes"], ignoreOrder: true);
        user["Username"]!.GetValue<string>().ShouldBe("bob");
        (user.Attribute("sub"), user.Attribute("email"), user.Attribute("email_verified")).ShouldBe((bob.Sub, bob.Email, "false"));
    }

    [Fact]
    public async Task A_client_sees_what_it_may_read_and_the_sub()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH"),
            ["ReadAttributes"] = new JsonArray("name"),
        });
        var bob = await pool.ConfirmedAsync("bob");

        var user = await pool.World.OwnAsync("GetUser", await bob.SignInAsync()).ShouldSucceedAsync();

        user["UserAttributes"]!.AsArray().Select(a => a!["Name"]!.GetValue<string>()).ShouldBe(["sub"]);
    }

    [Fact]
    public async Task An_ID_token_is_no_access_token()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.World.OwnAsync("GetUser", tokens with { Access = tokens.Id })).ShouldBeError("NotAuthorizedException", "Invalid Access Token");
    }
}
