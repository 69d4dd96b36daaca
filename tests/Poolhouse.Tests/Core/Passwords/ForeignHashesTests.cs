using System.Text;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Passwords.Foreign;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Tests.Core.Passwords;

public sealed class ForeignHashesTests
{
    // Sources: jBCrypt's vectors and libxcrypt; Python's hashlib; passlib's documentation; the reference implementation of Argon2 (test.c).
    [Theory]
    [InlineData("BCRYPT", "U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("BCRYPT", "", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("BCRYPT", "a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe")]
    [InlineData("BCRYPT", "abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
    [InlineData("BCRYPT", "pässwörd", "$2b$06$If6bvum7DFjUnE9p2uDeDuI3QSqBqdSZ6ah4S51cfvPJDtLJU/ZS2")]
    [InlineData("PBKDF2_SHA256", "password", "$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdeA$xS3upr62e29h9/zIrz.USU3saLoax9c4c5xTWMHer.Y")]
    [InlineData("SCRYPT", "password", "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E")]
    [InlineData("ARGON2ID", "password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    public void A_known_password_fits_and_another_does_not(string algorithm, string password, string hash)
    {
        var hasher = new PasswordHasher(HashProfile.Development, new SystemRandom());

        ForeignHashes.IsAccepted(algorithm, hash).ShouldBeTrue();
        hasher.Verify(hash, password).ShouldBe(PasswordVerification.SuccessRehashNeeded);
        hasher.Verify(hash, password + "x").ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public void Scrypt_of_RFC_7914()
    {
        var small = Scrypt.Derive("password"u8, "NaCl"u8, 1024, 8, 16, 64);
        var empty = Scrypt.Derive([], [], 16, 1, 1, 64);

        Convert.ToHexStringLower(small).ShouldBe("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
        Convert.ToHexStringLower(empty).ShouldBe("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    }

    [Fact]
    public void Argon2id_of_RFC_9106()
    {
        var tag = Argon2id.Derive(Repeated(1, 32), Repeated(2, 16), Repeated(3, 8), Repeated(4, 12), 32, 3, 4, 32);

        Convert.ToHexStringLower(tag).ShouldBe("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    [Fact]
    public void Blake2b_of_RFC_7693() => Convert.ToHexStringLower(Blake2b.Hash("abc"u8, 64)).ShouldBe(
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");

    [Fact]
    public void Bcrypt_looks_at_72_bytes_as_every_other_does()
    {
        var salt = new byte[16];

        ForeignHashes.Matches("$2y$05$CCCCCCCCCCCCCCCCCCCCC.ODcEJfYFxKziEakDsjep8mcF3zSCvHq", new string('a', 80)).ShouldBeTrue("libxcrypt made it.");
        Bcrypt.Derive(Encoding.UTF8.GetBytes(new string('a', 72) + "b"), salt, 4).ShouldBe(Bcrypt.Derive(Encoding.UTF8.GetBytes(new string('a', 72)), salt, 4));
        Bcrypt.Derive(Encoding.UTF8.GetBytes(new string('a', 71)), salt, 4).ShouldNotBe(Bcrypt.Derive(Encoding.UTF8.GetBytes(new string('a', 72)), salt, 4));
    }

    [Theory]
    [InlineData("BCRYPT", "")]
    [InlineData("BCRYPT", "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("BCRYPT", "$2a$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("BCRYPT", "$2a$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("BCRYPT", "$2a$+5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("BCRYPT", "$2a$05$CCCCCCCCCCCCCCCCCCCCC!E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("BCRYPT", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe")]
    [InlineData("BCRYPT", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("SCRYPT", "$scrypt$ln=18,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E")]
    [InlineData("SCRYPT", "$scrypt$ln=17,r=8,p=5$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E")]
    [InlineData("SCRYPT", "$scrypt$ln=0,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E")]
    [InlineData("SCRYPT", "$scrypt$r=8,ln=16,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E")]
    [InlineData("ARGON2ID", "$argon2id$v=19$m=131073,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("ARGON2ID", "$argon2id$v=19$m=131072,t=5,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("ARGON2ID", "$argon2id$v=19$m=16,t=1,p=4$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("ARGON2ID", "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("ARGON2ID", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("ARGON2ID", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$")]
    [InlineData("PBKDF2_SHA256", "$pbkdf2-sha256$i=2000001$0ZrzXitFSGltTQnBWOsdeA$xS3upr62e29h9/zIrz.USU3saLoax9c4c5xTWMHer.Y")]
    [InlineData("PBKDF2_SHA256", "$pbkdf2-sha256$i=0$0ZrzXitFSGltTQnBWOsdeA$xS3upr62e29h9/zIrz.USU3saLoax9c4c5xTWMHer.Y")]
    [InlineData("PBKDF2_SHA256", "$pbkdf2-sha256$i=99999999999$0ZrzXitFSGltTQnBWOsdeA$xS3upr62e29h9/zIrz.USU3saLoax9c4c5xTWMHer.Y")]
    [InlineData("PBKDF2_SHA256", "$pbkdf2-sha256$i=1$0ZrzXitFSGltTQnBWOsdeA$AAAA")]
    [InlineData("MD5", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    public void What_is_malformed_or_costs_too_much_is_no_hash(string algorithm, string text)
    {
        ForeignHashes.IsAccepted(algorithm, text).ShouldBeFalse();
    }

    private static byte[] Repeated(byte value, int count) => [.. Enumerable.Repeat(value, count)];
}
