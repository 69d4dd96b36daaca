using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using static Poolhouse.Tests.Cognito.UserImports.ImportCalls;

namespace Poolhouse.Tests.Cognito.UserImports;

public sealed class HashedPasswordTests
{
    [Theory]
    [InlineData("BCRYPT", "abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
    [InlineData("PBKDF2_SHA256", "password", "$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdeA$xS3upr62e29h9/zIrz.USU3saLoax9c4c5xTWMHer.Y")]
    [InlineData("SCRYPT", "password", "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E")]
    [InlineData("ARGON2ID", "password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    public async Task The_old_password_signs_in_and_is_kept_our_way_from_then_on(string algorithm, string password, string hash)
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var ended = await pool.ImportAsync(await pool.CsvAsync(Person("ann", ("cognito:password_hash", hash)), Person("bob", ("cognito:password_hash", ""))), algorithm);
        ended.Counts().ShouldBe((2, 0, 0));
        ended.Text("PasswordHashingAlgorithm").ShouldBe(algorithm);
        (await pool.DescribeAsync("ann")).Text("UserStatus").ShouldBe("CONFIRMED");
        (await pool.DescribeAsync("bob")).Text("UserStatus").ShouldBe("RESET_REQUIRED");
        var ann = new TestUser(pool, "ann", password, "");

        (await ann.TrySignInAsync("wrong")).ShouldBeError("NotAuthorizedException");
        (await new SrpPerson(pool, password).SignInAsync("ann")).ShouldBeError("NotAuthorizedException");
        await ann.SignInAsync();

        (await StoredAsync(pool, "ann")).ShouldStartWith("$pbkdf2-sha512$");
        await ann.SignInAsync();
        (await new SrpPerson(pool, password).SignInAsync("ann")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_hash_of_another_algorithm_or_beyond_the_cap_fails_its_row()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var ended = await pool.ImportAsync(
            await pool.CsvAsync(
                Person("ann", ("cognito:password_hash", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")),
                Person("bob", ("cognito:password_hash", "$2a$31$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")),
                Person("carl", ("cognito:password_hash", "plain text")),
                Person("dan", ("cognito:password_hash", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"))),
            "BCRYPT");

        ended.Counts().ShouldBe((1, 0, 3));
        (await pool.LogAsync(ended))[0].ShouldBe("[FAILED] Line Number 2 - The password hash is not one of BCRYPT, or costs more than is accepted.");
    }

    private static async Task<string?> StoredAsync(TestPool pool, string name) =>
        (await pool.World.Services.GetRequiredService<IDatabase>().ReadAsync(
            stores => stores.Users.FindByNameAsync(new PoolId(pool.Id), name, CancellationToken.None), CancellationToken.None))!.Password!.Hash;
}
