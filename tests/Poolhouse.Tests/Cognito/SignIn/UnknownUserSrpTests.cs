using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class UnknownUserSrpTests
{
    [Fact]
    public async Task An_unknown_user_is_told_where_the_client_does_not_hide_users()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await new SrpPerson(pool).StartAsync("nobody");

        answer.ShouldBeError("UserNotFoundException", "User does not exist.");
    }

    [Fact]
    public async Task A_hiding_client_answers_a_challenge_that_looks_like_any_other()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: SignInCalls.Client(hides: "ENABLED"));
        await pool.ConfirmedAsync("somebody");

        var real = (await new SrpPerson(pool).StartAsync("somebody")).ShouldAskFor("PASSWORD_VERIFIER");
        var unreal = (await new SrpPerson(pool).StartAsync("nobody")).ShouldAskFor("PASSWORD_VERIFIER");

        unreal.Json.Select(p => p.Key).ShouldBe(real.Json.Select(p => p.Key));
        unreal.Json["ChallengeParameters"]!.AsObject().Select(p => p.Key).ShouldBe(real.Json["ChallengeParameters"]!.AsObject().Select(p => p.Key));
        unreal.Parameter("USERNAME").ShouldBe("nobody");
        unreal.Parameter("USER_ID_FOR_SRP").ShouldBe("nobody");
        unreal.Parameter("SALT").Length.ShouldBeInRange(30, 34);
        unreal.Parameter("SRP_B").Length.ShouldBeInRange(760, 770);
    }

    [Fact]
    public async Task A_secret_block_is_as_long_for_nobody_as_for_somebody()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: SignInCalls.Client(hides: "ENABLED"));
        await pool.ConfirmedAsync("somebody");

        // Numbers with leading zeros are shorter, so lengths are compared as sets.
        async Task<List<int>> LengthsAsync(string name)
        {
            var lengths = new List<int>();
            for (var i = 0; i < 12; i++) lengths.Add((await new SrpPerson(pool).StartAsync(name)).Parameter("SECRET_BLOCK").Length);
            return lengths;
        }

        var real = await LengthsAsync("somebody");
        var unreal = await LengthsAsync("somenone");

        Math.Abs(real.Max() - unreal.Max()).ShouldBeLessThanOrEqualTo(4, $"{real.Max()} against {unreal.Max()}");
    }

    [Fact]
    public async Task The_salt_of_a_name_is_stable_the_same_for_all_clients_and_different_per_name_and_pool()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(client: SignInCalls.Client(hides: "ENABLED"));
        var sibling = await TestPool.CreateAsync(world, pool.Id, SignInCalls.Client(hides: "ENABLED"));
        var other = await world.PoolAsync(client: SignInCalls.Client(hides: "ENABLED"));

        var salt = await SaltAsync(pool, "nobody");

        (await SaltAsync(pool, "nobody")).ShouldBe(salt);
        (await SaltAsync(sibling, "nobody")).ShouldBe(salt);
        (await SaltAsync(pool, "nobody2")).ShouldNotBe(salt);
        (await SaltAsync(other, "nobody")).ShouldNotBe(salt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_salt_follows_the_pools_rule_about_case(bool isCaseSensitive)
    {
        var settings = new JsonObject { ["UsernameConfiguration"] = new JsonObject { ["CaseSensitive"] = isCaseSensitive } };
        var pool = await (await World.OnAsync()).PoolAsync(settings, SignInCalls.Client(hides: "ENABLED"));
        await pool.ConfirmedAsync("Somebody");

        var unreal = await SaltAsync(pool, "nobody") == await SaltAsync(pool, "NOBODY");
        var real = await SaltAsync(pool, "Somebody") == await SaltAsync(pool, "sOMEBODY");

        unreal.ShouldBe(!isCaseSensitive);
        real.ShouldBe(!isCaseSensitive);
    }

    [Fact]
    public async Task No_proof_for_nobody_is_ever_right()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: SignInCalls.Client(hides: "ENABLED"));

        var answer = await new SrpPerson(pool).SignInAsync("nobody");
        var zero = (await pool.StartAsync("USER_SRP_AUTH", new JsonObject { ["USERNAME"] = "nobody", ["SRP_A"] = "0" })).ShouldAskFor("PASSWORD_VERIFIER");
        var byZero = await pool.RespondAsync("PASSWORD_VERIFIER", null, ZeroProof.Of(pool, zero, "0"));

        answer.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        byZero.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
    }

    [Fact]
    public async Task A_challenge_for_nobody_stays_useless_once_somebody_takes_the_name()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: SignInCalls.Client(hides: "ENABLED"));
        var person = new SrpPerson(pool);
        var challenge = await person.StartAsync("bob");
        await pool.ConfirmedAsync("bob");

        var answer = await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(challenge));

        answer.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
    }

    [Fact]
    public async Task Nobody_is_locked_out_like_somebody()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: SignInCalls.Client(hides: "ENABLED"));
        var texts = new List<string?>();

        for (var i = 0; i < 6; i++) texts.Add((await new SrpPerson(pool, "Wrong-horse-1").SignInAsync("nobody")).Message);

        texts.Count(t => t == "Incorrect username or password.").ShouldBe(5);
        texts[^1].ShouldBe("Password attempts exceeded");
    }

    private static async Task<string> SaltAsync(TestPool pool, string name) => (await new SrpPerson(pool).StartAsync(name)).Parameter("SALT");
}
