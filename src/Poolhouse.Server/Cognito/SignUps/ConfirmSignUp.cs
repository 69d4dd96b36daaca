using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.SignUps;

/// <summary>Confirms an account by its code. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html</summary>
internal sealed class ConfirmSignUp(Resources resources, Registration registration, AuthEvents events)
    : IOperation<ConfirmSignUpRequest, ConfirmSignUpResponse>
{
    public async ValueTask<ConfirmSignUpResponse> HandleAsync(ConfirmSignUpRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        Resources.DemandSecretHash(client, request.Username!, request.SecretHash);
        var user = await resources.FindUserAsync(pool, request.Username!, ct) ?? throw await UnknownUserAsync(pool, client, request, call, ct);
        var outcome = await registration.ConfirmAsync(
            pool, client, user, request.ConfirmationCode!, request.Session, request.ForceAliasCreation ?? false,
            new TriggerOrigin(client.Id) { ClientMetadata = request.ClientMetadata }, call.Now, ct);
        var origin = Origins.Of(request.UserContextData, client, call);
        await events.RecordAsync(pool, client, user, AuthEventKind.SignUp, outcome.Refusal, ends: true, origin, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal, client) : new ConfirmSignUpResponse { Session = outcome.Value.Session };
    }

    // A hidden user is told like a wrong code, and counts against the same limit, so that neither word nor count tells it apart.
    private async ValueTask<CognitoException> UnknownUserAsync(
        UserPool pool, AppClient client, ConfirmSignUpRequest request, CallContext call, CancellationToken ct)
    {
        if (client.Settings.PreventUserExistenceErrors != "ENABLED") return CognitoException.UserNotFound("Username/client id combination not found.");
        await events.PretendAsync(pool, call.Now, ct);
        return Refusals.Of(await registration.PretendConfirmAsync(pool, request.Username!, request.ConfirmationCode!, call.Now, ct), client);
    }
}
