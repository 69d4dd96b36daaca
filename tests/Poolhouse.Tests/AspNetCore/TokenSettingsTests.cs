using Poolhouse.AspNetCore;

namespace Poolhouse.Tests.AspNetCore;

/// <summary>Settings of the token scheme.</summary>
public sealed class TokenSettingsTests
{
    [Theory]
    [InlineData("", "Authority")]
    [InlineData("us-east-1_Pool", "Authority")]
    [InlineData("https://example.com", "Authority")]
    [InlineData("https://example.com/pool/", "Authority")]
    [InlineData("http://example.com/pool", "https")]
    [InlineData("ftp://localhost/pool", "http")]
    public async Task Settings_that_cannot_work_end_the_start(string authority, string text)
    {
        var error = await Should.ThrowAsync<Exception>(() => ProtectedApp.StartAsync(
            authentication => authentication.AddCognitoTokens(options =>
            {
                options.Authority = authority;
                options.ClientIds.Add("client");
            }),
            "Bearer"));

        error.Message.ShouldContain(text);
    }

    [Fact]
    public void Settings_that_would_take_too_much_are_refused()
    {
        Refused(options => options.ClientIds.Clear()).ShouldContain("ClientIds");
        Refused(options => options.TokenUse = CognitoTokenUse.Id).ShouldContain("CheckRevocation");
        Refused(options => options.ClockSkew = TimeSpan.FromHours(1)).ShouldContain("ClockSkew");
        Refused(options => options.RevocationDelay = TimeSpan.FromSeconds(-1)).ShouldContain("RevocationDelay");
        Refused(options => options.BackchannelTimeout = TimeSpan.Zero).ShouldContain("BackchannelTimeout");
        Refused(options => options.Endpoint = new Uri("http://pool.internal")).ShouldContain("Endpoint");
        Refused(options => options.CacheSize = 0).ShouldContain("CacheSize");
        Refused(options => options.Realm = "a\"b").ShouldContain("Realm");
    }

    [Theory]
    [InlineData("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc", null, "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc/.well-known/jwks.json", "https://cognito-idp.eu-west-1.amazonaws.com/")]
    [InlineData("https://example.com/accounts/p_1", null, "https://example.com/accounts/p_1/.well-known/jwks.json", "https://example.com/accounts/")]
    [InlineData("https://example.com/p_1", "http://localhost:8001", "http://localhost:8001/p_1/.well-known/jwks.json", "http://localhost:8001/")]
    public void Addresses_follow_from_the_issuer_or_the_endpoint(string authority, string? endpoint, string keys, string calls)
    {
        var options = new CognitoTokenOptions { Authority = authority, Endpoint = endpoint is null ? null : new Uri(endpoint) };
        options.ClientIds.Add("client");

        options.Validate();

        options.KeySetAddress.AbsoluteUri.ShouldBe(keys);
        options.EndpointAddress.AbsoluteUri.ShouldBe(calls);
    }

    private static string Refused(Action<CognitoTokenOptions> change)
    {
        var options = new CognitoTokenOptions { Authority = "https://example.com/pool" };
        options.ClientIds.Add("client");
        change(options);
        return Should.Throw<InvalidOperationException>(options.Validate).Message;
    }
}
