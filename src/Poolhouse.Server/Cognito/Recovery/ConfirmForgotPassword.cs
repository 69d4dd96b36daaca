using Poolhouse.Core;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Recovery;

/// <summary>Sets a new password with the code. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html</summary>
internal sealed class ConfirmForgotPassword(Resources resources, Core.Users.Recovery recovery, SimulatedRecovery simulated, AuthEvents events)
    : IOperation<ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse>
{
    public async ValueTask<ConfirmForgotPasswordResponse> HandleAsync(ConfirmForgotPasswordRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        Resources.DemandSecretHash(client, request.Username!, request.SecretHash);
        var hidesUsers = client.Settings.PreventUserExistenceErrors == "ENABLED";
        if (await resources.FindUserAsync(pool, request.Username!, ct) is not { } user)
        {
            await events.PretendAsync(pool, call.Now, ct);
            throw hidesUsers
                ? Refusals.Of(await simulated.ConfirmAsync(
                    pool, client, request.Username!, request.ConfirmationCode!, request.Password!, call.Now, ct), client)
                : CognitoException.UserNotFound("Username/client id combination not found.");
        }

        var caused = new TriggerOrigin(client.Id) { ClientMetadata = request.ClientMetadata };
        var outcome = await recovery.ConfirmAsync(pool, client, user, request.ConfirmationCode!, request.Password!, caused, call.Now, ct);
        var origin = Origins.Of(request.UserContextData, client, call);
        await events.RecordAsync(pool, client, user, AuthEventKind.ForgotPassword, outcome.Refusal, ends: true, origin, call.Now, ct);
        return outcome.Refusal switch
        {
            null => new ConfirmForgotPasswordResponse(),
            // Whose delivery was simulated must not learn now that no code exists.
            Refusal.CodeExpired when hidesUsers && await simulated.WasRequestedAsync(pool, request.Username!, ct) =>
                throw Refusals.Of(new Refusal.CodeMismatch(), client),
            var refusal => throw Refusals.Of(refusal, client),
        };
    }
}
