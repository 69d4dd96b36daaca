using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>Which second factors the caller is asked for. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html</summary>
internal sealed class SetUserMFAPreference(MfaPreferences preferences) : IOperation<SetUserMFAPreferenceRequest, SetUserMFAPreferenceResponse>
{
    public async ValueTask<SetUserMFAPreferenceResponse> HandleAsync(SetUserMFAPreferenceRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, _, user, _) = call.Caller;
        var wishes = MfaWishes.Of(request.SMSMfaSettings, request.SoftwareTokenMfaSettings, request.EmailMfaSettings, request.WebAuthnMfaSettings);
        var outcome = await preferences.SetAsync(pool, user, wishes, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new SetUserMFAPreferenceResponse();
    }
}
