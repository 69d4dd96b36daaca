using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Links;

/// <summary>Links to accounts of other applications.</summary>
internal static class LinkRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapLinks(this RouteGroupBuilder api)
    {
        var routes = api.MapGroup("/links").RequireAccount();
        routes.MapGet("", (AccountCall call, Linking linking, CancellationToken ct) => linking.ListAsync(call, ct)).Limit(RateLimits.Reads);
        routes.MapPost("", (AccountCall call, Linking linking, CancellationToken ct) => linking.CreateAsync(call, ct)).Limit(RateLimits.SignIn).Limit(RateLimits.Changes);
        routes.MapPost("/verify", (AccountCall call, Linking linking, CancellationToken ct) => linking.VerifyAsync(call, ct)).Limit(RateLimits.Codes);
        routes.MapDelete("/{id}", (string id, AccountCall call, Linking linking, CancellationToken ct) => linking.RemoveAsync(id, call, ct)).Limit(RateLimits.Changes);
    }
}

/// <summary><c>POST links</c>; without a password a code is mailed.</summary>
internal sealed record LinkBody(string? Application, string? Email, string? Password);

/// <summary><c>POST links/verify</c>.</summary>
internal sealed record LinkCodeBody(string? LinkId, string? Code);

/// <summary>A code may be on its way.</summary>
internal sealed record LinkRequestAnswer(string Message, string LinkId);

/// <summary><c>GET links</c>, by application.</summary>
internal sealed record LinksAnswer(IReadOnlyList<LinkAnswer> Links);

/// <summary>A link.</summary>
/// <param name="Id">For removing it.</param>
/// <param name="Application">The other application's name.</param>
/// <param name="Title">What people read.</param>
/// <param name="Name">The other account's username, or its address masked; left out where it has neither.</param>
/// <param name="LinkedAt">Since when.</param>
internal sealed record LinkAnswer(string Id, string Application, string Title, string? Name, DateTimeOffset LinkedAt);
