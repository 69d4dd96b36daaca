using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Authentication;

/// <summary><c>/api/v1/auth</c>: the contract's section 2.</summary>
internal static class AuthenticationRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapAuthentication(this RouteGroupBuilder api)
    {
        var routes = api.MapGroup("/auth");
        routes.MapPost("/register", (AccountCall call, Registering registering, CancellationToken ct) => registering.RegisterAsync(call, ct)).Limit(RateLimits.Register);
        routes.MapPost("/verify-otp", (AccountCall call, Verifying verifying, CancellationToken ct) => verifying.VerifyAsync(call, ct)).Limit(RateLimits.Codes);
        routes.MapPost("/request-otp", (AccountCall call, Verifying verifying, CancellationToken ct) => verifying.RequestCodeAsync(call, ct)).Limit(RateLimits.Codes);
        routes.MapPost("/login", (AccountCall call, SigningIn signingIn, CancellationToken ct) => signingIn.LoginAsync(call, ct)).Limit(RateLimits.SignIn);
        routes.MapPost("/challenge", (AccountCall call, SigningIn signingIn, CancellationToken ct) => signingIn.AnswerAsync(call, ct)).Limit(RateLimits.SignIn);
        routes.MapPost("/refresh", (AccountCall call, SigningIn signingIn, CancellationToken ct) => signingIn.RefreshAsync(call, ct)).Limit(RateLimits.Reads);
        routes.MapPost("/logout", (AccountCall call, SigningIn signingIn, CancellationToken ct) => signingIn.LogoutAsync(call, ct)).RequireAccount().Limit(RateLimits.Changes);
        routes.MapPost("/change-password", (AccountCall call, SigningIn signingIn, CancellationToken ct) => signingIn.ChangePasswordAsync(call, ct)).RequireAccount().Limit(RateLimits.Changes);
    }
}
