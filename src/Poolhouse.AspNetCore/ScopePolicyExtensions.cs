using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Poolhouse.AspNetCore;

/// <summary>Policies that ask for scopes.</summary>
public static class ScopePolicyExtensions
{
    /// <summary>
    /// Asks for one of these scopes, such as <c>reports/read</c> of a resource server or <c>openid</c>. Call it twice to ask for two. A caller
    /// without is answered 403 with <c>error="insufficient_scope"</c> and the scopes that would do (RFC 6750 §3.1).
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="scopes">At least one; each one word of printable ASCII (RFC 6749 §3.3).</param>
    /// <exception cref="ArgumentException">There is none, or one can't be a scope.</exception>
    public static AuthorizationPolicyBuilder RequireScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        if (scopes.Length == 0 || !scopes.All(IsScope)) throw new ArgumentException("Scopes are words of printable ASCII, at least one.", nameof(scopes));
        return policy.AddRequirements(new ScopeRequirement(scopes));
    }

    // RFC 6749 §3.3 scope-token.
    private static bool IsScope(string scope) => scope.Length > 0 && scope.All(c => c is > ' ' and <= '~' and not '"' and not '\\');
}

/// <summary>Asks for one of some scopes, and is its own handler: nothing has to be registered.</summary>
internal sealed class ScopeRequirement(string[] scopes) : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    private readonly MissingScope _missing = new(string.Join(' ', scopes));

    /// <inheritdoc/>
    public override string ToString() => $"Scope has to be one of: {_missing.Scopes}";

    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.Claims.Any(claim => claim.Type == "scope" && requirement.Has(claim.Value))) context.Succeed(requirement);
        else if (context.Resource is HttpContext http) http.Features.Set(_missing);
        return Task.CompletedTask;
    }

    private bool Has(string scope) => scopes.Contains(scope);
}

/// <summary>The scopes of which the caller had none, for <c>WWW-Authenticate</c>.</summary>
internal sealed record MissingScope(string Scopes);
