using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Server.Account.Documents;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Documents;

/// <summary>The OpenAPI document says what is there, all of it, and what is answered is what it says.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_route_is_described_and_nothing_else_is()
    {
        var world = await World.OnAsync();

        var mapped = world.Services.GetRequiredService<OpenApiDocument>().Routes.Select(r => r.Route).ToList();
        var described = RouteDescriptions.All.Select(row => row.Route).ToList();

        mapped.ShouldNotBeEmpty();
        mapped.ShouldBeUnique();
        mapped.Except(described).ShouldBeEmpty("These routes have no row in src/Poolhouse.Server/Account/Documents/RouteDescriptions.cs; add one for each.");
        described.Except(mapped).ShouldBeEmpty("These rows of RouteDescriptions.cs describe routes that are not mapped.");
    }

    [Fact]
    public void Rows_are_sorted_and_say_what_a_route_is_for_takes_and_answers()
    {
        foreach (var row in RouteDescriptions.All)
        {
            row.Summary.ShouldNotBeEmpty(row.Route);
            var takes = row.Body is not null || row.BodyMediaType is not null || row.TakesNothing;
            if (row.Route.Split(' ')[0] is "POST" or "PUT" or "PATCH") takes.ShouldBeTrue($"{row.Route}: say its Body, its BodyMediaType or that it TakesNothing.");
            (row.Answer is not null || row.AnswerMediaType is not null || row.Status == 204).ShouldBeTrue($"{row.Route}: say its Answer, its AnswerMediaType or Status = 204.");
            foreach (var code in row.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Poolhouse.Server.Account.Problems.Codes.ShouldContain(code, row.Route);
        }

        var paths = RouteDescriptions.All.Select(row => row.Route.Split(' ') is [var method, var path] ? (path, method) : default).ToList();
        paths.ShouldBe(paths.OrderBy(p => p.path, StringComparer.Ordinal).ThenBy(p => p.method, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_document_and_its_page_are_served_and_the_page_needs_no_script()
    {
        var world = await World.OnAsync();

        var document = JsonNode.Parse(await world.Http.GetStringAsync("/openapi.json", TestContext.Current.CancellationToken))!;
        using var page = await world.Http.GetAsync("/docs/api", TestContext.Current.CancellationToken);
        using var style = await world.Http.GetAsync("/docs/api.css", TestContext.Current.CancellationToken);

        document["openapi"]!.GetValue<string>().ShouldBe("3.1.0");
        document["servers"]![0]!["url"]!.GetValue<string>().ShouldBe(world.Url + "/api/v1");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var row in RouteDescriptions.All) html.ShouldContain($"<code>{row.Route.Split(' ')[1]}</code>");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("style=");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        style.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }

    [Fact]
    public async Task What_a_story_hears_is_what_the_document_says()
    {
        var world = await World.OnAsync();
        var document = JsonNode.Parse(await world.Http.GetStringAsync("/openapi.json", TestContext.Current.CancellationToken))!.AsObject();
        var email = TestAccount.NewEmail();

        async Task<ApiAnswer> Say(HttpMethod method, string path, JsonObject? body = null, string? token = null, string? route = null)
        {
            var answer = await world.ApiAsync(method, path, body, token);
            Check(document, $"/{route ?? path.Split('?')[0]}", method, body, answer);
            return answer;
        }

        await Say(HttpMethod.Post, "auth/register", new JsonObject { ["email"] = "no address" });
        await Say(HttpMethod.Post, "auth/password-check", new JsonObject { ["password"] = "abc" });
        await Say(HttpMethod.Post, "auth/register", AccountWorld.Registration(email));
        await Say(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = email, ["password"] = TestAccount.Password });
        await Say(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = email, ["purpose"] = "email_verification" });
        await Say(HttpMethod.Post, "auth/verify-otp", new JsonObject { ["email"] = email, ["code"] = "not it", ["purpose"] = "email_verification" });
        var code = await world.CodeAsync(email, 2);
        await Say(HttpMethod.Post, "auth/verify-otp", new JsonObject { ["email"] = email, ["code"] = code, ["purpose"] = "email_verification" });
        await Say(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = email, ["password"] = "wrong" });
        var tokens = (await Say(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = email, ["password"] = TestAccount.Password })).Good().Json;
        var access = tokens["access_token"]!.GetValue<string>();
        await Say(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = tokens["refresh_token"]!.DeepClone() });
        await Say(HttpMethod.Get, "activities/home");
        await Say(HttpMethod.Get, "activities/home", token: access);
        await Say(HttpMethod.Get, "activities/home", token: "nonsense");
        await Say(HttpMethod.Get, "me");
        await Say(HttpMethod.Get, "me", token: access);
        await Say(HttpMethod.Patch, "me", new JsonObject { ["first_name"] = "Ann", ["locale"] = "de" }, access);
        await Say(HttpMethod.Get, "me/history", token: access);
        await Say(HttpMethod.Get, "me/history?before=never", token: access);
        await Say(HttpMethod.Get, "features", token: access);
        await Say(HttpMethod.Get, "security-questions", token: access);
        await Say(HttpMethod.Get, "security-matrix", token: access);
        await Say(HttpMethod.Post, "auth/change-password", new JsonObject { ["previous_password"] = TestAccount.Password, ["new_password"] = "Another-1234" }, access);
        await Say(HttpMethod.Post, "auth/logout", token: access);
        await Say(HttpMethod.Post, "auth/logout", token: access);
    }

    private static void Check(JsonObject document, string path, HttpMethod method, JsonObject? body, ApiAnswer answer)
    {
        var operation = document["paths"]![path]?[method.Method.ToLowerInvariant()] ?? throw new InvalidOperationException($"{method} {path} is not in the document.");
        if (answer.Status < 300 && operation["requestBody"] is { } request && body is not null)
            JsonSchemas.Problems(body, request["content"]!["application/json"]!["schema"], document).ShouldBeEmpty($"{method} {path} takes: {body}");
        var response = operation["responses"]![$"{answer.Status}"].ShouldNotBeNull($"{method} {path} answers {answer.Status}, which the document lacks: {answer.Text}");
        if (answer.Text.Length == 0) return;
        var content = response["content"]!.AsObject().Single();
        JsonSchemas.Problems(JsonNode.Parse(answer.Text), content.Value!["schema"], document).ShouldBeEmpty($"{method} {path}: {answer.Text}");
    }
}
