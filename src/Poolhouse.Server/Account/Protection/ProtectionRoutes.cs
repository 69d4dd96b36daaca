using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Protection;

/// <summary>Passwords looked at while they are typed, security questions, and which proofs sensitive actions ask for.</summary>
internal static class ProtectionRoutes
{
    public static void MapProtection(this RouteGroupBuilder api)
    {
        api.MapPost("/auth/password-check", (AccountCall call, PasswordChecks checks, CancellationToken ct) => checks.CheckAsync(call, ct)).Limit(RateLimits.Typing);
        api.MapGet("/security-questions", (AccountCall call, Questions questions, CancellationToken ct) => questions.GetAsync(call, ct)).RequireAccount().Limit(RateLimits.Reads);
        api.MapPut("/security-questions", (AccountCall call, Questions questions, CancellationToken ct) => questions.PutAsync(call, ct)).RequireAccount().Limit(RateLimits.Changes);
        api.MapPost("/security-questions/answers", (AccountCall call, Questions questions, CancellationToken ct) => questions.ProveAsync(call, ct))
            .RequireAccount().Limit(RateLimits.Changes);
        api.MapGet("/security-matrix", (AccountCall call, Questions questions) => questions.GetMatrix(call)).RequireAccount().Limit(RateLimits.Reads);
    }
}
