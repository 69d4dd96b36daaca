using Poolhouse.Core.Federation;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Triggers;

/// <summary>Asks InboundFederation what of a provider's answer is to reach the user's attributes.</summary>
public sealed class FederationTriggers(TriggerCalls calls)
{
    private const string Saml = "SAML";

    /// <summary>
    /// The claims that the provider's mapping is applied to: the function's, or the provider's where there is no function or it answers an empty
    /// object. What the function leaves out is dropped.
    /// </summary>
    /// <param name="pool">The pool.</param>
    /// <param name="provider">The provider's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="userName">The name that the user has, or will have.</param>
    /// <param name="answer">What the provider said.</param>
    /// <param name="origin">The call.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<Dictionary<string, string>>> AskAsync(
        UserPool pool, string provider, string type, string userName, ProviderAnswer answer, TriggerOrigin origin, CancellationToken ct)
    {
        var claims = answer.Claims();
        if (pool.Settings.Triggers.InboundFederation is not { } arn) return claims;
        var asked = await calls.CallAsync(
            TriggerKind.InboundFederation,
            arn,
            TriggerEvents.Of(
                pool,
                userName,
                origin,
                "InboundFederation_ExternalProvider",
                new InboundFederationRequest(provider, type, Attributes(type, answer)),
                new InboundFederationResponse(UserAttributesToMap: null)),
            TriggerJson.Default.InboundFederation,
            TriggerJson.Default.InboundFederationResponse,
            ct);
        if (asked.Refusal is { } refusal) return refusal;
        return asked.Value.UserAttributesToMap is { Count: > 0 } chosen ? new Dictionary<string, string>(chosen, StringComparer.Ordinal) : claims;
    }

    private static InboundAttributes Attributes(string type, ProviderAnswer answer) => type == Saml
        ? new InboundAttributes { SamlResponse = answer.UserInfo }
        : new InboundAttributes { TokenResponse = answer.TokenResponse, IdToken = answer.IdToken, UserInfo = answer.UserInfo };
}
