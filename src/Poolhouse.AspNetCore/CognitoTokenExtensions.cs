using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Poolhouse.AspNetCore.Tokens;

namespace Poolhouse.AspNetCore;

/// <summary>Adds authentication by tokens of a user pool.</summary>
public static class CognitoTokenExtensions
{
    /// <summary>
    /// Takes <c>Authorization: Bearer</c> tokens of an Amazon Cognito or Poolhouse user pool, as scheme
    /// <see cref="CognitoTokenDefaults.AuthenticationScheme"/>. The principal has the token's claims under their own names; its name is the
    /// username, its roles are the user's groups, <see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/> is <c>sub</c>, and there is
    /// one <c>scope</c> claim for each scope.
    /// </summary>
    /// <param name="builder">What <c>AddAuthentication</c> answers.</param>
    /// <param name="configure">Sets at least <see cref="CognitoTokenOptions.Authority"/> and <see cref="CognitoTokenOptions.ClientIds"/>.</param>
    public static AuthenticationBuilder AddCognitoTokens(this AuthenticationBuilder builder, Action<CognitoTokenOptions> configure) =>
        builder.AddCognitoTokens(CognitoTokenDefaults.AuthenticationScheme, configure);

    /// <summary>The same under a name of the application's choice: an API that takes tokens of two pools has two schemes.</summary>
    /// <param name="builder">What <c>AddAuthentication</c> answers.</param>
    /// <param name="authenticationScheme">The scheme's name.</param>
    /// <param name="configure">Sets at least <see cref="CognitoTokenOptions.Authority"/> and <see cref="CognitoTokenOptions.ClientIds"/>.</param>
    public static AuthenticationBuilder AddCognitoTokens(
        this AuthenticationBuilder builder, string authenticationScheme, Action<CognitoTokenOptions> configure)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CognitoTokenOptions>, Completion>());
        builder.Services.AddOptions<CognitoTokenOptions>(authenticationScheme).ValidateOnStart();
        return builder.AddScheme<CognitoTokenOptions, CognitoTokenHandler>(authenticationScheme, configure);
    }

    // One verifier, with its caches, for a scheme's settings: handlers live for one request.
    private sealed class Completion(TimeProvider time, ILoggerFactory loggers) : IPostConfigureOptions<CognitoTokenOptions>
    {
        public void PostConfigure(string? name, CognitoTokenOptions options)
        {
            options.Validate();
            options.Verifier ??= new TokenVerifier(options, options.TimeProvider ?? time, loggers.CreateLogger("Poolhouse.AspNetCore.Tokens"));
        }
    }
}
