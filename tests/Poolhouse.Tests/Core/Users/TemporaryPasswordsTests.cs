using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Tests.Core.Users;

public sealed class TemporaryPasswordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(6, 12)]
    [InlineData(8, 12)]
    [InlineData(99, 99)]
    public void A_generated_one_satisfies_the_policy(int minimum, int length)
    {
        var rules = new PasswordRules { MinimumLength = minimum };

        var passwords = Enumerable.Range(0, 500).Select(_ => TemporaryPasswords.Generate(rules, new SystemRandom())).ToArray();

        passwords.ShouldAllBe(p => PasswordPolicy.Check(rules, p) == null && p.Length == length);
        passwords.Distinct().Count().ShouldBe(500);
    }

    [Fact]
    public void The_classes_stand_at_no_fixed_place()
    {
        var passwords = Enumerable.Range(0, 500).Select(_ => TemporaryPasswords.Generate(new PasswordRules(), new SystemRandom())).ToArray();

        passwords.ShouldContain(p => char.IsAsciiLetterLower(p[0]));
        passwords.ShouldContain(p => char.IsAsciiDigit(p[0]));
        passwords.ShouldContain(p => !char.IsAsciiLetterOrDigit(p[0]));
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(1, 1)]
    [InlineData(365, 365)]
    public void It_expires_by_the_pool_s_rule(int setting, int days)
    {
        var pool = new UserPool
        {
            Id = new PoolId("us-east-1_Test"),
            Name = "Test",
            CreatedAt = Now,
            ModifiedAt = Now,
            Settings = new PoolSettings { Passwords = new PasswordRules { TemporaryPasswordValidityDays = setting } },
        };

        TemporaryPasswords.ExpiresAt(pool, Now).ShouldBe(Now.AddDays(days));
    }
}
