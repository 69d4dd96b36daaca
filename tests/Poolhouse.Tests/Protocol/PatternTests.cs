using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Tests.Protocol;

public sealed class PatternTests
{
    [Fact]
    public void Every_pattern_of_the_models_compiles()
    {
        var operations = CognitoIdpModel.Operations.Values.Concat(CognitoIdentityModel.Operations.Values);

        var patterns = operations.SelectMany(o => Below(o.Input, [])).OfType<StringShape>().Select(s => s.Pattern).OfType<Pattern>().Distinct().ToList();

        patterns.Count.ShouldBeGreaterThan(50);
        patterns.ForEach(p => Should.NotThrow(() => p.Matches("text"), p.Text));
    }

    [Theory]
    [InlineData(@"[\w-]+_[0-9a-zA-Z]+", "us-east-1_Ab1", true)]
    [InlineData(@"[\w-]+_[0-9a-zA-Z]+", "us-east-1_Ab1 ", false)]
    [InlineData(@"\d+", "٣", false)]
    [InlineData(@"[\S]+", "a\u00A0b", true)]
    [InlineData(@"[\S]+", "a\tb", false)]
    [InlineData(@"[\w\s+=,.@-]+", "a b\u000B-", true)]
    [InlineData(@"[\w\s+=,.@-]+", "a\u00A0b", false)]
    [InlineData(@".*\{####\}.*", "code {####}!", true)]
    [InlineData(@".*\{####\}.*", "code\n{####}", false)]
    [InlineData(@"(?s).*", "two\nlines", true)]
    [InlineData(@"^[0-9A-Za-z\.\-_]*(?<!\.)$", "bucket.", false)]
    [InlineData(@"^[0-9A-Za-z\.\-_]*(?<!\.)$", "bucket.a", true)]
    [InlineData(@"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+", "𠮷𠮷𠮷", true)]
    [InlineData(@"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+", "𠮷𠮷", false)]
    [InlineData(@"[A-Za-z0-9-_=.]+", "a.b-c_d=", true)]
    public void A_value_matches_as_it_does_in_java(string pattern, string value, bool matches) =>
        new Pattern(pattern).Matches(value).ShouldBe(matches);

    private static IEnumerable<Shape> Below(Shape shape, HashSet<Shape> seen)
    {
        if (!seen.Add(shape))
            return [];
        IEnumerable<Shape> next = shape switch
        {
            StructureShape structure => structure.Members.Select(m => m.Shape),
            ListShape list => [list.Item],
            MapShape map => [map.Key, map.Value],
            _ => [],
        };
        return next.SelectMany(s => Below(s, seen)).Prepend(shape);
    }
}
