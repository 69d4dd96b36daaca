using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>The old form of AdminSetUserMFAPreference, for SMS only. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserSettings.html</summary>
internal sealed class AdminSetUserSettings(Resources resources, MfaPreferences preferences)
    : IOperation<AdminSetUserSettingsRequest, AdminSetUserSettingsResponse>
{
    public async ValueTask<AdminSetUserSettingsResponse> HandleAsync(AdminSetUserSettingsRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await preferences.SetSmsAsync(pool, user, MfaWishes.TurnsSmsOn(request.MFAOptions), call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new AdminSetUserSettingsResponse();
    }
}
