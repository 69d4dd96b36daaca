using Poolhouse.Core;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>Which second factors a user is asked for. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html</summary>
internal sealed class AdminSetUserMFAPreference(Resources resources, MfaPreferences preferences)
    : IOperation<AdminSetUserMFAPreferenceRequest, AdminSetUserMFAPreferenceResponse>
{
    public async ValueTask<AdminSetUserMFAPreferenceResponse> HandleAsync(AdminSetUserMFAPreferenceRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var wishes = MfaWishes.Of(request.SMSMfaSettings, request.SoftwareTokenMfaSettings, request.EmailMfaSettings, request.WebAuthnMfaSettings);
        var outcome = await preferences.SetAsync(pool, user, wishes, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Explain(refusal) : new AdminSetUserMFAPreferenceResponse();
    }

    // Observed in aws/aws-sdk-js-v3#4645: administrators hear of an app that isn't there as of an address that isn't.
    private static CognitoException Explain(Refusal refusal) => Refusals.Of(
        refusal is Refusal.MfaPreference { Problem: MfaProblem.NotSetUp or MfaProblem.NotVerified } preference
            ? preference with { Problem = MfaProblem.NoDelivery }
            : refusal);
}
