using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Poolhouse.AspNetCore.Sessions;

namespace Poolhouse.AspNetCore;

/// <summary>Adds authentication by Poolhouse's cookie sessions.</summary>
public static class PoolhouseSessionExtensions
{
    /// <summary>
    /// Takes the cookie that Poolhouse gives at <c>POST /api/v1/session</c>, as scheme <see cref="PoolhouseSessionDefaults.AuthenticationScheme"/>, and
    /// asks Poolhouse whose it is. The cookie belongs to one host, so the API has to be reached under the host that Poolhouse is: behind one
    /// proxy, or on another port. The principal has the members of the session's <c>user</c> as claims; its name is the username or e-mail
    /// address, its roles are the user's groups, and <see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/> is <c>sub</c>.
    /// </summary>
    /// <param name="builder">What <c>AddAuthentication</c> answers.</param>
    /// <param name="configure">Sets at least <see cref="PoolhouseSessionOptions.Server"/>.</param>
    public static AuthenticationBuilder AddPoolhouseSession(this AuthenticationBuilder builder, Action<PoolhouseSessionOptions> configure) =>
        builder.AddPoolhouseSession(PoolhouseSessionDefaults.AuthenticationScheme, configure);

    /// <summary>The same under a name of the application's choice.</summary>
    /// <param name="builder">What <c>AddAuthentication</c> answers.</param>
    /// <param name="authenticationScheme">The scheme's name.</param>
    /// <param name="configure">Sets at least <see cref="PoolhouseSessionOptions.Server"/>.</param>
    public static AuthenticationBuilder AddPoolhouseSession(
        this AuthenticationBuilder builder, string authenticationScheme, Action<PoolhouseSessionOptions> configure)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<PoolhouseSessionOptions>, Completion>());
        builder.Services.AddOptions<PoolhouseSessionOptions>(authenticationScheme).ValidateOnStart();
        return builder.AddScheme<PoolhouseSessionOptions, PoolhouseSessionHandler>(authenticationScheme, configure);
    }

    // One reader, with its cache, for a scheme's settings: handlers live for one request.
    private sealed class Completion(TimeProvider time, ILoggerFactory loggers) : IPostConfigureOptions<PoolhouseSessionOptions>
    {
        public void PostConfigure(string? name, PoolhouseSessionOptions options)
        {
            options.Validate();
            options.Reader ??= new SessionReader(options, options.TimeProvider ?? time, loggers.CreateLogger("Poolhouse.AspNetCore.Sessions"));
        }
    }
}
