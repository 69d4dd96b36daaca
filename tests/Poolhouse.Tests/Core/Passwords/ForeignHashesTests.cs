using System.Text;
using Microsoft.AspNetCore.Identity;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Passwords.Foreign;
using Poolhouse.Core.Primitives;
using PasswordHasher = Poolhouse.Core.Passwords.PasswordHasher;

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

    // Sources: Django 3.2's make_password, and of 4.2 its own test of scrypt; phpass' test.php and passlib's documentation; passlib's
    // and ASP.NET Core's documented layout; the README of github.com/firebase/scrypt.
    [Theory]
    [InlineData("Django", "lètmein", "pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=")]
    [InlineData("Django", "lètmein", "pbkdf2_sha1$260000$seasalt$XXHk2gQ7tjWIyrS320RXXsGqkUg=")]
    [InlineData("Django", "lètmein", "argon2$argon2id$v=19$m=102400,t=2,p=8$eUhxM1RDQ09YTFdqYjZ0Z3RNM290ag$IM3fbE0Qw9lGYFcb/mzJ8Q")]
    [InlineData("Django", "lètmein", "bcrypt_sha256$$2b$12$JjIiVboF0G1Ilg3a1EyLY.dQAUWuGRQfmh.SwdEUnE6gBQJuuzpIi")]
    [InlineData("Django", "lètmein", "bcrypt$$2b$12$v6JmZgJ074SrJTKMju7e3eOnln5ttLCSsy2n9WEo/HkeX787/g6Gu")]
    [InlineData("Django", "lètmein", "scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw==")]
    [InlineData("phpass", "test12345", "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0")]
    [InlineData("phpass", "test12345", "$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0")]
    [InlineData("phpass", "password", "$P$8ohUJ.1sdFw09/bMaAQPTGDNi2BIUt1")]
    [InlineData("phpass", "pässwörd", "$P$BO7sOwEaMafM3Lik4aLzrU.3GsjS0Y0")]
    [InlineData("PBKDF2-SHA1", "password", "$pbkdf2$131000$.t87h7B2rnXO2Zuz9v4fYw$AqzJlIWRhJCifSH.gAPDLSXgT5E")]
    [InlineData("PBKDF2-SHA512", "password", "$pbkdf2-sha512$25000$o1RqjTGGkPLee08pxVgL4Q$s1THKDVDyQO4g0EH/kKTGv33XyjwXvxA6de3I8W8NwE0Euf2Q1olzdQqRSmo2HzOVY04kmju753CWCAM/9OQHA")]
    [InlineData("ASP.NET Identity", "Correct-hörse-1", "AQAAAAAAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg/D8iFDDD8BiUHQTrmy4swYmpHhsG46GyHQ40/pXxvoIA==")]
    [InlineData("ASP.NET Identity", "Correct-hörse-1", "AQAAAAEAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg97dGfI4FaqoOjZ+zbHYi9gOyXUr5q+W8KNZcmFjNN85w==")]
    [InlineData("ASP.NET Identity", "Correct-hörse-1", "AAABAgMEBQYHCAkKCwwNDg/D8iFDDD8BiUHQTrmy4swYmpHhsG46GyHQ40/pXxvoIA==")]
    public void A_form_of_other_systems_is_known_by_name(string form, string password, string hash)
    {
        var hasher = new PasswordHasher(HashProfile.Development, new SystemRandom());

        ForeignHashes.Judge(hash).ShouldSatisfyAllConditions(j => j.Verdict.ShouldBe(HashVerdict.Accepted), j => j.Form.ShouldBe(form));
        hasher.Verify(hash, password).ShouldBe(PasswordVerification.SuccessRehashNeeded);
        hasher.Verify(hash, password + "x").ShouldBe(PasswordVerification.Failed);
    }

    [Theory]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV2)]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3)]
    public void A_hash_of_the_framework_s_own_hasher_fits(PasswordHasherCompatibilityMode mode)
    {
        var identity = new PasswordHasher<object>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { CompatibilityMode = mode }));

        var hash = identity.HashPassword(new object(), "pässwörd");

        ForeignHashes.Judge(hash).Verdict.ShouldBe(HashVerdict.Accepted);
        ForeignHashes.Matches(hash, "pässwörd").ShouldBeTrue();
        ForeignHashes.Matches(hash, "passwort").ShouldBeFalse();
    }

    [Theory]
    [InlineData("hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,\n  base64_salt_separator: Bw==,\n  rounds: 8,\n  mem_cost: 14,\n}")]
    [InlineData("{\"base64_signer_key\":\"jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==\",\"base64_salt_separator\":\"Bw==\",\"rounds\":8,\"mem_cost\":14}")]
    public void A_hash_of_Firebase_fits_and_leaves_its_signer_key_behind(string config)
    {
        var project = FirebaseHashConfig.TryParse(config).ShouldNotBeNull();

        var hash = project.TryConvert("42xEC+ixf3L2lw==", "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==").ShouldNotBeNull();

        hash.ShouldStartWith("$firebase-scrypt$ln=14,r=8,p=1$");
        ForeignHashes.Judge(hash).Verdict.ShouldBe(HashVerdict.Accepted);
        ForeignHashes.Matches(hash, "user1password").ShouldBeTrue();
        ForeignHashes.Matches(hash, "user1passwort").ShouldBeFalse();
        FirebaseHashConfig.TryConvert("$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC-ixf3L2lw$lSrfV15cpx95_sZS2W9c9Kp6i_LVgQNDNC_qzrCnh1SAyZvqmZqAjTdn3aoItz-VHjoZilo78198JAdRuid5lQ==")
            .ShouldBe(hash);
        project.ToString().ShouldNotContain("jxspr");
        project.TryConvert("42xEC+ixf3L2lw==", "AAAA").ShouldBeNull();
        project.TryConvert("", "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("hash_config { }")]
    [InlineData("algorithm: BCRYPT, base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==, rounds: 8, mem_cost: 14")]
    [InlineData("base64_signer_key: AAAA, base64_salt_separator: Bw==, rounds: 8, mem_cost: 14")]
    [InlineData("base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==, rounds: 8, mem_cost: 99")]
    public void Other_parameters_are_not_Firebase_s(string config) => FirebaseHashConfig.TryParse(config).ShouldBeNull();

    [Theory]
    [InlineData("md5$salt$5f4dcc3b5aa765d61d8327deb882cf99", HashVerdict.Unknown, "")]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf99", HashVerdict.Unknown, "")]
    [InlineData("", HashVerdict.Unknown, "")]
    [InlineData("!unusable", HashVerdict.Unknown, "")]
    [InlineData("$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", HashVerdict.Unknown, "")]
    [InlineData("$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", HashVerdict.TooCostly, "bcrypt")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe", HashVerdict.Malformed, "bcrypt")]
    [InlineData("$argon2id$v=19$m=2097152,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", HashVerdict.TooCostly, "Argon2id")]
    [InlineData("$scrypt$ln=30,r=65536,p=65536$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E", HashVerdict.TooCostly, "scrypt")]
    [InlineData("$scrypt$ln=31,r=1,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E", HashVerdict.Malformed, "scrypt")]
    [InlineData("$firebase-scrypt$ln=20,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E", HashVerdict.TooCostly, "Firebase scrypt")]
    [InlineData("$pbkdf2-sha512$i=2000001$0ZrzXitFSGltTQnBWOsdeA$xS3upr62e29h9/zIrz.USU3saLoax9c4c5xTWMHer.Y", HashVerdict.TooCostly, "PBKDF2-SHA512")]
    [InlineData("pbkdf2_sha256$2000001$seasalt$FHgDFPtFJuPcG//EMyFcBMBGAXgxaIpowkvflCb0X08=", HashVerdict.TooCostly, "Django")]
    [InlineData("pbkdf2_sha256$0$seasalt$FHgDFPtFJuPcG//EMyFcBMBGAXgxaIpowkvflCb0X08=", HashVerdict.Malformed, "Django")]
    [InlineData("pbkdf2_sha256$1000$$FHgDFPtFJuPcG//EMyFcBMBGAXgxaIpowkvflCb0X08=", HashVerdict.Malformed, "Django")]
    [InlineData("pbkdf2_sha256$1000$seasalt$AAAA", HashVerdict.Malformed, "Django")]
    [InlineData("scrypt$1000$seasalt$8$1$eJaOow7cJdweAIaFFDG6fQpcUZ+CY6NDrjuYwt35VrJ652JxXD8nq5vlRze+9v4bKo3hvOb2AWCeAR3JxB7arA==", HashVerdict.Malformed, "Django")]
    [InlineData("scrypt$1048576$seasalt$8$1$eJaOow7cJdweAIaFFDG6fQpcUZ+CY6NDrjuYwt35VrJ652JxXD8nq5vlRze+9v4bKo3hvOb2AWCeAR3JxB7arA==", HashVerdict.TooCostly, "Django")]
    [InlineData("bcrypt_sha256$$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", HashVerdict.TooCostly, "Django")]
    [InlineData("argon2$argon2i$v=1$m=512,t=2,p=2$c2FsdHNhbHQ$ADEuOUkRrE0IpLfCVXqUOQ", HashVerdict.Malformed, "Django")]
    [InlineData("$P$JIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", HashVerdict.TooCostly, "phpass")]
    [InlineData("$P$zIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", HashVerdict.Malformed, "phpass")]
    [InlineData("$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.Lz", HashVerdict.Malformed, "phpass")]
    [InlineData("$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L", HashVerdict.Malformed, "phpass")]
    [InlineData("AQAAAAEAHoSBAAAAEAABAgMEBQYHCAkKCwwNDg97dGfI4FaqoOjZ+zbHYi9gOyXUr5q+W8KNZcmFjNN85w==", HashVerdict.TooCostly, "ASP.NET Identity")]
    [InlineData("AQAAAAcAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg97dGfI4FaqoOjZ+zbHYi9gOyXUr5q+W8KNZcmFjNN85w==", HashVerdict.Malformed, "ASP.NET Identity")]
    [InlineData("AQAAAAEAAAPo/////wABAgMEBQYHCAkKCwwNDg97dGfI4FaqoOjZ+zbHYi9gOyXUr5q+W8KNZcmFjNN85w==", HashVerdict.Malformed, "ASP.NET Identity")]
    [InlineData("AAABAgMEBQYHCAkKCwwNDg/D8iFDDD8BiUHQTrmy4swYmpHhsG46GyHQ40/pXxvo", HashVerdict.Malformed, "ASP.NET Identity")]
    public void What_can_not_be_checked_is_told_by_the_name_of_its_form(string text, HashVerdict verdict, string form)
    {
        var judged = ForeignHashes.Judge(text);

        (judged.Verdict, judged.Form).ShouldBe((verdict, form));
        ForeignHashes.Matches(text, "password").ShouldBeFalse();
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
