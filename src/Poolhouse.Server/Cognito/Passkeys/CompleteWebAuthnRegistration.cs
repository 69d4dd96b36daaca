using Poolhouse.Core.Passkeys;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Passkeys;

/// <summary>
/// Registers what the browser answered. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CompleteWebAuthnRegistration.html
/// </summary>
internal sealed class CompleteWebAuthnRegistration(PasskeyRegistrations registrations)
    : IOperation<CompleteWebAuthnRegistrationRequest, CompleteWebAuthnRegistrationResponse>
{
    public async ValueTask<CompleteWebAuthnRegistrationResponse> HandleAsync(CompleteWebAuthnRegistrationRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, client, user, _) = call.Caller;
        var outcome = await registrations.CompleteAsync(pool, client, user, request.Credential!.Value, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new CompleteWebAuthnRegistrationResponse();
    }
}
