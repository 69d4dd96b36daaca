using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Wire;

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
    public static async Task<IResult> GetAsync(
        HttpContext http, Bootstrap bootstrap, Applications applications, Catalog catalog, IUserPools pools, Issuer issuer, IHostEnvironment environment, CancellationToken ct)
    {
        if (applications.Default is { Amazon: { } amazon } remote) return await OfAsync(http, remote, amazon, pools, environment, ct);
        if (await catalog.FindPoolAsync(bootstrap.PoolId, ct) is not { } pool) return Results.NotFound();
        var application = applications.Find(pool.Id, Bootstrap.WebClientId) ?? applications.Default;
        return Answer(http, application, pool.Id, Bootstrap.WebClientId, issuer.PublicUrl + "/", environment.IsDevelopment(), pool.Settings.Passwords);
    }

    // Browsers keep no secret: where the account API's client has one, the web client is the first other client of the application, and there is no
    // page where there is none (docs/amazon.md).
    private static async Task<IResult> OfAsync(HttpContext http, Application application, AmazonPool amazon, IUserPools pools, IHostEnvironment environment, CancellationToken ct)
    {
        var client = amazon.ClientSecret is null ? application.ClientId : application.OtherClientIds.Cast<ClientId?>().FirstOrDefault();
        if (client is not { } open) return Results.NotFound();
        try
        {
            var rules = await pools.Of(application).FindPasswordRulesAsync(ct);
            return Answer(http, application, application.PoolId, open, amazon.Endpoint.AbsoluteUri, hasMailbox: environment.IsDevelopment(), rules);
        }
        catch (CognitoException)
        {
            http.Response.Headers.RetryAfter = "5";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Answer(HttpContext http, Application application, PoolId pool, ClientId client, string endpoint, bool hasMailbox, PasswordRules rules)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Json(
            new WebClientConfiguration(
                pool.Region,
                pool.Value,
                client.Value,
                endpoint,
                hasMailbox,
                new WebClientPasswordPolicy(rules.MinimumLength, rules.RequireUppercase, rules.RequireLowercase, rules.RequireNumbers, rules.RequireSymbols),
                new WebClientApplication(application.Name, application.Title, Word(application.Username), Word(application.SponsorCode), Word(application.Invitation))),
            AccountJson.Default.WebClientConfiguration);
    }

    private static string Word(FieldUse use) => JsonNamingPolicy.CamelCase.ConvertName(use.ToString());
}
