namespace Poolhouse.Core.Identities.Access;

/// <summary>What a policy says to a call.</summary>
public enum PolicyDecision
{
    /// <summary>Some statement allows it and none denies it.</summary>
    Allowed,

    /// <summary>No statement allows it.</summary>
    NotAllowed,

    /// <summary>A statement denies it, whatever others say.</summary>
    Denied,
}

/// <summary>What a role may do here: IAM's policy language as far as it is read here. docs/identity-pools.md.</summary>
public sealed record Policy(IReadOnlyList<PolicyStatement> Statements)
{
    /// <summary>Allows nothing.</summary>
    public static Policy Empty { get; } = new([]);

    /// <summary>Decides (IAM user guide, "Policy evaluation logic").</summary>
    /// <param name="action">E.g. <c>cognito-idp:ListUsers</c>.</param>
    /// <param name="resource">An ARN, or <c>*</c> where the action is about none.</param>
    public PolicyDecision Decide(string action, string resource)
    {
        var decision = PolicyDecision.NotAllowed;
        foreach (var statement in Statements)
        {
            if (!statement.IsAbout(action, resource)) continue;
            if (!statement.Allows) return PolicyDecision.Denied;
            decision = PolicyDecision.Allowed;
        }

        return decision;
    }
}

/// <summary>One statement.</summary>
/// <param name="Allows">The effect: true allows, false denies.</param>
/// <param name="Actions">Patterns; letter case doesn't matter.</param>
/// <param name="Resources">Patterns; letter case matters.</param>
public sealed record PolicyStatement(bool Allows, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)
{
    /// <summary>Whether the statement has anything to say to a call.</summary>
    public bool IsAbout(string action, string resource) =>
        Actions.Any(a => Wildcards.Match(a, action, ignoresCase: true)) && Resources.Any(r => Wildcards.Match(r, resource, ignoresCase: false));
}
