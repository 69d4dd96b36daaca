using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Users;

public sealed class UpdateUserAttributesTests
{
    [Fact]
    public async Task A_changed_address_is_unverified_and_gets_a_code()
    {
        var (pool, tokens) = await SignedInAsync();

        var answer = await UpdateAsync(pool, tokens, ("email", "new@example.com"), ("name", "Bob")).ShouldSucceedAsync();

        var details = answer["CodeDeliveryDetailsList"]!.AsArray().ShouldHaveSingleItem()!;
        details["AttributeName"]!.GetValue<string>().ShouldBe("email");
        details["DeliveryMedium"]!.GetValue<string>().ShouldBe("EMAIL");
        details["Destination"]!.GetValue<string>().ShouldBe("n***@e***");
        var user = await pool.DescribeAsync("bob");
        (user.Attribute("email"), user.Attribute("email_verified"), user.Attribute("name")).ShouldBe(("new@example.com", "false", "Bob"));
    }

    [Fact]
    public async Task Without_a_changed_address_no_code_is_sent()
    {
        var (pool, tokens) = await SignedInAsync();

        var answer = await UpdateAsync(pool, tokens, ("name", "Bob")).ShouldSucceedAsync();

        answer.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_old_address_stays_until_the_new_one_is_verified()
    {
        var (pool, tokens) = await SignedInAsync(new JsonObject
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["UserAttributeUpdateSettings"] = new JsonObject { ["AttributesRequireVerificationBeforeUpdate"] = new JsonArray("email") },
        });
        var before = await pool.DescribeAsync("bob");
        var address = $"pending.{pool.ClientId}@example.com";

        await UpdateAsync(pool, tokens, ("email", address)).ShouldSucceedAsync();
        var meanwhile = await pool.DescribeAsync("bob");
        var code = await pool.World.CodeAsync(address);
        await pool.World.OwnAsync("VerifyUserAttribute", tokens, new JsonObject { ["AttributeName"] = "email", ["Code"] = code }).ShouldSucceedAsync();

        meanwhile.Attribute("email").ShouldBe(before.Attribute("email"));
        var after = await pool.DescribeAsync("bob");
        (after.Attribute("email"), after.Attribute("email_verified")).ShouldBe((address, "true"));
    }

    [Fact]
    public async Task An_address_in_use_is_refused_before_a_code_is_sent()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["UsernameAttributes"] = new JsonArray("email"),
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["UserAttributeUpdateSettings"] = new JsonObject { ["AttributesRequireVerificationBeforeUpdate"] = new JsonArray("email") },
        });
        await pool.ConfirmedAsync("eve@example.com");
        var tokens = await (await pool.ConfirmedAsync("bob@example.com")).SignInAsync();

        (await UpdateAsync(pool, tokens, ("email", "EVE@example.com")))
            .ShouldBeError("AliasExistsException", "An account with the given email already exists.");
    }

    [Theory]
    [InlineData("email_verified", "true", "InvalidParameterException", "Cannot modify the non-mutable attribute email_verified")]
    [InlineData("sub", "x", "InvalidParameterException", "Cannot modify the non-mutable attribute sub")]
    [InlineData("custom:unknown", "x", "InvalidParameterException", "user.custom:unknown: Attribute does not exist in the schema.\n")]
    [InlineData("email", "nonsense", "InvalidParameterException", "Invalid email address format.")]
    public async Task What_may_not_be_written_changes_nothing(string name, string value, string type, string message)
    {
        var (pool, tokens) = await SignedInAsync();

        (await UpdateAsync(pool, tokens, ("name", "Bob"), (name, value))).ShouldBeError(type, message);

        (await pool.DescribeAsync("bob")).Attribute("name").ShouldBeNull();
    }

    [Fact]
    public async Task A_client_writes_only_what_it_may()
    {
        var (pool, tokens) = await SignedInAsync(client: new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH"),
            ["WriteAttributes"] = new JsonArray("email"),
        });

        (await UpdateAsync(pool, tokens, ("name", "Bob")))
            .ShouldBeError("NotAuthorizedException", "A client attempted to write unauthorized attribute");
    }

    [Fact]
    public async Task Codes_cannot_be_sent_without_end()
    {
        var (pool, tokens) = await SignedInAsync();

        var answers = new List<Answer>();
        for (var i = 0; i < 11; i++) answers.Add(await UpdateAsync(pool, tokens, ("email", $"victim{i}@example.com")));

        answers.Take(10).ShouldAllBe(a => a.Status == 200);
        answers[10].ShouldBeError("TooManyRequestsException");
        (await UpdateAsync(pool, tokens, ("name", "Bob"))).Status.ShouldBe(200);
    }

    private static Task<Answer> UpdateAsync(TestPool pool, Testing.Tokens tokens, params (string, string)[] attributes) =>
        pool.World.OwnAsync("UpdateUserAttributes", tokens, new JsonObject { ["UserAttributes"] = Calls.Attributes(attributes) });

    private static async Task<(TestPool Pool, Testing.Tokens Tokens)> SignedInAsync(JsonObject? settings = null, JsonObject? client = null)
    {
        var pool = await (await World.OnAsync()).PoolAsync(settings, client);
        return (pool, await (await pool.ConfirmedAsync("bob")).SignInAsync());
    }
}
