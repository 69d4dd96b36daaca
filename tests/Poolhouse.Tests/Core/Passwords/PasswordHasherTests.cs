using Poolhouse.Core.Passwords;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Tests.Core.Passwords;

public sealed class PasswordHasherTests
{
    // hashlib.pbkdf2_hmac('sha512', 'correct horse é'.encode(), bytes(range(16)), 1000, 32)
    private const string Known = "$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8";

    private readonly PasswordHasher hasher = new(HashProfile.Development, new SystemRandom());

    [Fact]
    public void A_hash_of_another_implementation_verifies() =>
        hasher.Verify(Known, "correct horse é").ShouldBe(PasswordVerification.Success);

    [Theory]
    [InlineData("correct horse e\u0301")]
    [InlineData("Correct horse é")]
    [InlineData("correct horse é ")]
    [InlineData("")]
    public void A_password_is_compared_exactly_as_received(string password) =>
        hasher.Verify(Known, password).ShouldBe(PasswordVerification.Failed);

    [Fact]
    public void A_fresh_hash_verifies_and_has_its_own_salt()
    {
        var (first, second) = (hasher.Hash("Passw0rd!"), hasher.Hash("Passw0rd!"));

        first.ShouldStartWith("$pbkdf2-sha512$i=1000$");
        first.ShouldNotBe(second);
        hasher.Verify(first, "Passw0rd!").ShouldBe(PasswordVerification.Success);
    }

    [Fact]
    public void The_production_profile_costs_what_the_design_says() =>
        new PasswordHasher(HashProfile.Production, new SystemRandom()).DummyHash.ShouldStartWith("$pbkdf2-sha512$i=220000$");

    [Fact]
    public void A_cheaper_hash_is_right_but_to_be_replaced() =>
        new PasswordHasher(new HashProfile(1001), new SystemRandom()).Verify(Known, "correct horse é")
            .ShouldBe(PasswordVerification.SuccessRehashNeeded);

    [Fact]
    public void A_dearer_hash_is_kept() =>
        new PasswordHasher(new HashProfile(999), new SystemRandom()).Verify(Known, "correct horse é").ShouldBe(PasswordVerification.Success);

    [Fact]
    public void No_password_fits_the_dummy() =>
        hasher.Verify(hasher.DummyHash, "").ShouldBe(PasswordVerification.Failed);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("$$$$")]
    [InlineData("plain")]
    [InlineData("$pbkdf2-sha256$i=1000$AAECAwQFBgcICQoLDA0ODw$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i=0$AAECAwQFBgcICQoLDA0ODw$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i=-1$AAECAwQFBgcICQoLDA0ODw$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i=2000001$AAECAwQFBgcICQoLDA0ODw$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i=99999999999$AAECAwQFBgcICQoLDA0ODw$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i= 1000$AAECAwQFBgcICQoLDA0ODw$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i=1000$$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$")]
    [InlineData("$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$VsXv")]
    [InlineData("$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw==$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i=1000$****************$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8")]
    [InlineData("$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$VsXvQWEbCwzoHCBNt2mML44sfz+4fJZuL0Wn47ifOz8$more")]
    public void A_damaged_hash_fails_and_throws_nothing(string? phc) =>
        hasher.Verify(phc, "correct horse é").ShouldBe(PasswordVerification.Failed);
}
