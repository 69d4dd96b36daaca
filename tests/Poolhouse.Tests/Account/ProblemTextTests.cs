using System.Net.Http.Headers;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Localization;
using Poolhouse.Server.Account;
using Poolhouse.Server.Account.Texts;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

/// <summary>What problems say, in every language that is there.</summary>
public sealed class ProblemTextTests
{
    [Fact]
    public void No_language_lacks_a_text_or_has_one_that_nobody_says()
    {
        var english = ProblemTexts.Of("en");
        english.Problems.Keys.ShouldBe(Problems.Codes, ignoreOrder: true);

        foreach (var language in ProblemTexts.Languages)
        {
            var texts = ProblemTexts.Of(language);
            texts.Problems.Keys.ShouldBe(english.Problems.Keys, ignoreOrder: true, language);
            texts.Fields.Keys.ShouldBe(english.Fields.Keys, ignoreOrder: true, language);
            foreach (var (code, text) in texts.Fields) text.Contains("{0}", StringComparison.Ordinal).ShouldBe(english.Fields[code].Contains("{0}", StringComparison.Ordinal), $"{language} {code}");
            texts.Rules.Keys.ShouldBe(english.Rules.Keys, ignoreOrder: true, language);
            texts.Questions.Keys.ShouldBe(SecurityQuestions.All, ignoreOrder: true, language);
            foreach (var (code, text) in texts.Rules) text.Contains("{0}", StringComparison.Ordinal).ShouldBe(english.Rules[code].Contains("{0}", StringComparison.Ordinal), $"{language} {code}");
            texts.Problems.Values.ShouldAllBe(t => t.Title.Length > 0 && t.Detail.Length > 0);
        }
    }

    [Theory]
    [InlineData(null, "en")]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "de")]
    [InlineData("fi, sv;q=0.9, pt-BR;q=0.5, en;q=0.4", "pt")]
    [InlineData("en;q=0.1, ja;q=0.2", "ja")]
    [InlineData("fr;q=0", "en")]
    [InlineData("*", "en")]
    [InlineData("ar;q=x,;;;,=", "en")]
    public void The_language_is_the_best_there_is(string? header, string expected) => LanguageTags.Negotiate(header).ShouldBe(expected);

    [Fact]
    public async Task A_problem_says_which_language_it_is_in()
    {
        var world = await World.OnAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/logout");
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("en-GB"));

        using var response = await world.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.Content.Headers.ContentLanguage.ShouldBe(["en"]);
        (await ApiAnswer.ReadAsync(response)).ShouldBeProblem(401, "TOKEN_INVALID");
    }
}
