using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Kyc;

/// <summary><c>/api/v1/kyc</c>: identity documents and their review. docs/kyc.md.</summary>
internal static class KycRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapKyc(this RouteGroupBuilder api)
    {
        var routes = api.MapGroup("/kyc");
        routes.MapGet("", (AccountCall call, KycUploading own, CancellationToken ct) => own.StatusAsync(call, ct)).RequireAccount().Limit(RateLimits.Reads);
        routes.MapGet("/documents", (AccountCall call, KycUploading own, CancellationToken ct) => own.ListAsync(call, ct)).RequireAccount().Limit(RateLimits.Reads);
        routes.MapPost("/documents", (AccountCall call, KycUploading own, CancellationToken ct) => own.UploadAsync(call, ct)).RequireAccount().Limit(RateLimits.Changes);
        routes.MapDelete("/documents/{id}", (AccountCall call, string id, KycUploading own, CancellationToken ct) => own.DeleteAsync(call, id, ct)).RequireAccount().Limit(RateLimits.Changes);
        routes.MapGet("/reviews", (AccountCall call, string? after, KycReviewing reviewing, CancellationToken ct) => reviewing.ListAsync(call, after, ct)).RequireOperator().Limit(RateLimits.Reads);
        routes.MapGet("/documents/{id}/content", (AccountCall call, string id, KycReviewing reviewing, CancellationToken ct) => reviewing.OpenAsync(call, id, ct)).RequireOperator().Limit(RateLimits.Reads);
        routes.MapPost("/documents/{id}/review", (AccountCall call, string id, KycReviewing reviewing, CancellationToken ct) => reviewing.DecideAsync(call, id, ct)).RequireOperator().Limit(RateLimits.Changes);
    }
}
