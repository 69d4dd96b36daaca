using Poolhouse.Core.Pools;
using Poolhouse.Core.Threats;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Threats;

/// <summary>Events between Core and the wire.</summary>
internal static class AuthEventMapping
{
    /// <summary>API_AuthEventType. City and country are omitted: nothing here knows where an address is.</summary>
    public static AuthEventType ToWire(AuthEvent e) => new()
    {
        EventId = e.Id,
        EventType = e.Type.ToString(),
        CreationDate = e.At,
        EventResponse = e.Response.ToString(),
        EventRisk = new EventRiskType
        {
            RiskDecision = e.Decision.ToString(),
            RiskLevel = e.Level?.ToString(),
            CompromisedCredentialsDetected = e.IsCompromised ?? false,
        },
        ChallengeResponses =
        [
            .. e.Challenges.Select(c => new ChallengeResponseType { ChallengeName = c.Name, ChallengeResponse = c.IsSuccess ? "Success" : "Failure" }),
        ],
        EventContextData = new EventContextDataType { IpAddress = e.Address, DeviceName = e.Device },
        EventFeedback = e.Feedback is { } feedback
            ? new EventFeedbackType { FeedbackValue = feedback.IsValid ? "Valid" : "Invalid", Provider = feedback.Provider, FeedbackDate = feedback.At }
            : null,
    };

    /// <summary>Refuses where threat protection is off. The words are this server's own.</summary>
    public static void Demand(UserPool pool)
    {
        if (pool.Settings.ThreatProtection == ThreatModes.Off)
            throw CognitoException.UserPoolAddOnNotEnabled("Threat protection is not enabled for the user pool: set AdvancedSecurityMode to AUDIT or ENFORCED.");
    }

    /// <summary>The error for an event that the user doesn't have. The words are this server's own.</summary>
    public static CognitoException NotFound() => CognitoException.ResourceNotFound("Event does not exist.");
}
