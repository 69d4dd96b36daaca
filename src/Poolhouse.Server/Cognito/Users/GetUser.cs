using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Users;

/// <summary>The caller, as far as its client may read. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html</summary>
internal sealed class GetUser : IOperation<GetUserRequest, GetUserResponse>
{
    public ValueTask<GetUserResponse> HandleAsync(GetUserRequest request, CallContext call, CancellationToken ct)
    {
        var (_, client, user, _) = call.Caller;
        return ValueTask.FromResult(new GetUserResponse
        {
            Username = user.Username,
            UserAttributes = UserMapping.Attributes(user, client),
            MFAOptions = UserMapping.MfaOptions(user),
            PreferredMfaSetting = user.Mfa.Preferred,
            UserMFASettingList = UserMapping.MfaSettings(user),
        });
    }
}
