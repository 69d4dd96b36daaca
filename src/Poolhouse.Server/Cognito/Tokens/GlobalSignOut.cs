using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Tokens;

/// <summary>Ends every sign-in of the caller. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html</summary>
internal sealed class GlobalSignOut(SignOuts signOuts) : IOperation<GlobalSignOutRequest, GlobalSignOutResponse>
{
    public async ValueTask<GlobalSignOutResponse> HandleAsync(GlobalSignOutRequest request, CallContext call, CancellationToken ct)
    {
        await signOuts.EverywhereAsync(call.Caller.User, call.Caller.Client.Id, call.Now, ct);
        return new GlobalSignOutResponse();
    }
}
