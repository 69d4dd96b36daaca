using System.Text.Json;
using Poolhouse.Core.Passkeys;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Passkeys;

/// <summary>
/// What a browser is asked so that the caller gets a passkey. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartWebAuthnRegistration.html
/// </summary>
internal sealed class StartWebAuthnRegistration(PasskeyRegistrations registrations)
    : IOperation<StartWebAuthnRegistrationRequest, StartWebAuthnRegistrationResponse>
{
    public async ValueTask<StartWebAuthnRegistrationResponse> HandleAsync(StartWebAuthnRegistrationRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, client, user, _) = call.Caller;
        var outcome = await registrations.StartAsync(pool, client, user, call.Now, ct);
        if (outcome.Refusal is { } refusal) throw Refusals.Of(refusal);
        using var options = JsonDocument.Parse(outcome.Value);
        return new StartWebAuthnRegistrationResponse { CredentialCreationOptions = options.RootElement.Clone() };
    }
}
