using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>An answer of the account API.</summary>
public sealed record ApiAnswer(int Status, string Text, HttpResponseHeaders Headers)
{
    /// <summary>Its body, an object.</summary>
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The header, if any.</summary>
    public string? RetryAfter => Headers.RetryAfter?.ToString();

    /// <summary>Reads one.</summary>
    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);

    /// <summary>Asserts success.</summary>
    public ApiAnswer Good(int status = 200)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>Asserts a whole problem.</summary>
    public void ShouldBeProblem(int status, string code)
    {
        Status.ShouldBe(status, Text);
        var problem = Json;
        problem["code"]!.GetValue<string>().ShouldBe(code, Text);
        problem["status"]!.GetValue<int>().ShouldBe(status);
        problem["title"]!.GetValue<string>().ShouldNotBeEmpty();
        problem["detail"]!.GetValue<string>().ShouldNotBeEmpty();
    }
}
