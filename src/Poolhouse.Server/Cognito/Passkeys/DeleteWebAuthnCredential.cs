using Poolhouse.Core.Passkeys;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Passkeys;

/// <summary>
/// Takes one of the caller's passkeys away. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteWebAuthnCredential.html
/// </summary>
internal sealed class DeleteWebAuthnCredential(UserPasskeys passkeys) : IOperation<DeleteWebAuthnCredentialRequest, DeleteWebAuthnCredentialResponse>
{
    public async ValueTask<DeleteWebAuthnCredentialResponse> HandleAsync(DeleteWebAuthnCredentialRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, _, user, _) = call.Caller;
        var outcome = await passkeys.DeleteAsync(pool, user, request.CredentialId!, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new DeleteWebAuthnCredentialResponse();
    }
}
