using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Invites;

/// <summary>Invitations and confirmation by link: the contract's section 4.</summary>
internal static class InviteRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapInvites(this RouteGroupBuilder api)
    {
        api.MapPost("/invites", (AccountCall call, Inviting inviting, CancellationToken ct) => inviting.InviteAsync(call, ct)).RequireAccount().Limit(RateLimits.Changes);
        api.MapGet("/invites", (AccountCall call, Inviting inviting, int? limit, string? before, CancellationToken ct) => inviting.ListAsync(call, limit, before, ct))
            .RequireAccount().Limit(RateLimits.Reads);
        api.MapPost("/invites/{id}/resend", (AccountCall call, Inviting inviting, string id, CancellationToken ct) => inviting.ResendAsync(call, id, ct))
            .RequireAccount().Limit(RateLimits.Changes);
        api.MapDelete("/invites/{id}", (AccountCall call, Inviting inviting, string id, CancellationToken ct) => inviting.WithdrawAsync(call, id, ct))
            .RequireAccount().Limit(RateLimits.Changes);
        api.MapGet("/invites/{token}", (AccountCall call, ConfirmingAccount confirming, string token, string? application, CancellationToken ct) =>
            confirming.ShowAsync(call, token, application, ct)).Limit(RateLimits.Tokens);
        api.MapPost("/confirm-account", (AccountCall call, ConfirmingAccount confirming, CancellationToken ct) => confirming.ConfirmAsync(call, ct)).Limit(RateLimits.Tokens);
    }
}
