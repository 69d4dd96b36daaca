namespace Poolhouse.Server.Account.Pipeline;

/// <summary>Who may call a route. Routes that say nothing are for everybody and look at no credentials.</summary>
/// <param name="IsOptional">Whether a stranger may call too; a wrong token is refused nevertheless.</param>
/// <param name="IsForOperators">Whether only operators may.</param>
/// <param name="StrangersHear">The code for who brings no credentials.</param>
internal sealed record Requirement(bool IsOptional, bool IsForOperators, string StrangersHear);

/// <summary>Says it, where routes are mapped.</summary>
internal static class RequirementExtensions
{
    /// <summary>For everybody who has an account.</summary>
    public static T RequireAccount<T>(this T route, string strangersHear = "TOKEN_INVALID")
        where T : IEndpointConventionBuilder => route.WithMetadata(new Requirement(false, false, strangersHear));

    /// <summary>For members of the pool's group <c>operators</c>.</summary>
    public static T RequireOperator<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Requirement(false, true, "TOKEN_INVALID"));

    /// <summary>For strangers too; who brings credentials is known by them.</summary>
    public static T AllowAccount<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Requirement(true, false, "TOKEN_INVALID"));
}
