using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Commands;

/// <summary>Who came in by a file signs in as before.</summary>
public sealed class ImportSignInTests
{
    // All of this password; cheap ones, made by Django 3.2, passlib 1.7, Python's hashlib and OpenSSL.
    private const string Password = "Correct-hörse-1";

    private const string FirebaseConfig =
        "hash_config { algorithm: SCRYPT, base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==, base64_salt_separator: Bw==, rounds: 8, mem_cost: 9, }";

    private const string FirebaseHash = "SYyzQr+EA9NJE3T2/hli87rVQPm0VGl0RmLZdDbMlwETXbVRAU+gGpsuPtTSleXZrlFDiDHRgecGxkR0Zfce2A==";

    private static readonly string[] Hashes =
    [
        "bcrypt_sha256$$2b$05$gJVKOC5f/RSkp6VSc4VRX.py8pva.v3a.0tnnVJzUj/ffzy4QC3RS",
        "bcrypt$$2b$05$3.9r16hQsbce8SAMpT17VuraNtaHVI.vGivq3Fa0F3rB9pl.CEQAS",
        "\"argon2$argon2id$v=19$m=1024,t=2,p=2$MTNzZUJ6c094V0VCVkM3ckg3eUdueQ$WKiFXhAAQ7rRpvE1FStOuA\"",
        "pbkdf2_sha256$1000$seasalt$FHgDFPtFJuPcG//EMyFcBMBGAXgxaIpowkvflCb0X08=",
        "pbkdf2_sha1$1000$seasalt$9BTimQS6a1e1SE0A7lZiRQYige8=",
        "scrypt$1024$seasalt$8$1$eJaOow7cJdweAIaFFDG6fQpcUZ+CY6NDrjuYwt35VrJ652JxXD8nq5vlRze+9v4bKo3hvOb2AWCeAR3JxB7arA==",
        "$P$5GAObwgzbcasaeLU.CjxTD6Sj9NmQ21",
        "$pbkdf2-sha256$1000$dA6hVKr1vleq1ZqT0hpDaA$xfqczEkO.PU2o20ocZSvFReXL5HJCFFN8WlhEsJ10pc",
        "$pbkdf2-sha512$1000$nHMupdS6l7L2vrc2xrgXAg$Fot3lp6C4kZA/GWAxJkTkxiyFFE5C98RgLNs28Ud.mW7O8/2UPXTka7pZs9E7j2h8mIOobIxluy7zu9/Cqrv0w",
        "$pbkdf2$1000$gVAqxTjnXIuxdu69t/Y.xw$3a9txJia3KfBvJT3uT1hMbfXdQs",
        "\"$scrypt$ln=8,r=8,p=1$GYMQQogRYkyptfae8/6/Fw$IsOYuMY8kez2MecM/gIkS3sxuIDZwvx4sZCCsXA6FTg\"",
        "$2b$05$TlQRKUyvdL59hDtQAmjOoOi1a6rqBS8XNy3hK3lxnGf4YbkKsXMsm",
        "\"$argon2id$v=19$m=1024,t=2,p=8$NcZ4by1F6H3vHYOwltLauw$JPm/ItGHZurdua54KYr14w\"",
        "AQAAAAAAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg/D8iFDDD8BiUHQTrmy4swYmpHhsG46GyHQ40/pXxvoIA==",
        "AQAAAAEAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg97dGfI4FaqoOjZ+zbHYi9gOyXUr5q+W8KNZcmFjNN85w==",
        "AQAAAAIAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg+mXQP8OnqibiKZNZiHyPxOBX4znRH46wivNJpTIMfyeA==",
        "AAABAgMEBQYHCAkKCwwNDg/D8iFDDD8BiUHQTrmy4swYmpHhsG46GyHQ40/pXxvoIA==",
        "\"$fbscrypt$v=1,n=9,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$" + FirebaseHash + "\"",
    ];

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Everybody_signs_in_with_the_password_of_before_whatever_made_its_hash(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var csv = "username,password_hash\n" + string.Concat(Hashes.Select((hash, i) => $"person{i},{hash}\n"));

        var imported = await pool.ImportAsync(csv, "csv");

        imported.Code.ShouldBe(0, imported.Error);
        imported.Counts.ShouldBe((Hashes.Length, 0));
        for (var i = 0; i < Hashes.Length; i++)
        {
            var person = new TestUser(pool, $"person{i}", Password, "");
            (await pool.StoredHashAsync(person.Name))!.ShouldNotStartWith("$pbkdf2-sha512$i=");
            (await person.TrySignInAsync("Wrong-horse-1")).ShouldBeError("NotAuthorizedException");
            (await person.TrySignInAsync()).Status.ShouldBe(200, Hashes[i]);
            // The first right sign-in left this server's own hash in its place, which works too.
            (await pool.StoredHashAsync(person.Name))!.ShouldStartWith("$pbkdf2-sha512$i=", customMessage: Hashes[i]);
            (await person.TrySignInAsync()).Status.ShouldBe(200, Hashes[i]);
        }
    }

    [Fact]
    public async Task An_export_of_Firebase_needs_its_project_s_parameters()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var line = new JsonObject { ["username"] = "ann", ["email"] = "ann@example.com", ["email_verified"] = true, ["password_hash"] = FirebaseHash, ["password_salt"] = "42xEC+ixf3L2lw==" }.ToJsonString();
        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(config, FirebaseConfig);

