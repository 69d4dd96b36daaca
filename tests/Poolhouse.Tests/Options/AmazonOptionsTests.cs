using Microsoft.Extensions.Configuration;
using Poolhouse.Server;
using Poolhouse.Server.Options;

namespace Poolhouse.Tests.Options;

/// <summary>Applications in front of Amazon, by the environment's names and by options.</summary>
public sealed class AmazonOptionsTests
{
    private const string Pool = "ca-central-1_AbCdEfGhI";

    [Fact]
    public void The_environment_alone_makes_an_application_in_front_of_the_pool()
    {
        var options = Read(("COGNITO_USER_POOL_ID", Pool), ("COGNITO_CLIENT_ID", "client"), ("COGNITO_CLIENT_SECRET", "secret"), ("AWS_REGION", "ca-central-1"));

        var (name, application) = options.Applications.ShouldHaveSingleItem();
        (name, application.Pool, application.UserPoolId, application.ClientId).ShouldBe(("main", PoolOwner.Amazon, Pool, "client"));
        var pool = AmazonOptions.PoolOf(application)!;
        pool.Endpoint.ShouldBe(new Uri("https://cognito-idp.ca-central-1.amazonaws.com"));
        pool.Issuer.ShouldBe("https://cognito-idp.ca-central-1.amazonaws.com/" + Pool);
        pool.ClientSecret!.Reveal().ShouldBe("secret");
    }

    [Fact]
    public void Rules_of_ones_own_go_with_the_pool_of_the_environment()
    {
        var options = Read(
            ("COGNITO_USER_POOL_ID", Pool), ("COGNITO_CLIENT_ID", "client"), ("Poolhouse:Applications:shop:Pool", "amazon"), ("Poolhouse:Applications:shop:Invitation", "Required"));

        var application = options.Applications["shop"];
        (application.UserPoolId, application.ClientId, application.Invitation).ShouldBe((Pool, "client", Poolhouse.Core.Accounts.FieldUse.Required));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "http://localhost:9000", "http://localhost:9000", "http://localhost:9000")]
    [InlineData("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "https://vpce-1.cognito-idp.ca-central-1.vpce.amazonaws.com", "https://vpce-1.cognito-idp.ca-central-1.vpce.amazonaws.com", "https://cognito-idp.ca-central-1.amazonaws.com")]
    public void Another_endpoint_is_taken_as_SDKs_take_it(string name, string value, string endpoint, string issuer)
    {
        var application = Read(("COGNITO_USER_POOL_ID", Pool), ("COGNITO_CLIENT_ID", "client"), (name, value)).Applications["main"];

        var pool = AmazonOptions.PoolOf(application)!;

        (pool.Endpoint, pool.Issuer).ShouldBe((new Uri(endpoint), $"{issuer}/{Pool}"));
    }

    [Theory]
    [InlineData("COGNITO_CLIENT_ID is not", "COGNITO_USER_POOL_ID", Pool)]
    [InlineData("COGNITO_USER_POOL_ID is not", "COGNITO_CLIENT_ID", "client")]
    [InlineData("does not look like eu-west-1_AbCdEfGhI", "COGNITO_USER_POOL_ID", "pool", "COGNITO_CLIENT_ID", "client")]
    [InlineData("Endpoint: 'http://elsewhere' is not", "COGNITO_USER_POOL_ID", Pool, "COGNITO_CLIENT_ID", "client", "AWS_ENDPOINT_URL", "http://elsewhere")]
    [InlineData("no application is in front of it", "COGNITO_USER_POOL_ID", Pool, "COGNITO_CLIENT_ID", "client", "Poolhouse:Applications:a:UserPoolId", "x_1", "Poolhouse:Applications:a:ClientId", "c")]
    [InlineData("ClientSecret is for pools of Amazon's", "Poolhouse:Applications:a:UserPoolId", "x_1", "Poolhouse:Applications:a:ClientId", "c", "Poolhouse:Applications:a:ClientSecret", "s")]
    [InlineData("RevocationSeconds must be 0 to 300", "COGNITO_USER_POOL_ID", Pool, "COGNITO_CLIENT_ID", "client", "Poolhouse:Applications:a:Pool", "Amazon", "Poolhouse:Applications:a:RevocationSeconds", "301")]
    [InlineData("TimeoutSeconds must be 0.5 to 60", "COGNITO_USER_POOL_ID", Pool, "COGNITO_CLIENT_ID", "client", "Poolhouse:Applications:a:Pool", "Amazon", "Poolhouse:Applications:a:TimeoutSeconds", "0")]
    public void What_is_wrong_is_said_in_words(string words, params string[] settings)
    {
        var pairs = settings.Chunk(2).Select(p => (p[0], p[1])).ToArray();

        Should.Throw<StartupException>(() => Read(pairs)).Message.ShouldContain(words);
    }

    private static ServerOptions Read(params (string Name, string Value)[] settings) => OptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build(), isDevelopment: true);
}
