using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Users;

/// <summary>Removes the caller. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html</summary>
internal sealed class DeleteUser(UserStates states) : IOperation<DeleteUserRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteUserRequest request, CallContext call, CancellationToken ct)
    {
        await states.DeleteAsync(call.Caller.User, call.Now, ct);
        return NoOutput.Instance;
    }
}
