using System.Text.Json;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Tests.Protocol;

public sealed class MalformedTests
{
    private static readonly StructureShape Everything = new(static () =>
    [
        new("Text", new StringShape()),
        new("Integer", new IntegerShape()),
        new("Long", new LongShape()),
        new("Boolean", new BooleanShape()),
        new("Time", new TimestampShape()),
        new("Blob", new BlobShape(max: 3)),
        new("Document", new DocumentShape()),
        new("List", new ListShape(static () => new IntegerShape())),
        new("Map", new MapShape(static () => new StringShape(), static () => new StringShape())),
    ]);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"Text":1}""")]
    [InlineData("""{"Text":"\uD800"}""")]
    [InlineData("""{"\uD800":1}""")]
    [InlineData("""{"Integer":"1"}""")]
    [InlineData("""{"Integer":1.5}""")]
    [InlineData("""{"Integer":2147483648}""")]
    [InlineData("""{"Long":9223372036854775808}""")]
    [InlineData("""{"Boolean":"true"}""")]
    [InlineData("""{"Boolean":1}""")]
    [InlineData("""{"Time":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"Time":1e300}""")]
    [InlineData("""{"Blob":"***"}""")]
    [InlineData("""{"List":{}}""")]
    [InlineData("""{"List":[1,"2"]}""")]
    [InlineData("""{"Map":[]}""")]
    [InlineData("""{"Map":{"a":1}}""")]
    [InlineData("""{"Map":{"\uDC00":"a"}}""")]
    public void A_value_of_the_wrong_type_is_malformed(string json)
    {
        using var document = JsonDocument.Parse(json);

        var outcome = Constraints.Check(document.RootElement, Everything);

        outcome.ShouldBeOfType<ConstraintOutcome.Malformed>();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Text":"","Integer":-1,"Long":9223372036854775807,"Boolean":false,"Time":1790257791.224,"Blob":"AAAA"}""")]
    [InlineData("""{"Document":[{"a":null}],"List":[1,2],"Map":{"a":null}}""")]
    [InlineData("""{"Text":1,"Text":"the last one counts"}""")]
    public void A_value_of_the_right_type_is_valid(string json)
    {
        using var document = JsonDocument.Parse(json);

        var outcome = Constraints.Check(document.RootElement, Everything);

        outcome.ShouldBeOfType<ConstraintOutcome.Valid>();
    }

    [Fact]
    public void A_blob_is_measured_in_bytes_and_not_shown()
    {
        using var document = JsonDocument.Parse("""{"Blob":"AAAAAA=="}""");

        var outcome = Constraints.Check(document.RootElement, Everything);

        outcome.ShouldBeOfType<ConstraintOutcome.Violations>().Message
            .ShouldBe("1 validation error detected: Value at 'blob' failed to satisfy constraint: Member must have length less than or equal to 3");
    }

    [Fact]
    public void A_wrong_type_wins_over_broken_constraints()
    {
        using var document = JsonDocument.Parse("""{"MaxResults":0,"NextToken":1}""");

        var outcome = Constraints.Check(document.RootElement, CognitoIdpModel.Operations["ListUserPools"].Input);

        outcome.ShouldBeOfType<ConstraintOutcome.Malformed>();
    }
}
