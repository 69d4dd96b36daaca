using Microsoft.Extensions.Configuration;
using Poolhouse.Server;
using Poolhouse.Server.Options;

namespace Poolhouse.Tests.Options;

public sealed class KycOptionsTests
{
    [Theory]
    [InlineData("Stor", "x", "There is no option 'Kyc:Stor'")]
    [InlineData("Store", "gopher://x", "Kyc:Store must be folder")]
    [InlineData("ClamAv", "127.0.0.1:3310", "Kyc:ClamAv must look like")]
    [InlineData("ClamAv", "unix:relative", "Kyc:ClamAv must look like")]
    [InlineData("ScanSeconds", "0", "Kyc:ScanSeconds")]
    [InlineData("RetentionDays", "-1", "Kyc:RetentionDays")]
    [InlineData("UploadsPerDay", "0", "Kyc:UploadsPerDay")]
    [InlineData("MegabytesPerDay", "9", "Kyc:MegabytesPerDay")]
    [InlineData("SecretAccessKeyFile", "/nowhere/secret", "Kyc:SecretAccessKeyFile names")]
    public void What_is_wrong_stops_the_start(string key, string value, string message) =>
        Should.Throw<StartupException>(() => Read((key, value))).Message.ShouldContain(message);

    [Theory]
    [InlineData("AccessKeyId")]
    [InlineData("SecretAccessKey")]
    public void Half_a_pair_of_keys_stops_the_start(string half) =>
        Should.Throw<StartupException>(() => Read(("Store", "s3://bucket"), (half, "A"))).Message.ShouldContain("belong together");

    [Fact]
    public void What_is_right_is_read()
    {
        var options = Read(("Store", "s3://bucket"), ("AccessKeyId", "A"), ("SecretAccessKey", "B"), ("ClamAv", "unix:/run/clamav/clamd.ctl"), ("RetentionDays", "0"));

        (options.Store, options.SecretAccessKey, options.RetentionDays, options.UploadsPerDay).ShouldBe(("s3://bucket", "B", 0, 20));
    }

    private static KycOptions Read(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => "Poolhouse:Kyc:" + pair.Key, pair => (string?)pair.Value)).Build();
        return OptionsReader.Read(configuration, isDevelopment: true).Kyc;
    }
}
