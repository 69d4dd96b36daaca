using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Me;

/// <summary>The caller's own: profile, history, everything as one file.</summary>
internal static class MeRoutes
{
    public static void MapMe(this RouteGroupBuilder api)
    {
        api.MapGet("/me", (AccountCall call, Profile profile, CancellationToken ct) => profile.GetAsync(call, ct)).RequireAccount().Limit(RateLimits.Reads);
        api.MapPatch("/me", (AccountCall call, Profile profile, CancellationToken ct) => profile.PatchAsync(call, ct)).RequireAccount().Limit(RateLimits.Changes);
        api.MapGet("/me/history", (AccountCall call, History history, CancellationToken ct) => history.GetAsync(call, ct)).RequireAccount().Limit(RateLimits.Reads);
        api.MapGet("/me/export", (AccountCall call, Export export, CancellationToken ct) => export.GetAsync(call, ct)).RequireAccount().Limit(RateLimits.Changes);
    }
}
