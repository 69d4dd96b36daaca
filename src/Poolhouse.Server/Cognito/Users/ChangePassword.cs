using Poolhouse.Core.Threats;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Users;

/// <summary>Replaces the caller's password. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html</summary>
internal sealed class ChangePassword(PasswordChanges passwords, AuthEvents events) : IOperation<ChangePasswordRequest, ChangePasswordResponse>
{
    public async ValueTask<ChangePasswordResponse> HandleAsync(ChangePasswordRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, client, user, _) = call.Caller;
        var outcome = await passwords.ChangeAsync(pool, client, user, request.PreviousPassword, request.ProposedPassword!, call.Now, ct);
        await events.RecordAsync(pool, client, user, AuthEventKind.PasswordChange, outcome.Refusal, ends: true, call.Origin, call.Now, ct);
        // The client is not passed on: who holds a token already knows that the user exists.
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new ChangePasswordResponse();
    }
}
