using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Server.Account;

/// <summary>What the web client needs to know before anybody signs in. Names as aws-amplify has them.</summary>
internal sealed record WebClientConfiguration(
    [property: JsonPropertyName("region")] string Region,
    [property: JsonPropertyName("userPoolId")] string UserPoolId,
    [property: JsonPropertyName("userPoolClientId")] string UserPoolClientId,
    [property: JsonPropertyName("endpoint")] string Endpoint,
    [property: JsonPropertyName("mailbox")] bool Mailbox,
    [property: JsonPropertyName("passwordPolicy")] WebClientPasswordPolicy PasswordPolicy,
    [property: JsonPropertyName("application")] WebClientApplication Application);

/// <summary>The application that the web client is of, and what it asks for; each of <c>none</c>, <c>optional</c>, <c>required</c>.</summary>
internal sealed record WebClientApplication(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("username")] string Username,
    [property: JsonPropertyName("sponsorCode")] string SponsorCode,
    [property: JsonPropertyName("invitation")] string Invitation);

/// <summary>The pool's rules, for the list that is ticked off while typing.</summary>
internal sealed record WebClientPasswordPolicy(
    [property: JsonPropertyName("minimumLength")] int MinimumLength,
    [property: JsonPropertyName("requireUppercase")] bool RequireUppercase,
    [property: JsonPropertyName("requireLowercase")] bool RequireLowercase,
    [property: JsonPropertyName("requireNumbers")] bool RequireNumbers,
    [property: JsonPropertyName("requireSymbols")] bool RequireSymbols);

/// <summary><c>GET /config.json</c>.</summary>
internal static class WebClientSettings
{
    public static async Task<IResult> GetAsync(HttpContext http, Bootstrap bootstrap, Applications applications, Catalog catalog, Issuer issuer, IHostEnvironment environment, CancellationToken ct)
    {
        if (await catalog.FindPoolAsync(bootstrap.PoolId, ct) is not { } pool) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-cache";
        var rules = pool.Settings.Passwords;
        var application = applications.Find(pool.Id, Bootstrap.WebClientId) ?? applications.Default;
        return Results.Json(
            new WebClientConfiguration(
                pool.Id.Region,
                pool.Id.Value,
                Bootstrap.WebClientId.Value,
                issuer.PublicUrl + "/",
                environment.IsDevelopment(),
                new WebClientPasswordPolicy(rules.MinimumLength, rules.RequireUppercase, rules.RequireLowercase, rules.RequireNumbers, rules.RequireSymbols),
                new WebClientApplication(application.Name, application.Title, Word(application.Username), Word(application.SponsorCode), Word(application.Invitation))),
            AccountJson.Default.WebClientConfiguration);
    }

    private static string Word(FieldUse use) => JsonNamingPolicy.CamelCase.ConvertName(use.ToString());
}
