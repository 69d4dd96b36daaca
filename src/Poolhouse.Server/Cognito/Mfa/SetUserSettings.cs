using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>The old form of SetUserMFAPreference, for SMS only. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserSettings.html</summary>
internal sealed class SetUserSettings(MfaPreferences preferences) : IOperation<SetUserSettingsRequest, SetUserSettingsResponse>
{
    public async ValueTask<SetUserSettingsResponse> HandleAsync(SetUserSettingsRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, _, user, _) = call.Caller;
        var outcome = await preferences.SetSmsAsync(pool, user, MfaWishes.TurnsSmsOn(request.MFAOptions), call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new SetUserSettingsResponse();
    }
}
