using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;
using static Poolhouse.Tests.Cognito.UserImports.ImportCalls;

namespace Poolhouse.Tests.Cognito.UserImports;

public sealed class ImportRowTests
{
    private const string Unverified = "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).";

    [Fact]
    public async Task Each_row_is_judged_by_itself()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["AliasAttributes"] = new JsonArray("email", "preferred_username"),
            ["Schema"] = new JsonArray(
                new JsonObject { ["Name"] = "given_name", ["Required"] = true, ["Mutable"] = true, ["AttributeDataType"] = "String" },
                new JsonObject { ["Name"] = "shoe", ["AttributeDataType"] = "Number", ["Mutable"] = true, ["NumberAttributeConstraints"] = new JsonObject { ["MaxValue"] = "60" } }),
        });
        await pool.AdminAsync("AdminCreateUser", "there", new JsonObject { ["MessageAction"] = "SUPPRESS" }).ShouldSucceedAsync();
        (Dictionary<string, string> Row, string Line)[] cases =
        [
            (Good("ok", ("custom:shoe", "44"), ("updated_at", "1471453471"), ("birthdate", "02/01/1985"), ("email_verified", "TRUE")), "[SUCCEEDED] Line Number {0} - The import succeeded."),
            (Good("There"), "[SKIPPED] Line Number {0} - The user already exists."),
            (Good("ok"), "[SKIPPED] Line Number {0} - The user already exists."),
            (Good("a", ("email", "ok@example.com")), "[FAILED] Line Number {0} - Another user has the email as an alias."),
            (Good("b", ("email_verified", "false")), $"[FAILED] Line Number {{0}} - {Unverified}"),
            (Good("c", ("email_verified", "")), $"[FAILED] Line Number {{0}} - {Unverified}"),
            (Good("d", ("email_verified", "yes")), "[FAILED] Line Number {0} - The email_verified is neither true nor false."),
            (Good("e", ("email", "")), "[FAILED] Line Number {0} - The User Record sets email_verified to true and does not have the attribute."),
            (Good("f", ("email", "nothing")), "[FAILED] Line Number {0} - The email does not match the schema of the user pool."),
            (Good("g", ("phone_number", "0123"), ("phone_number_verified", "false")), "[FAILED] Line Number {0} - The phone_number does not match the schema of the user pool."),
            (Good("h", ("phone_number_verified", "true")), "[FAILED] Line Number {0} - The User Record sets phone_number_verified to true and does not have the attribute."),
            (Good("i", ("given_name", "")), "[FAILED] Line Number {0} - The User Record does not have the required attribute given_name."),
            (Good("j", ("custom:shoe", "61")), "[FAILED] Line Number {0} - The custom:shoe does not match the schema of the user pool."),
            (Good("k", ("custom:shoe", "big")), "[FAILED] Line Number {0} - The custom:shoe does not match the schema of the user pool."),
            (Good("l", ("birthdate", "1985")), "[FAILED] Line Number {0} - The birthdate does not match the schema of the user pool."),
            (Good("m", ("cognito:mfa_enabled", "")), "[FAILED] Line Number {0} - The cognito:mfa_enabled is neither true nor false."),
            (Good("n", ("cognito:mfa_enabled", "true")), "[FAILED] Line Number {0} - The cognito:mfa_enabled must be false because MFA is off in the user pool."),
            (Good("o", ("cognito:username", "")), "[FAILED] Line Number {0} - The User Record does not have a cognito:username."),
            (Good("p", ("cognito:username", "two words")), "[FAILED] Line Number {0} - The cognito:username is longer than 128 characters or has white space."),
            (Good("q", ("cognito:username", "q@example.com")), "[FAILED] Line Number {0} - The cognito:username has the form of an alias."),
            (Good("r", ("profile", new string('x', 2049))), "[FAILED] Line Number {0} - The profile does not match the schema of the user pool."),
            (Good("s", ("profile", new string('x', 16_000))), "[FAILED] Line Number {0} - The row is longer than 16,000 characters."),
            (Good("last"), "[SUCCEEDED] Line Number {0} - The import succeeded."),
        ];

        var csv = await pool.CsvAsync([.. cases.Select(c => c.Row)]);
        var ended = await pool.ImportAsync(csv + "\nfar,too,few");

        var expected = cases.Select((c, i) => string.Format(null, c.Line, i + 2)).Append($"[FAILED] Line Number {cases.Length + 2} - The row does not have as many values as the header has columns.");
        (await pool.LogAsync(ended)).ShouldBe(expected);
        ended.Text("Status").ShouldBe("Succeeded");
        ended.Counts().ShouldBe((2, 2, cases.Length - 3));
        (await pool.DescribeAsync("ok")).Attribute("custom:shoe").ShouldBe("44");
        (await pool.AdminAsync("AdminGetUser", "a")).ShouldBeError("UserNotFoundException");
    }

    [Fact]
    public async Task Where_addresses_are_usernames_a_row_has_one_address()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"), ["UsernameAttributes"] = new JsonArray("email"),
        });
        var ended = await pool.ImportAsync(await pool.CsvAsync(
            Person("y", ("cognito:username", "ann@example.com"), ("email", "ann@example.com")),
            Person("y", ("cognito:username", ""), ("email", "bob@example.com")),
            Person("y", ("cognito:username", "carl@example.com"), ("email", "")),
            Person("y", ("cognito:username", ""), ("email", "ANN@example.com")),
            Person("y", ("cognito:username", "dan@example.com"), ("email", "eve@example.com")),
            Person("y", ("cognito:username", "dan"), ("email", "dan@example.com"))));

        (await pool.LogAsync(ended)).Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]).ShouldBe(["[SUCCEEDED]", "[SUCCEEDED]", "[SUCCEEDED]", "[SKIPPED]", "[FAILED]", "[FAILED]"]);
        (await pool.DescribeAsync("carl@example.com")).Attribute("email").ShouldBe("carl@example.com");
    }

    [Fact]
    public async Task Whoever_has_MFA_enabled_is_asked_for_a_code_by_text()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject { ["AutoVerifiedAttributes"] = new JsonArray("email") });
        await pool.ConfigureAsync("SetUserPoolMfaConfig", new JsonObject
        {
            ["MfaConfiguration"] = "OPTIONAL",
            ["SmsMfaConfiguration"] = new JsonObject { ["SmsConfiguration"] = new JsonObject { ["SnsCallerArn"] = "arn:aws:iam::000000000000:role/sms" } },
        }).ShouldSucceedAsync();
        const string hash = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";

        var ended = await pool.ImportAsync(
            await pool.CsvAsync(
                Person("ann", ("cognito:mfa_enabled", "true"), ("phone_number", "+15555550100"), ("cognito:password_hash", hash)),
                Person("bob", ("cognito:mfa_enabled", "true"))),
            "BCRYPT");

        ended.Counts().ShouldBe((1, 0, 1));
        var answer = await new TestUser(pool, "ann", "abc", "").TrySignInAsync();
        answer.Json.Text("ChallengeName").ShouldBe("SMS_MFA", answer.Text);
    }

    [Theory]
    [InlineData("", "The CSV file is empty.")]
    [InlineData("cognito:username\nann", "The header of the CSV file lacks the column name.")]
    [InlineData("{0},shoe\n", "The header of the CSV file has a column that the user pool has not.")]
    [InlineData("{0},name\n", "The header of the CSV file has a column twice.")]
    [InlineData("{0},cognito:password_hash\n", "The CSV file has cognito:password_hash, and the job has no PasswordHashingAlgorithm.")]
    [InlineData("\"{0}\n", "The header of the CSV file could not be parsed.")]
    public async Task A_file_with_another_header_fails_the_job(string text, string message)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var header = await pool.CsvAsync();

        var ended = await pool.ImportAsync(string.Format(null, text, header) + "\n");

        (ended.Text("Status"), ended.Text("CompletionMessage")).ShouldBe(("Failed", message));
        ended.Counts().ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_file_of_which_nothing_can_be_imported_fails_the_job()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var ended = await pool.ImportAsync(await pool.CsvAsync(Person("two words")));

        (ended.Text("Status"), ended.Text("CompletionMessage")).ShouldBe(("Failed", "Too many users have failed or been skipped during the import."));
    }

    private static Dictionary<string, string> Good(string name, params (string, string)[] values) => Person(name, [("given_name", "G"), .. values]);
}
