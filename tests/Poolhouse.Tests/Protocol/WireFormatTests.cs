using System.Text.Json;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Tests.Protocol;

public sealed class WireFormatTests
{
    [Theory]
    [InlineData(1790257791224, "1790257791.224")]
    [InlineData(1790257791200, "1790257791.2")]
    [InlineData(1790257791000, "1790257791")]
    [InlineData(-1, "-0.001")]
    public void A_time_is_epoch_seconds_with_milliseconds(long milliseconds, string number)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

        var json = JsonSerializer.Serialize(new GroupType { CreationDate = time }, CognitoIdpJson.Instance.GroupType);

        json.ShouldBe($$"""{"CreationDate":{{number}}}""");
        JsonSerializer.Deserialize(json, CognitoIdpJson.Instance.GroupType)!.CreationDate.ShouldBe(time);
    }

    [Theory]
    [InlineData("\"2026-01-01T00:00:00Z\"")]
    [InlineData("1e300")]
    [InlineData("999999999999999")]
    public void A_time_that_is_not_a_possible_number_is_refused(string value) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize($$"""{"CreationDate":{{value}}}""", CognitoIdpJson.Instance.GroupType));

    [Fact]
    public void Text_is_escaped_no_more_than_needed()
    {
        var json = JsonSerializer.Serialize(new GroupType { Description = "a+b <é> '&\"" }, CognitoIdpJson.Instance.GroupType);

        json.ShouldBe("""{"Description":"a+b <é> '&\""}""");
    }

    [Fact]
    public void A_lower_case_member_keeps_its_case()
    {
        var json = JsonSerializer.Serialize(new HttpHeader { HeaderName = "X-A" }, CognitoIdpJson.Instance.HttpHeader);

        json.ShouldBe("""{"headerName":"X-A"}""");
    }

    [Fact]
    public void A_document_travels_unchanged()
    {
        const string Json = """{"ManagedLoginBranding":{"Settings":{"a":[1,null,{"b":true}]}}}""";

        var answer = JsonSerializer.Deserialize(Json, CognitoIdpJson.Instance.DescribeManagedLoginBrandingResponse);

        JsonSerializer.Serialize(answer!, CognitoIdpJson.Instance.DescribeManagedLoginBrandingResponse).ShouldBe(Json);
    }

    [Fact]
    public void A_record_does_not_print_its_members() =>
        $"{new SignUpRequest { Password = "hunter2" }}".ShouldBe("SignUpRequest");
}
