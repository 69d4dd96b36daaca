using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Core.Accounts;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly SystemRandom Random = new();

    [Fact]
    public void A_cookie_opens_to_the_id_that_it_was_made_of_and_says_nothing_else()
    {
        var cookies = new SessionCookies(TestSealer.Instance);
        var id = SessionId.New(Random);

        var cookie = cookies.Write(id);

        cookies.Read(cookie)!.Key.ShouldBe(id.Key);
        cookies.Write(id).ShouldNotBe(cookie);
        cookie.Length.ShouldBe(87);
        id.ToString().ShouldBe("***");
        id.Key.Value.Length.ShouldBe(43);
    }

    [Fact]
    public void Any_other_text_is_no_cookie()
    {
        var cookies = new SessionCookies(TestSealer.Instance);
        var cookie = cookies.Write(SessionId.New(Random));

        for (var i = 0; i < cookie.Length; i++)
            cookies.Read(cookie[..i] + (cookie[i] == 'A' ? 'B' : 'A') + cookie[(i + 1)..]).ShouldBeNull();
        foreach (var text in new[] { "", "x", cookie + "A", cookie[1..], cookie + "=", " " + cookie[1..], new string('é', 87), new string('A', 100_000) })
            cookies.Read(text).ShouldBeNull();
    }

    [Fact]
    public void Cookies_outlive_the_rotation_of_the_master_key_and_end_when_their_key_is_taken_away()
    {
        string Key(byte value) => Convert.ToBase64String([.. Enumerable.Repeat(value, 32)]);
        SessionCookies Under(string keys) => new(new Sealer(MasterKeyRing.Parse(keys), Random));
        var cookie = Under(Key(1)).Write(SessionId.New(Random));

        Under($"{Key(2)},{Key(1)}").Read(cookie).ShouldNotBeNull();
        Under(Key(2)).Read(cookie).ShouldBeNull();
    }

    [Fact]
    public void A_remembered_session_lives_two_weeks_and_activity_does_not_prolong_it()
    {
        var session = Begin(remember: true);

        session.ExpiresAt.ShouldBe(Now.AddSeconds(1_209_600));
        SessionRules.Seen(session, Now.AddDays(13)).ExpiresAt.ShouldBe(session.EndsAt);
    }

    [Fact]
    public void A_session_on_somebody_elses_computer_ends_after_an_idle_hour_and_after_a_day()
    {
        var session = Begin(remember: false);

        session.ExpiresAt.ShouldBe(Now.AddHours(1));
        SessionRules.Seen(session, Now.AddMinutes(50)).ExpiresAt.ShouldBe(Now.AddMinutes(110));
        SessionRules.Seen(session, Now.AddHours(23.5)).ExpiresAt.ShouldBe(Now.AddHours(24));
    }

    [Fact]
    public void No_session_outlives_the_refresh_tokens_of_its_client() =>
        Begin(remember: true, familyEnds: Now.AddHours(2)).ExpiresAt.ShouldBe(Now.AddHours(2));

    [Fact]
    public void Remembering_counts_from_the_sign_in_and_forgetting_from_now()
    {
        var session = Begin(remember: true);

        var forgotten = SessionRules.Remember(session, remember: false, Now.AddDays(30), Now.AddDays(3));
        forgotten.EndsAt.ShouldBe(Now.AddDays(4));
        forgotten.ExpiresAt.ShouldBe(Now.AddDays(3).AddHours(1));
        var remembered = SessionRules.Remember(forgotten, remember: true, Now.AddDays(30), Now.AddDays(3.01));
        remembered.ExpiresAt.ShouldBe(Now.AddDays(14));
    }

    [Theory]
    [InlineData("{}", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1,"b":{"c":2,"d":3}}""", """{"a":null,"b":{"c":null,"e":[1]}}""", """{"b":{"d":3,"e":[1]}}""")]
    [InlineData("""{"a":"x"}""", """{"a":{"b":null,"c":1}}""", """{"a":{"c":1}}""")]
    [InlineData("""{"a":1}""", "[]", null)]
    [InlineData("""{"a":1}""", "\"a\"", null)]
    [InlineData("{}", """{"a":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}""", null)]
    public void Data_is_changed_by_merge_patches(string data, string patch, string? expected)
    {
        using var json = JsonDocument.Parse(patch);

        SessionData.Patch(data, json.RootElement).ShouldBe(expected);
    }

    [Fact]
    public void Data_is_bounded_whether_it_comes_at_once_or_bit_by_bit()
    {
        using var large = JsonDocument.Parse($$"""{"a":"{{new string('x', 4090)}}"}""");
        SessionData.Patch("{}", large.RootElement).ShouldBeNull();

        var data = "{}";
        for (var i = 0; i < 1000; i++)
        {
            using var patch = JsonDocument.Parse($$"""{"key{{i}}":"0123456789"}""");
            if (SessionData.Patch(data, patch.RootElement) is not { } next) break;
            data = next;
        }

        data.Length.ShouldBeInRange(4000, SessionRules.MaxDataBytes);
    }

    private static AccountSession Begin(bool remember, DateTimeOffset? familyEnds = null) => SessionRules.Begin(
        new AccountSession
        {
            Key = SessionId.New(Random).Key,
            AccountId = new AccountId("a"),
            PoolId = new PoolId("us-east-1_A"),
            Sub = new Sub("s"),
            FamilyId = "f",
            Device = "Other, Other",
            Remember = remember,
            CreatedAt = Now,
            LastSeenAt = Now,
            EndsAt = Now,
            ExpiresAt = Now,
        },
        familyEnds ?? Now.AddDays(30),
        Now);
}
