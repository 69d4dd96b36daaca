using Poolhouse.Server.Telemetry;

namespace Poolhouse.Tests.Telemetry;

/// <summary>What is taken out of texts that leave the machine.</summary>
public sealed class ScrubbingTests
{
    [Theory]
    [InlineData("Key (email)=(ann@example.com) already exists.", "Key (email)=((address)) already exists.")]
    [InlineData("Mailbox <Ann.B+x@mail.example.co.uk> is full", "Mailbox <(address)> is full")]
    [InlineData("no number +4915112345678 here", "no number (number) here")]
    [InlineData("GET https://host/confirm?token=abc&x=1 failed", "GET https://host/confirm?token=(value)&x=(value) failed")]
    [InlineData("Host=db;Username=u;Password=very secret;Timeout=3", "Host=db;Username=u;Password=(secret);Timeout=3")]
    [InlineData("password: hunter2", "password=(secret)")]
    [InlineData("bearer eyJraWQiOiJhYmMxMjMiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl-x refused", "bearer (secret) refused")]
    [InlineData("request 0b7f3a52-31f4-4d0c-9d0f-3d1b8c1e6a77 failed", "request 0b7f3a52-31f4-4d0c-9d0f-3d1b8c1e6a77 failed")]
    [InlineData("Pool us-east-1_Poolhouse: message 0b7f3a52-31f4-4d0c-9d0f-3d1b8c1e6a77 was sent.", "Pool us-east-1_Poolhouse: message 0b7f3a52-31f4-4d0c-9d0f-3d1b8c1e6a77 was sent.")]
    [InlineData("The outbox could not be read; trying again.", "The outbox could not be read; trying again.")]
    public void What_is_personal_or_secret_is_taken_out(string text, string expected) => Scrubbing.Scrub(text).ShouldBe(expected);

    [Fact]
    public void A_long_text_is_no_trap()
    {
        var hostile = string.Concat(Enumerable.Repeat("a@", 100_000)) + "=?password=+1";

        Scrubbing.Scrub(hostile).ShouldNotContain("a@");
    }
}
