using System.Globalization;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class SrpTests
{
    private const string Wrong = "Incorrect username or password.";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_right_proof_signs_in(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        var answer = await new SrpPerson(pool).SignInAsync("bob");

        Testing.Tokens.Claims(answer.ShouldBeSignedIn().Access)["sub"]!.GetValue<string>().ShouldBe(bob.Sub);
    }

    [Fact]
    public async Task Numbers_of_every_length_and_first_bit_agree()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        // One wrong corner of the padding fails about one sign-in in sixteen.
        // One after the other: a guess counts as wrong until it is judged, so many at once look like guessing.
        var answers = new List<Answer>();
        for (var i = 0; i < 40; i++) answers.Add(await new SrpPerson(pool).SignInAsync("bob"));

        answers.ShouldAllBe(a => a.Status == 200);
    }

    [Fact]
    public async Task The_challenge_has_what_clients_read_and_no_session()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("Bob");

        var first = (await new SrpPerson(pool).StartAsync("bob")).ShouldAskFor("PASSWORD_VERIFIER");
        var second = await new SrpPerson(pool).StartAsync("bob");

        first.Json.ContainsKey("Session").ShouldBeFalse();
        first.Parameter("SALT").Length.ShouldBeInRange(30, 34);
        first.Parameter("SALT").ShouldBe(second.Parameter("SALT"));
        first.Parameter("SRP_B").ShouldNotBe(second.Parameter("SRP_B"));
        first.Parameter("USERNAME").ShouldBe("Bob");
        first.Parameter("USER_ID_FOR_SRP").ShouldBe("Bob");
        Convert.FromBase64String(first.Parameter("SECRET_BLOCK")).Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_wrong_password_is_not_authorized()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await new SrpPerson(pool, "Wrong-horse-1").SignInAsync("bob");

        answer.ShouldBeError("NotAuthorizedException", Wrong);
    }

    [Theory]
    [InlineData("PASSWORD_CLAIM_SIGNATURE", "AAAA")]
    [InlineData("PASSWORD_CLAIM_SIGNATURE", "not base64")]
    [InlineData("PASSWORD_CLAIM_SECRET_BLOCK", "AAAA")]
    [InlineData("PASSWORD_CLAIM_SECRET_BLOCK", "not base64")]
    [InlineData("TIMESTAMP", "never")]
    [InlineData("USERNAME", "alice")]
    public async Task One_wrong_part_is_a_wrong_password(string part, string value)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        await pool.ConfirmedAsync("alice");
        var person = new SrpPerson(pool);
        var proof = person.Proof(await person.StartAsync("bob"));
        proof[part] = value;

        var answer = await pool.RespondAsync("PASSWORD_VERIFIER", null, proof);

        answer.ShouldBeError("NotAuthorizedException", Wrong);
    }

    [Theory]
    [InlineData("USERNAME")]
    [InlineData("PASSWORD_CLAIM_SIGNATURE")]
    [InlineData("PASSWORD_CLAIM_SECRET_BLOCK")]
    [InlineData("TIMESTAMP")]
    public async Task A_missing_part_is_named(string part)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);
        var proof = person.Proof(await person.StartAsync("bob"));
        proof.Remove(part);

        var answer = await pool.RespondAsync("PASSWORD_VERIFIER", null, proof);

        answer.ShouldBeError("InvalidParameterException", "Missing required parameter " + part);
    }

    [Theory]
    [InlineData("ddd MMM dd HH:mm:ss 'UTC' yyyy", 5)]
    [InlineData("ddd MMM d HH:mm:ss 'GMT' yyyy", 5)]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'Z'", 5)]
    [InlineData("'Foo' MMM d HH:mm:ss 'UTC' yyyy", 5)]
    [InlineData("ddd MMM d HH:mm:ss 'UTC' yy", 5)]
    public async Task A_timestamp_of_another_form_is_a_wrong_password(string format, int day)
    {
        await using var world = await World.StartAsync();
        var today = DateTimeOffset.UtcNow;
        var at = new DateTimeOffset(today.Year + 1, 1, day, 12, 0, 0, TimeSpan.Zero);
        await world.AdvanceAsync(System.Xml.XmlConvert.ToString(at - today));
        var pool = await world.PoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);
        var challenge = await person.StartAsync("bob");

        var wrong = await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(challenge, timestamp: at.ToString(format, CultureInfo.InvariantCulture)));
        var right = await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(challenge, timestamp: SrpPerson.Timestamp(at)));

        wrong.ShouldBeError("NotAuthorizedException", Wrong);
        right.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_secret_block_serves_one_sign_in()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);
        var proof = person.Proof(await person.StartAsync("bob"));
        (await pool.RespondAsync("PASSWORD_VERIFIER", null, proof.DeepClone().AsObject())).ShouldBeSignedIn();

        var answer = await pool.RespondAsync("PASSWORD_VERIFIER", null, proof);

        answer.Status.ShouldBe(400);
        answer.Type.ShouldBe("NotAuthorizedException");
    }

    [Fact]
    public async Task A_secret_block_of_another_client_or_pool_is_a_wrong_password()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        await pool.ConfirmedAsync("bob");
        var sibling = await TestPool.CreateAsync(world, pool.Id);
        var stranger = await world.PoolAsync();
        var person = new SrpPerson(pool);
        var proof = person.Proof(await person.StartAsync("bob"));

        var atSibling = await sibling.RespondAsync("PASSWORD_VERIFIER", null, proof.DeepClone().AsObject());
        var atStranger = await stranger.RespondAsync("PASSWORD_VERIFIER", null, proof.DeepClone().AsObject());
        var atHome = await pool.RespondAsync("PASSWORD_VERIFIER", null, proof);

        atSibling.ShouldBeError("NotAuthorizedException", Wrong);
        atStranger.ShouldBeError("NotAuthorizedException", Wrong);
        atHome.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_secret_block_expires()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync(client: SignInCalls.Client(sessionMinutes: 5));
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);
        var proof = person.Proof(await person.StartAsync("bob"));
        await world.AdvanceAsync("PT6M");

        var answer = await pool.RespondAsync("PASSWORD_VERIFIER", null, proof);

        answer.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session is expired.");
    }

    [Fact]
    public async Task One_A_serves_many_sign_ins_as_pycognito_uses_it()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);

        (await person.SignInAsync("bob")).ShouldBeSignedIn();
        var again = await person.SignInAsync("bob");

        again.ShouldBeSignedIn();
    }

    [Fact]
    public async Task The_answer_may_name_the_user_by_alias_or_sub()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["AliasAttributes"] = new JsonArray("email") });
        var bob = await pool.VerifiedAsync("bob");
        var person = new SrpPerson(pool);
        var challenge = await person.StartAsync(bob.Email);
        challenge.Parameter("USER_ID_FOR_SRP").ShouldBe("bob");

        var byAlias = await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(challenge, name: bob.Email));
        var bySub = await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(await person.StartAsync("bob"), name: bob.Sub));

        byAlias.ShouldBeSignedIn();
        bySub.ShouldBeSignedIn();
    }

    [Fact]
    public async Task Where_addresses_are_usernames_the_user_id_is_the_sub()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["UsernameAttributes"] = new JsonArray("email") });
        var bob = await pool.ConfirmedAsync("bob@example.com");
        var person = new SrpPerson(pool);

        var challenge = await person.StartAsync("BOB@example.com");

        challenge.Parameter("USER_ID_FOR_SRP").ShouldBe(bob.Sub);
        (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(challenge))).ShouldBeSignedIn();
    }

    [Theory]
    [InlineData("")]
    [InlineData("xyz")]
    [InlineData("-1")]
    public async Task A_public_value_that_is_no_number_is_refused(string value)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await pool.StartAsync("USER_SRP_AUTH", new JsonObject { ["USERNAME"] = "bob", ["SRP_A"] = value });

        answer.ShouldBeError("InvalidParameterException", value.Length == 0 ? "Missing required parameter SRP_A" : "Invalid SRP_A value.");
    }

    // RFC 5054 §2.5.4: A ≡ 0 makes S zero whatever the password. AWS still answers a challenge (observed).
    [Theory]
    [InlineData("0")]
    [InlineData("N")]
    [InlineData("2N")]
    public async Task A_public_value_of_zero_never_signs_in(string value)
    {
        var n = Poolhouse.Core.Srp.SrpGroup.N;
        var a = value switch { "0" => "0", "N" => n.ToString("x").TrimStart('0'), _ => (n * 2).ToString("x").TrimStart('0') };
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        var challenge = (await pool.StartAsync("USER_SRP_AUTH", new JsonObject { ["USERNAME"] = "bob", ["SRP_A"] = a })).ShouldAskFor("PASSWORD_VERIFIER");

        var answer = await pool.RespondAsync("PASSWORD_VERIFIER", null, ZeroProof.Of(pool, challenge, a));

        answer.ShouldBeError("NotAuthorizedException", Wrong);
    }

    [Fact]
    public async Task A_temporary_password_leads_to_the_new_password_challenge()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.InvitedAsync("bob");

        var answer = await new SrpPerson(pool).SignInAsync("bob");

        answer.ShouldAskFor("NEW_PASSWORD_REQUIRED").Session().Length.ShouldBeInRange(20, 2048);
    }

    [Fact]
    public async Task A_disabled_user_is_told_after_the_proof()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");
        await pool.ManageAsync("AdminDisableUser", "bob");

        var answer = await new SrpPerson(pool).SignInAsync("bob");

        answer.ShouldBeError("NotAuthorizedException", "User is disabled.");
    }
}
