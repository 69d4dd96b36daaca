using Microsoft.Extensions.Configuration;
using Poolhouse.Server;
using Poolhouse.Server.Options;
using Poolhouse.Server.Triggers;

namespace Poolhouse.Tests.Options;

public sealed class TriggerOptionsTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:hello";
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Theory]
    [InlineData("Functions:hello:Adress", "There is no option 'Functions:hello:Adress'.")]
    [InlineData("SenderKeys:main:Secret", "There is no option 'SenderKeys:main:Secret'.")]
    public void What_is_unknown_within_an_entry_stops_the_start(string key, string message) =>
        Should.Throw<StartupException>(() => Read((key, "x"))).Message.ShouldContain(message);

    [Theory]
    [InlineData("LambdaEndpoint", "localhost", "LambdaEndpoint")]
    [InlineData("FunctionTimeoutSeconds", "6", "FunctionTimeoutSeconds")]
    [InlineData("Functions:hello:Url", "ftp://x", "Functions:hello:Url")]
    [InlineData("Functions:hello:Url", "http://user:password@x", "Functions:hello:Url")]
    [InlineData("Functions:hello:Kind", "queue", "Functions:hello:Kind")]
    [InlineData("Functions:hello:Kind", "webhook", "a webhook needs a Secret")]
    [InlineData("Functions:hello:Secret", "0123456789abcdef", "only a webhook has a Secret")]
    [InlineData("SenderKeys:main:Key", "c2hvcnQ=", "32 random bytes")]
    [InlineData("SenderKeys:main:Format", "pgp", "Format")]
    [InlineData("Functions:twice:Function", "hello", "two entries are for 'hello'")]
    public void What_can_not_be_used_stops_the_start(string key, string value, string part) =>
        Should.Throw<StartupException>(() => Read(
            ("Functions:hello:Url", "http://localhost:9001"), ("SenderKeys:main:KeyId", "k"), ("SenderKeys:main:Key", Key), ("Functions:twice:Url", "http://localhost"), (key, value)))
            .Message.ShouldContain(part);

    [Fact]
    public void An_address_is_found_by_arn_by_name_and_by_the_common_endpoint()
    {
        var addresses = new FunctionAddresses(Read(
            ("LambdaEndpoint", "http://localhost:9000/"),
            ("Functions:hello:Url", "http://localhost:9001"),
            ("Functions:whole:Url", "http://localhost:9002/2015-03-31/functions/function/invocations"),
            ("Functions:any:Function", Arn + "-exact"),
            ("Functions:any:Url", "https://example.com/hook"),
            ("Functions:any:Kind", "webhook"),
            ("Functions:any:Secret", "0123456789abcdef")));

        addresses.Find(Arn)!.Url.ToString().ShouldBe("http://localhost:9001/2015-03-31/functions/hello/invocations");
        addresses.Find(Arn + ":live")!.Url.ToString().ShouldBe("http://localhost:9001/2015-03-31/functions/hello/invocations");
        addresses.Find("arn:aws:lambda:us-east-1:000000000000:function:whole")!.Url.Port.ShouldBe(9002);
        addresses.Find("arn:aws:lambda:us-east-1:000000000000:function:other")!.Url.ToString().ShouldBe("http://localhost:9000/2015-03-31/functions/other/invocations");
        addresses.Find(Arn + "-exact")!.ToString().ShouldBe("https://example.com/hook");
        addresses.Find(Arn + "-exact")!.Secret.ShouldNotBeNull();
    }

    [Fact]
    public void Secrets_come_from_files_too()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "0123456789abcdef\n");

        var options = Read(("Functions:hello:Url", "http://localhost"), ("Functions:hello:Kind", "webhook"), ("Functions:hello:SecretFile", file));

        options.Functions["hello"].Secret.ShouldBe("0123456789abcdef");
        File.Delete(file);
    }

    private static ServerOptions Read(params (string Key, string Value)[] settings)
    {
        var pairs = settings.GroupBy(s => s.Key).Select(g => KeyValuePair.Create("Poolhouse:" + g.Key, (string?)g.Last().Value));
        return OptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build(), isDevelopment: true);
    }
}
