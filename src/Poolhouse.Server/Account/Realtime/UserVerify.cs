using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Realtime;

/// <summary><c>user-verify</c>: confirms a user by the code that was mailed. An unknown or confirmed address is told like a wrong code.</summary>
internal sealed class UserVerify(Applications applications, IUserPools pools, RealtimeUsers users, IDatabase database, CodeTries tries) : IRealtimeHandler<VerifyMessage>
{
    private const int LongestCode = 256;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    public async ValueTask<RealtimeAnswer> HandleAsync(VerifyMessage message, RealtimeCall call, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Email("email", message.Email);
        errors.Text("code", message.Code, LongestCode);
        var application = applications.Named(message.Application, errors);
        errors.ThrowIfAny();
        await tries.DemandAsync(application, message.Email!, call.Now, ct);
        var pool = pools.Of(application);
        var request = new ConfirmSignUpRequest { ClientId = pool.ClientId, Username = message.Email, ConfirmationCode = message.Code };
        try
        {
            await pool.CallAsync("ConfirmSignUp", request, Json.ConfirmSignUpRequest, Json.ConfirmSignUpResponse, call.Connection.Origin, ct);
        }
        catch (CognitoException confirmed) when (confirmed.Type is "NotAuthorizedException" or "UserNotFoundException")
        {
            await tries.PretendAsync(call.Now, ct);
            throw Problems.Of("CODE_MISMATCH");
        }

        return new RealtimeAnswer(await ShowAsync(application, pool, message.Email!, call, ct));
    }

    // Who had the code is the user, and may see who that is.
    private async ValueTask<UserView> ShowAsync(Application application, IUserPoolGateway pool, string email, RealtimeCall call, CancellationToken ct)
    {
        var request = new AdminGetUserRequest { UserPoolId = application.PoolId.Value, Username = email };
        var found = await pool.CallAsync("AdminGetUser", request, Json.AdminGetUserRequest, Json.AdminGetUserResponse, call.Connection.Origin, ct);
        var sub = new Sub(found.UserAttributes!.First(a => a.Name == "sub").Value!);
        var (account, user) = await database.ReadAsync(
            async stores =>
            {
                var known = await stores.Accounts.FindByUserAsync(application.Name, application.PoolId, sub, ct);
                return (known, known is null ? null : await stores.Realtime.FindAsync(known.Id, ct));
            },
            ct);
        var isLoggedIn = account is not null && await users.IsLoggedInAsync(account.Id, call.Now, ct);
        return new UserView(user?.CogId ?? sub.Value, account?.Username ?? email, email, isLoggedIn);
    }
}
