using Poolhouse.Core;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.SignUps;

/// <summary>Sends another sign-up code. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html</summary>
internal sealed class ResendConfirmationCode(
    Resources resources, Registration registration, SimulatedDelivery simulated, AttemptLimits limits, AuthEvents events)
    : IOperation<ResendConfirmationCodeRequest, ResendConfirmationCodeResponse>
{
    public async ValueTask<ResendConfirmationCodeResponse> HandleAsync(ResendConfirmationCodeRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        Resources.DemandSecretHash(client, request.Username!, request.SecretHash);
        if (await resources.FindUserAsync(pool, request.Username!, ct) is not { } user)
        {
            if (client.Settings.PreventUserExistenceErrors != "ENABLED") throw CognitoException.UserNotFound("Username/client id combination not found.");
            if (pool.Settings.AutoVerifiedAttributes.Count == 0) throw NothingToSend();
            await events.PretendAsync(pool, call.Now, ct);
            var isAdmitted = await limits.AdmitAsync(AttemptKind.ResendCode, pool, pool.Normalize(request.Username!), call.Now, ct);
            return isAdmitted
                ? new ResendConfirmationCodeResponse { CodeDeliveryDetails = simulated.Of(pool, request.Username!, [.. pool.Settings.AutoVerifiedAttributes]) }
                : throw Refusals.Of(new Refusal.AttemptLimit());
        }

        var outcome = await registration.ResendAsync(pool, user, new TriggerOrigin(client.Id) { ClientMetadata = request.ClientMetadata }, call.Now, ct);
        var origin = Origins.Of(request.UserContextData, client, call);
        await events.RecordAsync(pool, client, user, AuthEventKind.ResendCode, outcome.Refusal, ends: true, origin, call.Now, ct);
        return outcome.Refusal switch
        {
            null => new ResendConfirmationCodeResponse { CodeDeliveryDetails = UserMapping.Details(outcome.Value) },
            Refusal.WrongStatus => throw CognitoException.InvalidParameter("User is already confirmed."),
            Refusal.NoDestination => throw NothingToSend(),
            var refusal => throw Refusals.Of(refusal, client),
        };
    }

    private static CognitoException NothingToSend() => CognitoException.InvalidParameter("Cannot resend codes. Auto verification not turned on.");
}
