using Poolhouse.Core.Triggers;
using Poolhouse.Core;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Recovery;

/// <summary>Sends a code that resets the password. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html</summary>
internal sealed class ForgotPassword(
    Resources resources,
    Core.Users.Recovery recovery,
    UserMigration migration,
    SimulatedRecovery simulated,
    SimulatedDelivery delivery,
    ThreatProtection threats,
    AuthEvents events)
    : IOperation<ForgotPasswordRequest, ForgotPasswordResponse>
{
    public async ValueTask<ForgotPasswordResponse> HandleAsync(ForgotPasswordRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        Resources.DemandSecretHash(client, request.Username!, request.SecretHash);
        var origin = Origins.Of(request.UserContextData, client, call);
        if (await threats.WhyNotAsync(pool, client, origin, ct) is { } blocked) throw Refusals.Of(blocked, client);
        var hidesUsers = client.Settings.PreventUserExistenceErrors == "ENABLED";
        var caused = new TriggerOrigin(client.Id) { ClientMetadata = request.ClientMetadata };
        var user = await resources.FindUserAsync(pool, request.Username!, ct);
        if (user is null && pool.Settings.Triggers.UserMigration is not null)
        {
            var migrated = await migration.MigrateAsync(pool, request.Username!, password: null, caused, call.Now, ct);
            if (migrated.Refusal is { } unknown && !(hidesUsers && UserMigration.TellsOfStranger(unknown))) throw Refusals.Of(unknown, client);
            user = migrated.Refusal is null ? migrated.Value : null;
        }

        if (user is null && !hidesUsers) throw CognitoException.UserNotFound("Username/client id combination not found.");
        if (user is not null)
        {
            var outcome = await recovery.RequestAsync(pool, user, caused, call.Now, ct);
            await events.RecordAsync(pool, client, user, AuthEventKind.ForgotPassword, outcome.Refusal, ends: false, origin, call.Now, ct);
            if (outcome.Refusal is null) return new ForgotPasswordResponse { CodeDeliveryDetails = UserMapping.Details(outcome.Value) };
            if (!hidesUsers || !IsHidden(outcome.Refusal)) throw Explain(outcome.Refusal, client);
        }

        if (user is null) await events.PretendAsync(pool, call.Now, ct);
        return await simulated.RequestAsync(pool, user, request.Username!, call.Now, ct) is { } refusal
            ? throw Refusals.Of(refusal, client)
            : new ForgotPasswordResponse { CodeDeliveryDetails = delivery.Of(pool, request.Username!, Attributes(pool)) };
    }

    // User guide, "Managing user existence error responses": users who are disabled or have no address to send to are simulated
    // like ones that don't exist. What would tell of a temporary password is hidden by the same reason.
    private static bool IsHidden(Refusal refusal) => refusal is Refusal.UserDisabled or Refusal.NoDestination or Refusal.WrongStatus or Refusal.UserNotFound;

    private static string[] Attributes(UserPool pool) =>
        [.. (pool.Settings.AccountRecovery ?? []).Where(m => m.Name.StartsWith("verified_", StringComparison.Ordinal)).Select(m => m.Name["verified_".Length..])];

    private static CognitoException Explain(Refusal refusal, AppClient client) => refusal is Refusal.WrongStatus
        ? CognitoException.NotAuthorized("User password cannot be reset in the current state.")
        : Refusals.Of(refusal, client);
}
