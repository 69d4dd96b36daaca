using System.Text.Json;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Identities.Access;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Wire;

/// <summary>
/// Limits temporary credentials to what their role's policy says of an operation and what it is about (Service Authorization
/// Reference, "Amazon Cognito user pools" and "… identity"). The policy is that of the configuration now, not of when they were made.
/// </summary>
internal sealed class Permissions(IamConfiguration iam, IOptions<ServerOptions> options)
{
    /// <summary>Returns if the session may make this call; throws AccessDeniedException otherwise.</summary>
    /// <param name="session">Whose credentials signed.</param>
    /// <param name="service">The signing name, which is also what actions begin with.</param>
    /// <param name="operation">The operation's name.</param>
    /// <param name="request">The request, whose constraints were checked.</param>
    public void Demand(TemporarySession session, string service, string operation, JsonElement request)
    {
        var action = $"{service}:{operation}";
        var resource = ResourceOf(request);
        var decision = (iam.FindRole(session.RoleArn)?.Policy ?? Policy.Empty).Decide(action, resource);
        if (decision == PolicyDecision.Allowed) return;
        var reason = decision == PolicyDecision.Denied
            ? "with an explicit deny in an identity-based policy"
            : $"because no identity-based policy allows the {action} action";
        throw CognitoException.AccessDenied($"User: {UserOf(session)} is not authorized to perform: {action} on resource: {resource} {reason}");
    }

    // What names no pool is about all of them, and only a policy for '*' allows it.
    private string ResourceOf(JsonElement request)
    {
        if (Text(request, "UserPoolId") is { } userPool)
            return $"arn:aws:cognito-idp:{new PoolId(userPool).Region}:{options.Value.AccountId}:userpool/{userPool}";
        if (Text(request, "IdentityPoolId") is { } identityPool)
            return $"arn:aws:cognito-identity:{new IdentityPoolId(identityPool).Region}:{options.Value.AccountId}:identitypool/{identityPool}";
        return Text(request, "ResourceArn") ?? "*";
    }

    private static string? Text(JsonElement request, string name) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string UserOf(TemporarySession session)
    {
        var account = session.RoleArn.Split(':')[4];
        var role = session.RoleArn[(session.RoleArn.LastIndexOf('/') + 1)..];
        return $"arn:aws:sts::{account}:assumed-role/{role}/CognitoIdentityCredentials";
    }
}
