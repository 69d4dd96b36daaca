using System.Net.Mime;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Poolhouse.Core.Stores;

namespace Poolhouse.Server.Mailbox;

/// <summary>The development mailbox: every mail and SMS that would have gone out, as pages and as JSON.</summary>
internal static class MailboxEndpoints
{
    private const int PageLimit = 200;
    private const int JsonLimit = 1_000;
    private const string PagePolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    // A message's HTML is anybody's: no script, no request to anywhere, an origin of its own.
    private const string MessagePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    /// <summary>What <see cref="MapMailbox"/> needs.</summary>
    public static IServiceCollection AddMailbox(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services;
    }

    /// <summary>Maps <c>/mailbox</c> and <c>/dev/mailbox</c>. They show codes to everybody: call it in Development only.</summary>
    public static IEndpointRouteBuilder MapMailbox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mailbox", ListPageAsync);
        routes.MapGet("/mailbox/{id}", MessagePageAsync);
        routes.MapGet("/mailbox/{id}/html", MessageHtmlAsync);
        routes.MapGet("/mailbox/assets/{name}", MailboxAssets.Serve);
        routes.MapGet("/dev/mailbox", ListJsonAsync);
        return routes;
    }

    private static async Task<RazorComponentResult> ListPageAsync(HttpContext http, IDatabase database, TimeProvider time, string? to, CancellationToken ct)
    {
        var address = Address(to);
        var messages = await database.ReadAsync(stores => stores.Mailbox.ListAsync(address, PageLimit, ct), ct);
        return Page<ListPage>(http, StatusCodes.Status200OK, new()
        {
            [nameof(ListPage.Messages)] = messages.Reverse().ToList(),
            [nameof(ListPage.To)] = address,
            [nameof(ListPage.IsCut)] = messages.Count == PageLimit,
            [nameof(ListPage.Now)] = time.GetUtcNow(),
        });
    }

    private static async Task<RazorComponentResult> MessagePageAsync(
        HttpContext http, IDatabase database, TimeProvider time, string id, string? view, CancellationToken ct)
    {
        var message = await database.ReadAsync(stores => stores.Mailbox.FindAsync(id, ct), ct);
        return message is null
            ? Page<MissingPage>(http, StatusCodes.Status404NotFound, [])
            : Page<MessagePage>(http, StatusCodes.Status200OK, new()
            {
                [nameof(MessagePage.Message)] = message,
                [nameof(MessagePage.ShowsText)] = view is "text" || message.Html is null,
                [nameof(MessagePage.Now)] = time.GetUtcNow(),
            });
    }

    private static async Task<Results<ContentHttpResult, NotFound>> MessageHtmlAsync(
        HttpContext http, IDatabase database, string id, CancellationToken ct)
    {
        Protect(http, MessagePolicy);
        var message = await database.ReadAsync(stores => stores.Mailbox.FindAsync(id, ct), ct);
        return message?.Html is { } html
            ? TypedResults.Content(html, MediaTypeNames.Text.Html, System.Text.Encoding.UTF8)
            : TypedResults.NotFound();
    }

    private static async Task<JsonHttpResult<IReadOnlyList<MailboxEntry>>> ListJsonAsync(
        HttpContext http, IDatabase database, string? to, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var messages = await database.ReadAsync(stores => stores.Mailbox.ListAsync(Address(to), JsonLimit, ct), ct);
        IReadOnlyList<MailboxEntry> entries =
            [.. messages.Select(m => new MailboxEntry(m.To, m.Subject, m.Text, m.Html, m.Code, m.SentAt.ToUniversalTime()))];
        return TypedResults.Json(entries, MailboxJson.Default.IReadOnlyListMailboxEntry);
    }

    private static RazorComponentResult Page<TPage>(HttpContext http, int status, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        Protect(http, PagePolicy);
        return new RazorComponentResult(typeof(TPage), parameters) { StatusCode = status, PreventStreamingRendering = true };
    }

    private static void Protect(HttpContext http, string policy)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }

    // "+4915…" written by hand into a query arrives with a space in place of its plus.
    private static string? Address(string? to)
    {
        if (string.IsNullOrWhiteSpace(to)) return null;
        var trimmed = to.Trim();
        return to[0] is ' ' && trimmed.All(char.IsAsciiDigit) ? "+" + trimmed : trimmed;
    }
}
