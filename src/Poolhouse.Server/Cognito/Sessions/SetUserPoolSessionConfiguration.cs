using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>
/// Turns the tracking of sessions on or off and says how many a user may have. Fewer than there are ends none by itself: that does
/// the user's next sign-in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolSessionConfiguration.html
/// </summary>
internal sealed class SetUserPoolSessionConfiguration(ConfigurationChanges changes)
    : IOperation<SetUserPoolSessionConfigurationRequest, SetUserPoolSessionConfigurationResponse>
{
    public async ValueTask<SetUserPoolSessionConfigurationResponse> HandleAsync(
        SetUserPoolSessionConfigurationRequest request, CallContext call, CancellationToken ct)
    {
        var tracking = SessionMapping.Read(request);
        await changes.ChangePoolAsync(
            request.UserPoolId!,
            (_, pool) =>
            {
                // The documented condition is the tier alone, also for turning it off.
                if (TierFeatures.Lacks(pool.Settings, "Session Tracking") is { } problem) throw CognitoException.FeatureUnavailableInTier(problem);
                return ValueTask.FromResult(pool with { Settings = pool.Settings with { Sessions = tracking } });
            },
            call.Now,
            ct);
        return new SetUserPoolSessionConfigurationResponse
        {
            UserPoolId = request.UserPoolId,
            UserSessionTracking = request.UserSessionTracking,
            TokenSession = SessionMapping.Limit(tracking),
        };
    }
}
