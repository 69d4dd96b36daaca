using Microsoft.Extensions.Configuration;
using Poolhouse.Server;
using Poolhouse.Server.Options;

namespace Poolhouse.Tests.Options;

public sealed class OptionsReaderTests : IDisposable
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-options-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Databse", "Database")]
    [InlineData("PublicURI", "PublicUrl")]
    [InlineData("HashThread", "HashThreads")]
    [InlineData("master_key", "MasterKey")]
    [InlineData("SmtpFiles", "SmtpFile")]
    public void An_unknown_key_stops_the_start_and_names_the_nearest(string key, string nearest)
    {
        var error = Should.Throw<StartupException>(() => Read((key, "x")));

        error.Message.ShouldContain($"There is no option '{key}'. Did you mean {nearest}?");
    }

    [Theory]
    [InlineData("--databse", "Database")]
    [InlineData("--public-uri=x", "PublicUrl")]
    [InlineData("--url", "Urls")]
    public void An_unknown_argument_too(string argument, string nearest)
    {
        var error = Should.Throw<StartupException>(() => OptionsReader.ReadArguments([argument, "x"]));

        error.Message.ShouldContain($"Did you mean {nearest}?");
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var error = Should.Throw<StartupException>(() => Read(("Nonsense", "x"), ("Region", "here"), ("AccountId", "1"), ("HashQueue", "0")));

        foreach (var part in (string[])["Nonsense", "Region", "AccountId", "HashQueue"]) error.Message.ShouldContain(part);
    }

    [Theory]
    [InlineData("Urls", "localhost:8001")]
    [InlineData("Urls", "ftp://localhost")]
    [InlineData("Urls", "")]
    [InlineData("PublicUrl", "id.example")]
    [InlineData("PublicUrl", "https://id.example/?a=b")]
    [InlineData("Region", "us-east")]
    [InlineData("Region", "us-east-1_x")]
    [InlineData("AccountId", "12345678901a")]
    [InlineData("HashThreads", "0")]
    [InlineData("HashThreads", "257")]
    [InlineData("HashQueue", "100001")]
    [InlineData("HashProfile", "fast")]
    [InlineData("Smtp", "https://mail.example")]
    [InlineData("Ses", "https://mail.example")]
    [InlineData("Kyc:AccessKeyId", "AKIDEXAMPLE", "Kyc:Store", "s3://documents")]
    [InlineData("Smtp", "smtp://localhost", "Ses", "ses://eu-west-1?from=a@b.example")]
    [InlineData("AccessKeys:short", "0123456789abcdef")]
    [InlineData("AccessKeys:AKIA0123456789ABCDEF", "short")]
    public void A_value_outside_its_range_stops_the_start(string key, string value, string other = "Data", string beside = "./data") =>
        Should.Throw<StartupException>(() => Read((key, value), (other, beside)));

    [Theory]
    [InlineData("HashThreads", "many")]
    [InlineData("HashQueue", "1.5")]
    public void A_value_of_the_wrong_type_stops_the_start(string key, string value) =>
        Should.Throw<StartupException>(() => Read((key, value))).Message.ShouldContain("wrong type");

    [Theory]
    [InlineData("Database", "DatabaseFile")]
    [InlineData("MasterKey", "MasterKeyFile")]
    [InlineData("Smtp", "SmtpFile")]
    public void A_secret_can_stand_in_a_file(string name, string fileName)
    {
        var value = name switch { "MasterKey" => Key, "Smtp" => "smtp://mail.example?from=a@b.example", _ => "Data Source=x" };
        var file = Path.Combine(folder, "secret");
        File.WriteAllText(file, value + "\n");

        var options = Read((fileName, file));

        typeof(ServerOptions).GetProperty(name)!.GetValue(options).ShouldBe(value);
    }

    [Theory]
    [InlineData("Database", "DatabaseFile")]
    [InlineData("MasterKey", "MasterKeyFile")]
    [InlineData("Smtp", "SmtpFile")]
    public void A_secret_in_both_places_or_in_a_missing_file_stops_the_start(string name, string fileName)
    {
        var file = Path.Combine(folder, "secret");
        File.WriteAllText(file, "x");

        Should.Throw<StartupException>(() => Read((name, "x"), (fileName, file))).Message.ShouldContain($"either {name} or {fileName}");
        Should.Throw<StartupException>(() => Read((fileName, file + ".missing"))).Message.ShouldContain("doesn't exist");
    }

    [Fact]
    public void Access_keys_can_stand_in_a_file_one_a_line()
    {
        var file = Path.Combine(folder, "access-keys");
        File.WriteAllText(file, "AKIAEXAMPLE00000001 = first=secret-of-one\n\nAKIAEXAMPLE00000002=the secret of another\n");

        var options = Read(("AccessKeysFile", file));

        options.AccessKeys.ShouldBe(new Dictionary<string, string> { ["AKIAEXAMPLE00000001"] = "first=secret-of-one", ["AKIAEXAMPLE00000002"] = "the secret of another" });
    }

    [Theory]
    [InlineData("AKIAEXAMPLE00000001 secret-without-a-sign", "isn't like AKID = secret")]
    [InlineData("AKIAEXAMPLE00000001 = one-long-enough-1\nAKIAEXAMPLE00000001 = one-long-enough-2", "twice")]
    [InlineData("AKIAEXAMPLE00000001 = short", "at least 16")]
    public void A_file_of_access_keys_that_cannot_be_right_stops_the_start_without_telling_a_secret(string text, string problem)
    {
        var file = Path.Combine(folder, "access-keys");
        File.WriteAllText(file, text);

        var message = Should.Throw<StartupException>(() => Read(("AccessKeysFile", file))).Message;

        message.ShouldContain(problem);
        message.ShouldNotContain("without-a-sign");
        message.ShouldNotContain("one-long-enough");
        Should.Throw<StartupException>(() => Read(("AccessKeys:AKIAEXAMPLE00000003", "a secret of some length"), ("AccessKeysFile", file))).Message.ShouldContain("either");
    }

    [Fact]
    public void Outside_development_a_master_key_is_needed()
    {
        Should.Throw<StartupException>(() => Read(false)).Message.ShouldContain("POOLHOUSE_MASTER_KEY");
        Read(false, ("MasterKey", Key)).MasterKey.ShouldBe(Key);
        Read(true).MasterKey.ShouldBeNull();
    }

    [Fact]
    public void The_master_keys_own_variable_is_read()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("POOLHOUSE_MASTER_KEY", Key)]).Build();

        OptionsReader.Read(configuration, isDevelopment: false).MasterKey.ShouldBe(Key);
    }

    [Fact]
    public void Cheap_hashes_are_refused_outside_development()
    {
        Should.Throw<StartupException>(() => Read(false, ("MasterKey", Key), ("HashProfile", "development"))).Message.ShouldContain("HashProfile");
        Read(true, ("HashProfile", "development")).HashProfile.ShouldBe("development");
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public async Task A_master_key_that_is_none_stops_the_start(string key)
    {
        var error = await Should.ThrowAsync<StartupException>(() => ServerBuilder.BuildAsync(["--urls", "http://127.0.0.1:0", "--data", folder, "--master-key", key], "Production"));

        error.Message.ShouldNotContain(key);
    }

    [Theory]
    [InlineData("--public-url", "https://a.example")]
    [InlineData("--PublicUrl=https://a.example", null)]
    [InlineData("--publicurl", "https://a.example")]
    public void Arguments_may_be_written_in_several_ways(string first, string? second)
    {
        var read = OptionsReader.ReadArguments(second is null ? [first] : [first, second]);

        read.Single().Value.ShouldBe("https://a.example");
        read.ContainsKey("Poolhouse:PublicUrl").ShouldBeTrue();
    }

    [Theory]
    [InlineData("urls")]
    [InlineData("--urls")]
    public void An_argument_without_dashes_or_value_stops_the_start(string argument) => Should.Throw<StartupException>(() => OptionsReader.ReadArguments([argument]));

    [Fact]
    public void A_dotenv_file_is_read_as_a_shell_reads_it()
    {
        var file = Path.Combine(folder, ".env");
        File.WriteAllText(file, "# comment\nPOOLHOUSE__REGION=eu-west-1\nexport POOLHOUSE__SMTP=\"smtp://a=b\"\n\nPOOLHOUSE_MASTER_KEY='x y'\nnonsense\n=x\n");

        var read = OptionsReader.ReadDotEnv(file);

        read.ShouldBe(new Dictionary<string, string?> { ["POOLHOUSE:REGION"] = "eu-west-1", ["POOLHOUSE:SMTP"] = "smtp://a=b", ["POOLHOUSE_MASTER_KEY"] = "x y" }, ignoreOrder: true);
    }

    [Fact]
    public void A_dotenv_file_need_not_be_there() => OptionsReader.ReadDotEnv(Path.Combine(folder, "none")).ShouldBeEmpty();

    [Fact]
    public void Defaults_start_a_development_server()
    {
        var options = Read(true);

        options.Urls.ShouldBe("http://localhost:8001");
        options.Region.ShouldBe("us-east-1");
        options.HashQueue.ShouldBe(256);
    }

    private static ServerOptions Read(params (string Key, string Value)[] values) => Read(true, values);

    private static ServerOptions Read(bool isDevelopment, params (string Key, string Value)[] values) => OptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => new KeyValuePair<string, string?>("Poolhouse:" + v.Key, v.Value))).Build(), isDevelopment);
}
