using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Deletion;
using Poolhouse.Server.Account.Features;
using Poolhouse.Server.Account.Invites;
using Poolhouse.Server.Account.Kyc;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;
using Poolhouse.Server.Account.Sessions;
using Poolhouse.Server.Account.Usernames;

namespace Poolhouse.Server.Account;

/// <summary>The account API: <c>/api/v1</c>.</summary>
internal static class AccountRoutes
{
    /// <summary>Maps every slice of it.</summary>
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireCors(Routes.AccountPolicy).AddEndpointFilter<RouteGroupBuilder, AccountPipeline>();
        api.MapGet("/activities/home", HomeActivities.GetAsync).Limit(RateLimits.Reads);
        api.MapAuthentication();
        api.MapInvites();
        FeatureFlags.Map(api);
        api.MapDeletion();
        api.MapKyc();
        api.MapMe();
        api.MapProtection();
        api.MapSessions();
        api.MapUsernames();
    }
}
