using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Commands;

/// <summary>Each row is a whole user or is told by its line; nothing in between.</summary>
public sealed class ImportRowTests
{
    private const string Hash = "pbkdf2_sha256$1000$seasalt$FHgDFPtFJuPcG//EMyFcBMBGAXgxaIpowkvflCb0X08=";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Every_row_that_fails_is_told_by_line_and_code_and_leaves_nothing(Engine engine)
    {
        var pool = await PoolAsync(engine);
        await pool.ConfigureAsync("AdminCreateUser", new JsonObject
        {
            ["Username"] = "There", ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = new JsonArray(Attribute("email", "there@example.com"), Attribute("email_verified", "true")),
        }).ShouldSucceedAsync();
        (string Row, string? Code)[] cases =
        [
            ("ok,ok@example.com,true,,,Ok,,,staff,,", null),
            ("There,,,,,T,,,,,", "USER_EXISTS"),
            ("ok,,,,,Ok,,,,,", "DUPLICATE_IN_FILE"),
            ("a,there@example.com,true,,,A,,,staff,,", "ALIAS_TAKEN"),
            ("b,ok@example.com,true,,,B,,,staff,,", "DUPLICATE_IN_FILE"),
            // An address that nobody verified is no alias, so two may have it.
            ("c,ok@example.com,false,,,C,,,,,", null),
            ("d,nothing,true,,,D,,,,,", "ATTRIBUTE_INVALID"),
            ("e,,true,,,E,,,,,", "NOTHING_TO_VERIFY"),
            ("f,,yes,,,F,,,,,", "FLAG_INVALID"),
            ("g,,,0123,,G,,,,,", "ATTRIBUTE_INVALID"),
            ("h,,,,,,,,,,", "ATTRIBUTE_REQUIRED"),
            ("i,,,,big,I,,,,,", "ATTRIBUTE_INVALID"),
            ("j,,,,,J,archived,,,,", "STATUS_UNKNOWN"),
            ("k,,,,,K,force_change_password,,,,", "STATUS_UNKNOWN"),
            ("l,,,,,L,,1,,,", "FLAG_INVALID"),
            ("m,,,,,M,,,nobody,,", "GROUP_UNKNOWN"),
            ("n,,,,,N,,,staff;nobody,,", "GROUP_UNKNOWN"),
            ("o,,,,,O,,," + string.Join(';', Enumerable.Range(0, 101)) + ",,", "GROUPS_TOO_MANY"),
            ("p,,,,,P,,,,yesterday,", "CREATED_AT_INVALID"),
            ("q,,,,,Q,,,,2999-01-01T00:00:00Z,", "CREATED_AT_INVALID"),
            ("r,,,,,R,,,,99999999999999999999,", "CREATED_AT_INVALID"),
            ("s,,,,,S,,,,,5f4dcc3b5aa765d61d8327deb882cf99", "HASH_UNKNOWN"),
            ("t,,,,,T,,,,,$2b$05$short", "HASH_MALFORMED"),
            ("u,,,,,U,,,,,$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "HASH_TOO_COSTLY"),
            (",,,,,V,,,,,", "USERNAME_MISSING"),
            ("two words,,,,,W,,,,,", "USERNAME_INVALID"),
            ("x@example.com,,,,,X,,,,,", "USERNAME_INVALID"),
            (new string('y', 129) + ",,,,,Y,,,,,", "USERNAME_INVALID"),
            ("z,,,,,Z,,,,", "VALUE_COUNT"),
            ("\"z\"x,,,,,Z,,,,,", "TEXT_AFTER_QUOTE"),
            ("last,,,,,L,,,,," + Hash, null),
        ];
        var csv = "username,email,email_verified,phone,custom:shoe,given_name,status,enabled,groups,created_at,password_hash\n" + string.Join('\n', cases.Select(c => c.Row));

        var tried = await pool.ImportAsync(csv, "csv", "--dry-run");
        var imported = await pool.ImportAsync(csv, "csv");

        var expected = cases.Select((c, i) => (Line: i + 2L, c.Code)).Where(c => c.Code is not null).Select(c => (c.Line, c.Code!)).ToList();
        imported.Failures.ShouldBe(expected);
        (imported.Code, imported.Counts).ShouldBe((1, (3, expected.Count)));
        (tried.Code, tried.Counts, tried.Report).ShouldBe((1, imported.Counts, imported.Report));
        imported.Report!.ShouldContain("""{"row":4,"key":"ok","code":"DUPLICATE_IN_FILE","why":"The row at line 2 has the same username."}""");
        imported.Report!.ShouldContain("bcrypt and costs more than is accepted: cost 14");
        imported.Report!.ShouldNotContain("5f4dcc3b");
        (await pool.CountAsync()).ShouldBe(4);
        var staff = await pool.ConfigureAsync("ListUsersInGroup", new JsonObject { ["GroupName"] = "staff" }).ShouldSucceedAsync();
        staff["Users"]!.AsArray().ShouldHaveSingleItem()!["Username"]!.GetValue<string>().ShouldBe("ok");
        (await pool.AdminAsync("AdminGetUser", "n")).ShouldBeError("UserNotFoundException");
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        var pool = await PoolAsync();
        const string csv = "username,given_name\nann,Ann\nbob,Bob\n";

        var tried = await pool.ImportAsync(csv, "csv", "--dry-run");

        (tried.Code, tried.Counts, tried.Report).ShouldBe((0, (2, 0), ""));
        (await pool.CountAsync()).ShouldBe(0);
        (await pool.ImportAsync(csv, "csv")).Counts.ShouldBe((2, 0));
    }

    [Fact]
    public async Task A_file_that_was_imported_is_told_so_and_one_under_way_goes_on_only_where_that_is_asked_for()
    {
        var pool = await PoolAsync();
        const string csv = "username,given_name\nann,Ann\nbob,\n";
        await pool.BeginAsync(csv);

        var refused = await pool.ImportAsync(csv, "csv");
        var first = await pool.ImportAsync(csv, "csv", "--resume");
        var again = await pool.ImportAsync(csv, "csv", "--resume");
        var anew = await pool.ImportAsync(csv, "csv");

        (refused.Code, refused.Out).ShouldBe((2, ""));
        refused.Error.ShouldContain("--resume");
        (first.Code, first.Counts).ShouldBe((1, (1, 1)));
        // Nothing is done again, and the report is made again.
        (again.Code, again.Counts, again.Report).ShouldBe((1, (1, 1), first.Report));
        (anew.Code, anew.Counts).ShouldBe((1, (0, 2)));
        anew.Failures.ShouldBe([(2, "USER_EXISTS"), (3, "ATTRIBUTE_REQUIRED")]);
    }

    [Fact]
    public async Task A_member_that_no_pool_has_fails_its_row_and_never_gets_in()
    {
        var pool = await PoolAsync();

        var imported = await pool.ImportAsync(
            """
            {"username":"ann","given_name":"Ann","groups":["staff"],"updated_at":1323778516,"enabled":true,"email":null}
            {"username":"bob","given_name":"Bob","shoe":44}
            {"username":"carl","given_name":"Carl","sub":"00000000-0000-4000-8000-000000000009"}
            {"username":"dora","given_name":"Dora","identities":"[]"}
            {"username":"eve","given_name":{"first":"Eve"}}
            {"username":"fay","given_name":"Fay","groups":[1]}
            {"username":"gus","given_name":"Gus","given_name":"Gustav"}
            {"username":"hal","phone":"+15555550100","phone_number":"+15555550101","given_name":"Hal"}
            """,
            "jsonl");

        imported.Failures.ShouldBe([(2, "COLUMN_UNKNOWN"), (3, "ATTRIBUTE_READ_ONLY"), (4, "ATTRIBUTE_READ_ONLY"), (5, "NOT_JSON"), (6, "NOT_JSON"), (7, "NOT_JSON"), (8, "NOT_JSON")]);
        (await pool.DescribeAsync("ann")).Attribute("updated_at").ShouldBe("1323778516");
        (await pool.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("--pool", "us-east-1_Nowhere00")]
    [InlineData("--format", "xml")]
    [InlineData("--report", "/nowhere/at/all/failed.csv")]
    [InlineData("--firebase-hash-config", "/nowhere.txt")]
    [InlineData("--shoe", "44")]
    [InlineData("--resume", "--dry-run")]
    public async Task What_can_not_be_run_is_not_begun(string option, string value)
    {
        var pool = await PoolAsync();

        // What comes first counts.
        var imported = await pool.ImportFirstAsync("username,given_name\nann,Ann\n", option, value);

        (imported.Code, imported.Out).ShouldBe((2, ""));
        imported.Error.ShouldNotBeEmpty();
        (await pool.CountAsync()).ShouldBe(0);
    }

    private static JsonObject Attribute(string name, string value) => new() { ["Name"] = name, ["Value"] = value };

    private static async Task<TestPool> PoolAsync(Engine engine = Engine.Sqlite)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync(new JsonObject
        {
            ["AliasAttributes"] = new JsonArray("email"),
            ["UsernameConfiguration"] = new JsonObject { ["CaseSensitive"] = true },
            ["Schema"] = new JsonArray(
                new JsonObject { ["Name"] = "shoe", ["AttributeDataType"] = "Number" },
                new JsonObject { ["Name"] = "given_name", ["AttributeDataType"] = "String", ["Required"] = true, ["Mutable"] = true }),
        });
        await pool.ConfigureAsync("CreateGroup", new JsonObject { ["GroupName"] = "staff" }).ShouldSucceedAsync();
        return pool;
    }
}