        var without = await pool.ImportAsync(line, "jsonl");
        var with = await pool.ImportAsync(line, "jsonl", "--firebase-hash-config", config);
        File.Delete(config);

        without.Failures.ShouldBe([(1, "HASH_UNKNOWN")]);
        with.Code.ShouldBe(0, with.Report);
        (await pool.StoredHashAsync("ann"))!.ShouldNotContain("jxspr");
        (await new TestUser(pool, "ann", Password, "").TrySignInAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Passwords_in_clear_come_in_only_by_the_operator_s_word()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        const string csv = "username,password\nann,short\nbob,\n";

        var refused = await pool.ImportAsync(csv, "csv");
        var line = await pool.ImportAsync("""{"username":"ann","password":"short"}""", "jsonl");
        var allowed = await pool.ImportAsync(csv, "csv", "--allow-plain-passwords");

        (refused.Code, refused.Report).ShouldBe((2, null));
        refused.Error.ShouldContain("--allow-plain-passwords");
        line.Failures.ShouldBe([(1, "PLAIN_PASSWORD_REFUSED")]);
        line.Report!.ShouldNotContain("short");
        allowed.Code.ShouldBe(0, allowed.Report);
        (await pool.StoredHashAsync("ann"))!.ShouldStartWith("$pbkdf2-sha512$i=");
        (await new TestUser(pool, "ann", "short", "").TrySignInAsync()).Status.ShouldBe(200);
        (await pool.DescribeAsync("bob")).Text("UserStatus").ShouldBe("RESET_REQUIRED");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_row_says_where_the_account_stands(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync(new JsonObject
        {
            ["AliasAttributes"] = new JsonArray("email"),
            ["Schema"] = new JsonArray(new JsonObject { ["Name"] = "shoe", ["AttributeDataType"] = "Number" }),
        });
        foreach (var group in (string[])["staff", "editors"]) await pool.ConfigureAsync("CreateGroup", new JsonObject { ["GroupName"] = group }).ShouldSucceedAsync();
        var hash = Hashes[3];

        var imported = await pool.ImportAsync(
            $"""
            username,email,email_verified,phone,phone_verified,custom:shoe,status,enabled,groups,created_at,password_hash
            ann,ann@example.com,TRUE,+15555550100,false,44,,,staff; editors;staff,2011-12-13T14:15:16+02:00,{hash}
            bob,bob@example.com,,,,,confirmed,false,,1323778516,{hash}
            carl,,,,,,UNCONFIRMED,,,,{hash}
            dora,,,,,,reset_required,true,,2011-12-13T12:15:16.5Z,{hash}
            eve,,,,,,force_change_password,,,,{hash}
            fay,,,,,,confirmed,,,,
            """,
            "csv");

        imported.Code.ShouldBe(0, imported.Report);
        var ann = await pool.DescribeAsync("ann");
        (ann.Text("UserStatus"), ann.Attribute("email_verified"), ann.Attribute("phone_number"), ann.Attribute("phone_number_verified"), ann.Attribute("custom:shoe"))
            .ShouldBe(("CONFIRMED", "true", "+15555550100", "false", "44"));
        ann["UserCreateDate"]!.GetValue<double>().ShouldBe(1323778516);
        (await pool.DescribeAsync("dora"))["UserCreateDate"]!.GetValue<double>().ShouldBe(1323778516.5);
        var tokens = Tokens.Of((await new TestUser(pool, "ann@example.com", Password, "").TrySignInAsync()).Json);
        Tokens.Claims(tokens.Access)["cognito:groups"]!.AsArray().Select(g => g!.GetValue<string>()).Order().ShouldBe(["editors", "staff"]);
        (await new TestUser(pool, "bob", Password, "").TrySignInAsync()).ShouldBeError("NotAuthorizedException", "User is disabled.");
        (await new TestUser(pool, "carl", Password, "").TrySignInAsync()).ShouldBeError("UserNotConfirmedException");
        (await new TestUser(pool, "dora", Password, "").TrySignInAsync()).ShouldBeError("PasswordResetRequiredException");
        (await new TestUser(pool, "eve", Password, "").TrySignInAsync()).Json.Text("ChallengeName").ShouldBe("NEW_PASSWORD_REQUIRED");
        (await pool.DescribeAsync("fay")).Text("UserStatus").ShouldBe("CONFIRMED");
    }

    [Fact]
    public async Task Where_addresses_are_usernames_the_address_may_stand_in_either_column()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["UsernameAttributes"] = new JsonArray("email") });

        var imported = await pool.ImportAsync(
            $"""
            username,email,email_verified,password_hash
            ,ann@example.com,true,{Hashes[3]}
            bob@example.com,,true,{Hashes[3]}
            carl@example.com,dan@example.com,true,{Hashes[3]}
            ,ANN@example.com,,{Hashes[3]}
            """,
            "csv");

        imported.Failures.ShouldBe([(4, "USERNAME_MISMATCH"), (5, "DUPLICATE_IN_FILE")]);
        imported.Report!.ShouldContain("line 2 has the same email");
        (await new TestUser(pool, "ann@example.com", Password, "").TrySignInAsync()).Status.ShouldBe(200);
        (await new TestUser(pool, "bob@example.com", Password, "").TrySignInAsync()).Status.ShouldBe(200);
    }
}
