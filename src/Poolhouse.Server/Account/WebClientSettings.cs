using System.Text.Json.Serialization;
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
    [property: JsonPropertyName("passwordPolicy")] WebClientPasswordPolicy PasswordPolicy);

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
    public static async Task<IResult> GetAsync(HttpContext http, Bootstrap bootstrap, Catalog catalog, Issuer issuer, IHostEnvironment environment, CancellationToken ct)
    {
        if (await catalog.FindPoolAsync(bootstrap.PoolId, ct) is not { } pool) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-cache";
        var rules = pool.Settings.Passwords;
        return Results.Json(
            new WebClientConfiguration(
                pool.Id.Region,
                pool.Id.Value,
                Bootstrap.WebClientId.Value,
                issuer.PublicUrl + "/",
                environment.IsDevelopment(),
                new WebClientPasswordPolicy(rules.MinimumLength, rules.RequireUppercase, rules.RequireLowercase, rules.RequireNumbers, rules.RequireSymbols)),
            AccountJson.Default.WebClientConfiguration);
    }
}
