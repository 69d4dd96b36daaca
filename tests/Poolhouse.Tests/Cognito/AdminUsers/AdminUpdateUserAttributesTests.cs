using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminUpdateUserAttributesTests
{
    [Fact]
    public async Task An_address_may_come_verified()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await UpdateAsync(pool, "bob", ("email", "new@example.com"), ("email_verified", "True"));

        answer.Text.ShouldBe("{}");
        var user = await pool.DescribeAsync("bob");
        (user.Attribute("email"), user.Attribute("email_verified")).ShouldBe(("new@example.com", "true"));
    }

    [Fact]
    public async Task An_empty_value_deletes()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        await UpdateAsync(pool, "bob", ("name", "Bob")).ShouldSucceedAsync();

        await UpdateAsync(pool, "bob", ("name", "")).ShouldSucceedAsync();

        (await pool.DescribeAsync("bob")).Attribute("name").ShouldBeNull();
    }

    [Fact]
    public async Task A_flag_needs_its_address()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        (await UpdateAsync(pool, "bob", ("phone_number_verified", "true"))).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Another_s_preferred_name_is_refused()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("preferred_username") });
        await pool.ConfirmedAsync("bob");
        await pool.ConfirmedAsync("eve");
        await UpdateAsync(pool, "eve", ("preferred_username", "star")).ShouldSucceedAsync();

        (await UpdateAsync(pool, "bob", ("preferred_username", "Star")))
            .ShouldBeError("AliasExistsException", "User account already exists for the alias.");
    }

    [Fact]
    public async Task A_verified_address_moves_from_who_held_it()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        await pool.ConfirmedAsync("former");
        await pool.ConfirmedAsync("bob");
        var address = pool.EmailOf("former");
        await UpdateAsync(pool, "former", ("email_verified", "true")).ShouldSucceedAsync();

        await UpdateAsync(pool, "bob", ("email", address), ("email_verified", "true")).ShouldSucceedAsync();

        (await pool.DescribeAsync(address))["Username"]!.GetValue<string>().ShouldBe("bob");
        (await pool.DescribeAsync("former")).Attribute("email_verified").ShouldBe("false");
    }

    [Theory]
    [InlineData("birthdate", "1990-01-011", "user.birthdate: String must be no longer than 10 characters\n")]
    [InlineData("sub", "x", "Cannot modify the non-mutable attribute sub")]
    public async Task What_may_not_be_written_is_named(string name, string value, string message)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        (await UpdateAsync(pool, "bob", (name, value))).ShouldBeError("InvalidParameterException", message);
    }

    private static Task<Answer> UpdateAsync(TestPool pool, string name, params (string, string)[] attributes) =>
        pool.AdminAsync("AdminUpdateUserAttributes", name, new JsonObject { ["UserAttributes"] = Calls.Attributes(attributes) });
}
